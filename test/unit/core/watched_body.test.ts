/** Bodies whose way out is watched: what a `fetch` that counts tells, and what is known of one that does not. */
import type { Fetch } from "../../../src/core/options.ts";
import { watchBody } from "../../../src/core/watched_body.ts";
import { putObject } from "../../../src/operations/mod.ts";
import { assert, test } from "../../harness.ts";
import { failure } from "../streams/support.ts";
import { clientOf, done, scripted } from "./support.ts";

const bytes = new Uint8Array(160_000);
const BODIES = { bytes, Blob: new Blob([bytes]), text: "x".repeat(bytes.length) };
const none = { integrity: "none" } as const;

for (const [kind, body] of Object.entries(BODIES)) {
  test(`${kind}: of a fetch that counts every step is told, of another that it began`, async () => {
    for (const counts of [true, false]) {
      const { fetch, sent } = scripted(done());
      const counting: Fetch = (url, init) => {
        if (counts) for (const count of [0, 70_000, bytes.length]) init.onUpload?.(count);
        return fetch(url, init);
      };
      const seen: number[] = [];
      const watched = watchBody(body, { onSent: (count) => seen.push(count) });
      await putObject(clientOf(counting), { key: "k", body: watched as Blob }, none);
      assert.deepEqual(seen, counts ? [0, 70_000, 160_000] : [160_000]);
      assert.equal((await sent[0]?.read())?.length, bytes.length);
    }
  });
}

test("each attempt is counted from its own beginning", async () => {
  const { fetch } = scripted(new TypeError("fetch failed"), done());
  const seen: number[] = [];
  const watched = watchBody(bytes, { onSent: (count) => seen.push(count) });
  const counting: Fetch = (url, init) => {
    for (const count of [0, 1000]) init.onUpload?.(count);
    return fetch(url, init);
  };
  await putObject(clientOf(counting), { key: "k", body: watched as Blob }, none);
  assert.deepEqual(seen, [0, 1000, 0, 1000]);
});

test("what a browser sends again by itself, and counts on, is not more than there is", async () => {
  const { fetch } = scripted(done());
  const seen: number[] = [];
  const watched = watchBody(bytes, { onSent: (count) => seen.push(count) });
  const counting: Fetch = (url, init) => {
    for (const count of [0, 90_000, 250_000]) init.onUpload?.(count);
    return fetch(url, init);
  };
  await putObject(clientOf(counting), { key: "k", body: watched as Blob }, none);
  assert.deepEqual(seen, [0, 90_000, 160_000]);
});

test("what cannot be sent is still refused", async () => {
  const body = watchBody({} as Blob, {}) as Blob;
  const error = await failure(putObject(clientOf(scripted(done()).fetch), { key: "k", body }));
  assert.instanceOf(error, TypeError);
});

/** Milliseconds of the timers that a call starts, in order. */
async function waits(body: Blob, told: readonly number[]): Promise<number[]> {
  const { fetch } = scripted(done());
  const { setTimeout } = globalThis;
  const started: number[] = [];
  const noting = (callback: () => void, milliseconds = 0, ...rest: never[]): unknown => {
    started.push(milliseconds);
    return setTimeout(callback, milliseconds, ...rest);
  };
  const port: Fetch = async (url, init) => {
    started.length = 0;
    for (const count of told) init.onUpload?.(count);
    const counted = [...started];
    const response = await fetch(url, init);
    started.splice(0, started.length, ...counted);
    return response;
  };
  Object.assign(globalThis, { setTimeout: noting });
  try {
    await putObject(clientOf(port, { stallTimeout: 1000 }), { key: "k", body }, none);
  } finally {
    Object.assign(globalThis, { setTimeout });
  }
  // Other things have timers, too; those of silence are a second at least.
  return started.filter((milliseconds) => milliseconds >= 1000);
}

test("movement restarts the wait for more, longer by what may still be in a buffer; a beginning does not", async () => {
  const blob = new Blob([bytes]);
  const watched = watchBody(bytes, {}) as Blob;
  for (const body of [blob, watched]) {
    assert.deepEqual(await waits(body, [0, 16_000, 160_000]), [2000, 11_000]);
    assert.deepEqual(await waits(body, [0]), [], "unseen, as through a service worker, it is granted as before");
  }
});
