/** What page and worker need of each other: keys, bodies, signals, and word of the end. */
import { createClient, createUpload, type Progress, type UploadInput } from "../../src/mod.ts";
import { connectTransfers, type ServeOptions, serveTransfers } from "../../src/worker/mod.ts";
import { assert, type TestContext, type TestOptions, test } from "../harness.ts";
import { fakePlatform } from "../unit/core/platform.ts";
import { assertBytes, countListeners, deferred, failure, pattern, streamOf } from "../unit/streams/support.ts";
import { memoryStore } from "./support/watched_stores.ts";
import { BUCKET, createWorld, PART } from "./upload_support.ts";

const bytes = pattern(3 * PART + 7);
const cut = { partSize: PART, multipartThreshold: 0 };

function open(t: TestContext): MessageChannel {
  const channel = new MessageChannel();
  t.signal.addEventListener("abort", () => channel.port1.close());
  return channel;
}

const SKIP: TestOptions = { skip: { workerd: "it has no workers, and hands over no ports" } };

/** An error and its causes. */
function chain(error: unknown): string {
  return error instanceof Error ? `${error} < ${chain(error.cause)}` : "";
}

class Unsent {
  readonly send = (): void => {};
}

const hang = (): Promise<never> => new Promise(() => {});

test("worker: it asks the page for its keys, and tells why there are none", SKIP, async (t) => {
  const { oss, read } = createWorld();
  const { port1, port2 } = open(t);
  const served = serveTransfers(port1, {
    client: (credentials) =>
      createClient({ ...oss.clientOptions, bucket: BUCKET, credentials, retry: { attempts: 1 } }),
  });
  let asked = 0;
  const page = connectTransfers(port2, {
    async credentials({ signal }) {
      assert.isFalse(signal.aborted);
      // As libraries throw it, with what no port can carry.
      if (++asked === 1) throw Object.assign(new RangeError("signed out"), { request: new Unsent() });
      return oss.credentials;
    },
  });
  const error = await failure(page.upload({ key: "k", body: bytes }));
  assert.include(chain(error), "CredentialsError");
  assert.include(chain(error), "signed out");
  await page.upload({ key: "k", body: bytes });
  assertBytes(await read("k"), bytes);
  page.close();
  served.close();
});

for (const [kind, make] of [
  ["text", () => "héllo"],
  ["bytes", () => bytes],
  ["a file", () => new File([bytes], "a.bin", { type: "image/png" })],
  ["a stream", () => streamOf(bytes, [70_000, 9]).stream],
  ["an answer", () => new Response(bytes)],
  [
    "an iterable",
    async function* () {
      yield bytes.subarray(0, 9);
      yield bytes.subarray(9);
    },
  ],
] as const satisfies [string, () => UploadInput["body"]][]) {
  test(`worker: ${kind} is uploaded, and is the page's still`, SKIP, async (t) => {
    const world = createWorld();
    const { port1, port2 } = open(t);
    const served = serveTransfers(port1, { client: world.client });
    const page = connectTransfers(port2);
    await page.upload({ key: "k", body: make() }, cut);
    assertBytes(await world.read("k"), kind === "text" ? new TextEncoder().encode("héllo") : bytes);
    assert.equal(bytes.length, 3 * PART + 7);
    page.close();
    served.close();
  });
}

test("worker: the page is told when its transfers wait for the network", SKIP, async (t) => {
  const world = createWorld();
  const { port1, port2 } = open(t);
  const served = serveTransfers(port1, { client: world.client });
  const page = connectTransfers(port2);
  const platform = fakePlatform();
  t.signal.addEventListener("abort", () => platform.restore());
  const told: boolean[] = [];
  let lost = false;
  world.onRequest = async (_, forward) => {
    if (lost) return forward();
    lost = true;
    platform.turn(false);
    throw new TypeError("fetch failed");
  };
  const onWaiting = (waiting: boolean): void => {
    told.push(waiting);
    if (waiting) platform.turn(true);
  };
  try {
    await page.upload({ key: "k", body: bytes }, { ...cut, onWaiting });
    assert.deepEqual(told, [true, false]);
  } finally {
    platform.restore();
    page.close();
    served.close();
  }
});

test("worker: what a source or a listener throws ends the upload", SKIP, async (t) => {
  const world = createWorld();
  const { port1, port2 } = open(t);
  const served = serveTransfers(port1, { client: world.client });
  const page = connectTransfers(port2);
  const broken = async function* (): AsyncGenerator<Uint8Array> {
    yield bytes;
    throw new RangeError("the disk is gone");
  };
  const error = (await failure(page.upload({ key: "k", body: broken() }, cut))) as Error;
  assert.include(String(error.cause), "the disk is gone");
  world.onRequest = async ({ kind, part }, forward) => (kind === "part" && part > 2 ? hang() : forward());
  const options = {
    ...cut,
    onProgress({ acknowledged }: Progress) {
      if (acknowledged > 0) throw new RangeError("no such bar");
    },
  };
  const here = await failure(createUpload(world.client, { key: "k", body: bytes }, options).finished);
  const there = await failure(page.upload({ key: "k", body: bytes }, options));
  assert.equal(chain(there), chain(here));
  assert.include(chain(there), "no such bar");
  assert.equal((there as object).constructor, (here as object).constructor);
  page.close();
  served.close();
});

test("worker: an abort before or while it runs rejects with the reason itself", SKIP, async (t) => {
  const world = createWorld();
  const { port1, port2 } = open(t);
  const served = serveTransfers(port1, { client: world.client });
  const page = connectTransfers(port2);
  const reason = { cannot: () => "be cloned" };
  assert.equal(await failure(page.upload({ key: "k", body: "x" }, { signal: AbortSignal.abort(reason) })), reason);
  const controller = new AbortController();
  const listeners = countListeners(controller.signal);
  world.onRequest = async ({ kind }, forward) => {
    if (kind !== "part") return forward();
    controller.abort(reason);
    return hang();
  };
  assert.equal(await failure(page.upload({ key: "k", body: bytes }, { ...cut, signal: controller.signal })), reason);
  assert.equal(listeners(), 0);
  assert.deepEqual(await world.open(), []);
  page.close();
  served.close();
});

for (const side of ["page", "worker"] as const) {
  test(`worker: when the ${side} closes, the upload ends, and the same call goes on later`, SKIP, async (t) => {
    const world = createWorld();
    const options: ServeOptions = { client: world.client, checkpoints: memoryStore() };
    const reached = deferred();
    world.onRequest = async ({ kind, part }, forward) => {
      if (kind !== "part" || part < 3) return forward();
      reached.resolve();
      return hang();
    };
    const first = open(t);
    const served = serveTransfers(first.port1, options);
    const page = connectTransfers(first.port2);
    const job = page.createUpload({ key: "k", body: new Blob([bytes]) }, { ...cut, concurrency: 1 });
    await reached.promise;
    (side === "page" ? page : served).close();
    assert.deepInclude(await failure(job.finished), { name: "TransferError" });
    assert.equal(job.state, "failed");
    assert.deepInclude(await failure(job.discard()), { name: "TransferError" });
    await job.pause();
    while (world.inFlight > 0) await new Promise((resolve) => setTimeout(resolve));
    page.close();
    served.close();
    assert.deepInclude(await failure(page.upload({ key: "k", body: "x" })), { name: "TransferError" });

    world.onRequest = (_, forward) => forward();
    const next = open(t);
    const again = serveTransfers(next.port1, options);
    const other = connectTransfers(next.port2);
    await other.upload({ key: "k", body: new Blob([bytes]) }, { ...cut, concurrency: 1 });
    assert.deepInclude(world.kinds(), { initiate: 1, part: 3 + 2, complete: 1 });
    assertBytes(await world.read("k"), bytes);
    other.close();
    again.close();
  });
}

test("worker: a page that was there first is served, and foreign messages are left alone", SKIP, async (t) => {
  const world = createWorld();
  const { port1, port2 } = open(t);
  const page = connectTransfers(port2);
  const job = page.upload({ key: "k", body: "early" });
  const heard = deferred();
  port1.addEventListener("message", ({ data }) => data === "mine" && heard.resolve());
  port1.start();
  port2.postMessage("mine");
  await heard.promise;
  const served = serveTransfers(port1, { client: world.client });
  assert.equal((await job).size, 5);
  page.close();
  served.close();
});

test("worker: bad arguments are told at once", SKIP, (t) => {
  const { port2 } = open(t);
  const page = connectTransfers(port2);
  for (const [input, kind, more] of [
    [{ key: "", body: "x" }, TypeError],
    [{ key: "k", body: 7 as unknown as string }, TypeError],
    [{ key: "k", body: bytes, contentLength: 3 }, RangeError],
    [{ key: "k", body: "x" }, RangeError, { partSize: 1 }],
    [{ key: "k", body: "x" }, RangeError, { timeout: 0 }],
  ] as const)
    assert.throws(() => page.createUpload(input, more), kind);
  assert.throws(() => connectTransfers(undefined as never), TypeError);
  page.close();
});
