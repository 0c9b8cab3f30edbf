/** Nothing hangs: aborts, time limits and silence end every wait, whatever ignores its signal. */
import { TimeoutError } from "../../../src/errors.ts";
import { getObject, listObjectsV2, putObject } from "../../../src/operations/mod.ts";
import type { CallOptions, Client } from "../../../src/types.ts";
import { assert, test } from "../../harness.ts";
import { deferred, failure } from "../streams/support.ts";
import { type Answer, clientOf, done, KEYS, never, refusal, type Sent, scripted } from "./support.ts";
import { countTimers } from "./timers.ts";

/** A promise that nothing settles: what a port does that ignores its signal. */
const forever = <T>(): Promise<T> => new Promise<T>(() => {});

const get = (client: Client, options?: CallOptions): Promise<unknown> => getObject(client, { key: "k" }, options);
const list = (client: Client, options?: CallOptions): Promise<unknown> => listObjectsV2(client, {}, options);
const put = (client: Client, options?: CallOptions): Promise<unknown> =>
  putObject(client, { key: "k", body: "hello" }, options);

/** An answer whose body begins and never ends. */
const endless = (): Response =>
  new Response(new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(3)) }));

interface Hang {
  readonly name: string;
  readonly answer?: Answer;
  readonly options?: Parameters<typeof clientOf>[1];
  readonly call?: typeof get;
}

/** A hang is seen soon. */
const QUICK = { timeout: 5000 };

const HANGS: readonly Hang[] = [
  { name: "an answer that never comes", answer: never },
  { name: "a fetch that ignores its signal", answer: forever },
  { name: "a put that is never answered", answer: forever, call: put },
  { name: "an answer body that never ends", answer: endless, call: list },
  { name: "an error body that never ends", answer: () => new Response(endless().body, { status: 403 }) },
  { name: "a provider that ignores its signal", options: { credentials: forever } },
  { name: "a remote signer that ignores its signal", options: { credentials: undefined, sign: forever } },
  {
    name: "a stream that gives nothing",
    call: (client, options) => putObject(client, { key: "k", body: new ReadableStream() }, options),
  },
  { name: "a middleware that never answers", options: { use: [() => forever] } },
  { name: "a long pause", answer: () => refusal(503, "SlowDown", {}, { "retry-after": "20" }) },
];

for (const { name, answer = done(), options, call = get } of HANGS) {
  test(`abort: ${name}`, QUICK, async () => {
    const timers = countTimers();
    try {
      const { fetch } = scripted(answer);
      const controller = new AbortController();
      const reason = { left: "the page" };
      setTimeout(() => controller.abort(reason), 15);
      assert.strictEqual(
        await failure(call(clientOf(fetch, options), { signal: controller.signal })),
        reason,
        "the reason, untouched",
      );
      assert.equal(timers.running(), 0, "no timer is left");
    } finally {
      timers.restore();
    }
  });

  test(`timeout: ${name}`, QUICK, async () => {
    const timers = countTimers();
    try {
      const error = await failure(call(clientOf(scripted(answer).fetch, options), { timeout: 15 }));
      assert.instanceOf(error, TimeoutError);
      assert.deepInclude({ ...error }, { limit: "timeout", milliseconds: 15 });
      assert.include(error.message, "15 ms");
      assert.equal(timers.running(), 0, "no timer is left");
    } finally {
      timers.restore();
    }
  });
}

test("a signal that is aborted already stops the call before anything is done", QUICK, async () => {
  const { fetch, sent } = scripted(done());
  let asked = 0;
  const client = clientOf(fetch, {
    credentials() {
      asked++;
      return KEYS;
    },
  });
  for (const call of [get, list, put])
    assert.equal(await failure(call(client, { signal: AbortSignal.abort("no") })), "no");
  assert.equal(asked + sent.length, 0);
});

test("an abort reaches the request on its way", QUICK, async () => {
  const controller = new AbortController();
  let seen: Sent | undefined;
  const { fetch } = scripted((sent) => {
    seen = sent;
    controller.abort("stop");
    return never(sent);
  });
  await failure(get(clientOf(fetch), { signal: controller.signal }));
  assert.isTrue(seen?.signal.aborted);
});

test("silence ends an attempt, and the call is tried again", QUICK, async () => {
  const timers = countTimers();
  try {
    for (const answer of [never, forever as typeof never]) {
      const { fetch, sent } = scripted(answer, done());
      await get(clientOf(fetch, { stallTimeout: 15 }));
      assert.lengthOf(sent, 2);
      assert.isTrue(sent[0]?.signal.aborted);
    }
    const { fetch, sent } = scripted(never);
    const error = await failure(get(clientOf(fetch), { stallTimeout: 10 }));
    assert.deepInclude(
      { ...(error as TimeoutError) },
      { name: "TimeoutError", limit: "stallTimeout", milliseconds: 10 },
    );
    assert.lengthOf(sent, 4);
    assert.equal(timers.running(), 0);
  } finally {
    timers.restore();
  }
});

test("silence in the middle of a document ends the attempt too", QUICK, async () => {
  const good = new Response("<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>");
  const { fetch, sent } = scripted(endless, good);
  await list(clientOf(fetch, { stallTimeout: 15 }));
  assert.lengthOf(sent, 2);
});

test("a time limit covers all attempts and pauses; a stall limit each", QUICK, async () => {
  const { fetch, sent } = scripted(never);
  const client = clientOf(fetch, { stallTimeout: 10, timeout: 300, retry: { base: 0, attempts: 10_000 } });
  const error = await failure(get(client));
  assert.deepInclude({ ...(error as TimeoutError) }, { limit: "timeout", milliseconds: 300 });
  assert.isAtLeast(sent.length, 2);
});

test("a slow answer that moves is no stall, and a call that is done leaves no timer", QUICK, async () => {
  const timers = countTimers();
  try {
    const slow = (): Response => {
      let left = 6;
      return new Response(
        new ReadableStream({
          async pull(controller) {
            await new Promise((ready) => setTimeout(ready, 15));
            if (left-- > 0) controller.enqueue(new Uint8Array(1));
            else controller.close();
          },
        }),
      );
    };
    const client = clientOf(scripted(slow).fetch, { stallTimeout: 60, timeout: 60_000 });
    const response = await getObject(client, { key: "k" });
    assert.equal((await response.arrayBuffer()).byteLength, 6);
    assert.equal(timers.running(), 0);
  } finally {
    timers.restore();
  }
});

test("a body whose sending nobody sees is granted time for its length", QUICK, async () => {
  const { promise, resolve } = deferred<Response>();
  const { fetch } = scripted(() => promise);
  // 16 bytes a millisecond: 3,200 bytes may take 200 ms longer.
  const sending = putObject(
    clientOf(fetch, { retry: { attempts: 1 } }),
    { key: "k", body: new Uint8Array(3200) },
    { stallTimeout: 5, integrity: "none" },
  );
  setTimeout(() => resolve(done()), 60);
  await sending;
});

test("a signal that outlives the call keeps nothing of it", QUICK, async () => {
  const { any } = AbortSignal;
  const made: AbortSignal[] = [];
  AbortSignal.any = (signals) => {
    const signal = any.call(AbortSignal, signals);
    made.push(signal);
    return signal;
  };
  try {
    const { signal } = new AbortController();
    await list(
      clientOf(scripted(new Response("<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>")).fetch),
      { signal },
    );
    await failure(get(clientOf(scripted(refusal(404, "NoSuchKey")).fetch), { signal }));
  } finally {
    AbortSignal.any = any;
  }
  assert.isAtLeast(made.length, 2);
  for (const { onabort } of made) assert.isNull(onabort);
});

test("an answer that comes after an abort is let go of", QUICK, async () => {
  const { promise, resolve } = deferred<Response>();
  const released = deferred();
  const controller = new AbortController();
  const { fetch } = scripted(() => {
    setTimeout(() => controller.abort("stop"));
    return promise;
  });
  assert.equal(await failure(get(clientOf(fetch), { signal: controller.signal })), "stop");
  resolve(new Response(new ReadableStream({ cancel: () => released.resolve() })));
  await released.promise;
});

test("where a runtime does not say why, the message tells pages of CORS", QUICK, async () => {
  const { fetch } = scripted(new TypeError("Failed to fetch"));
  assert.include(String(await failure(get(clientOf(fetch)))), "CORS");
});
