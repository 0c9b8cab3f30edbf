/** Silence, time limits and aborts at each stage of a call: the right reason, and nothing left behind. */
import {
  type Client,
  type ClientOptions,
  type Fetch,
  getObject,
  headObject,
  listObjectsV2,
  putObject,
  TimeoutError,
} from "../../src/mod.ts";
import type { CallOptions } from "../../src/types.ts";
import { assert, environment, runtime, type TestContext, test } from "../harness.ts";
import { breathe, gate } from "./support/tokens.ts";
import { bytesOf, failureOf, noise, type World, world } from "./support/world.ts";

const buffers = ["chromium", "firefox", "webkit"].includes(runtime);
/** Short, yet longer than a busy machine is silent. */
const STALL = 300;
const FOREVER = { kind: "delay", milliseconds: Number.POSITIVE_INFINITY } as const;

async function scene(t: TestContext, client: Partial<ClientOptions> = {}): Promise<World> {
  const set = world(t, { client: { stallTimeout: STALL, ...client } });
  await putObject(set.client, { key: "a", body: noise(600_000) });
  return set;
}

async function timeoutOf(promise: Promise<unknown>): Promise<TimeoutError> {
  const error = await failureOf(promise);
  if (!(error instanceof TimeoutError)) throw error;
  return error;
}

/** A stream whose source hangs after a few chunks, and tells when it is let go. */
function hanging(): { readonly body: ReadableStream<Uint8Array>; readonly cancelled: () => unknown } {
  let cancelled: unknown = "no";
  let pulls = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (++pulls > 3) return new Promise<void>(() => undefined);
        controller.enqueue(noise(1000));
        return undefined;
      },
      cancel(reason) {
        cancelled = reason;
      },
    },
    { highWaterMark: 0 },
  );
  return { body, cancelled: () => cancelled };
}

test("no answer: the attempt is given up, and another one is made", async (t) => {
  const { client, oss, wire } = await scene(t);
  const before = wire.sent.length;
  oss.faults.add(FOREVER);
  assert.equal((await headObject(client, { key: "a" })).status, 200);
  assert.lengthOf(wire.sent, before + 2);
  oss.faults.add({ ...FOREVER, times: 4 });
  const error = await timeoutOf(headObject(client, { key: "a" }));
  assert.deepInclude(error, { limit: "stallTimeout", milliseconds: STALL, code: "TimeoutError" });
  assert.include(error.message, 'HeadObject "a"');
  assert.lengthOf(wire.sent, before + 6);
  assert.lengthOf(wire.openRequests(), 0);
});

test("an answer that stops: documents are asked for again, bodies fail", async (t) => {
  const { client, oss, wire } = await scene(t);
  oss.faults.add({ operation: "ListObjectsV2", kind: "stall" });
  assert.lengthOf((await listObjectsV2(client, {})).objects, 1);
  oss.faults.add({ operation: "GetObject", kind: "stall" });
  const response = await getObject(client, { key: "a" });
  const error = await timeoutOf(bytesOf(response));
  assert.equal(error.limit, "stallTimeout");
  assert.lengthOf(wire.openRequests(), 0);
});

test("a slow reader is no stall, nor is a slow but steady sender", async (t) => {
  const { client } = await scene(t);
  const response = await getObject(client, { key: "a" });
  const reader = response.body?.getReader();
  let size = 0;
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    size += next.value.length;
    await breathe(STALL + 50);
  }
  assert.equal(size, 600_000);
  let pulls = 0;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await breathe(STALL / 4);
      if (++pulls > 6) controller.close();
      else controller.enqueue(noise(1000));
    },
  });
  await putObject(client, { key: "slow", body, contentLength: 6000 });
  assert.equal((await headObject(client, { key: "slow" })).contentLength, 6000);
});

test("a source that hangs is a stall, and is let go", async (t) => {
  const { client, wire } = await scene(t, { timeout: 2000 });
  const { body, cancelled } = hanging();
  const error = await timeoutOf(putObject(client, { key: "b", body, contentLength: 9000 }));
  // What is read into memory first is no request yet, so only the limit of the whole call holds there.
  if (!buffers) assert.equal(error.limit, "stallTimeout");
  await breathe(5);
  assert.notEqual(cancelled(), "no");
  assert.lengthOf(wire.openRequests(), 0);
});

test("timeout limits the whole call, retries and pauses included", async (t) => {
  const { client, oss, wire } = await scene(t, { stallTimeout: 60_000, retry: { base: 60_000, max: 60_000 } });
  const limits: readonly [string, () => void][] = [
    ["no answer", () => void oss.faults.add(FOREVER)],
    ["a long pause", () => void oss.faults.add({ kind: "status", status: 503, headers: { "retry-after": "60" } })],
    ["half a document", () => void oss.faults.add({ kind: "stall" })],
  ];
  for (const [name, prepare] of limits) {
    prepare();
    const error = await timeoutOf(listObjectsV2(client, {}, { timeout: 150 }));
    assert.deepInclude(error, { limit: "timeout", milliseconds: 150 }, name);
    assert.lengthOf(wire.openRequests(), 0, name);
  }
  const stuck = world(t, { client: { timeout: 80, credentials: () => new Promise<never>(() => undefined) } });
  assert.equal((await timeoutOf(listObjectsV2(stuck.client, {}))).limit, "timeout");
});

test("timeout does not limit the stream that a call returned", async (t) => {
  const { client } = await scene(t, { stallTimeout: 60_000 });
  const response = await getObject(client, { key: "a" }, { timeout: 200 });
  await breathe(220);
  assert.lengthOf(await bytesOf(response), 600_000);
});

/** Where a call can be when its caller loses patience. */
const STAGES: Readonly<Record<string, (set: World, options: CallOptions, at: () => void) => Promise<unknown>>> = {
  "before it begins": ({ client }, options, at) => {
    at();
    return headObject(client, { key: "a" }, options);
  },
  "in the same turn": ({ client }, options, at) => {
    const call = headObject(client, { key: "a" }, options);
    at();
    return call;
  },
  "while the answer is awaited": ({ client, oss }, options, at) => {
    oss.faults.add(FOREVER);
    setTimeout(at, 20);
    return putObject(client, { key: "b", body: noise(1000) }, options);
  },
  "between two attempts": ({ client, oss }, options, at) => {
    oss.faults.add({ kind: "status", status: 503, headers: { "retry-after": "20" } });
    setTimeout(at, 40);
    return headObject(client, { key: "a" }, options);
  },
  "while a document is read": ({ client, oss }, options, at) => {
    oss.faults.add({ kind: "stall" });
    setTimeout(at, 20);
    return listObjectsV2(client, {}, options);
  },
  "while a body is read": async ({ client, oss }, options, at) => {
    oss.faults.add({ kind: "stall" });
    const response = await getObject(client, { key: "a" }, options);
    setTimeout(at, 20);
    return bytesOf(response);
  },
  "while a body is sent": ({ client }, options, at) => {
    const { body, cancelled } = hanging();
    setTimeout(at, 20);
    return putObject(client, { key: "b", body, contentLength: 9000 }, options).finally(async () => {
      await breathe(5);
      assert.notEqual(cancelled(), "no", "the source is let go");
    });
  },
  "while a body of unknown length is sent": ({ client }, options, at) => {
    const { body } = hanging();
    setTimeout(at, 20);
    return putObject(client, { key: "b", body }, options);
  },
};

for (const [stage, run] of Object.entries(STAGES)) {
  test(`an abort ${stage} rejects with the caller's own reason`, async (t) => {
    const reasons = [new Error("enough"), { code: 7 }, "stop", undefined];
    for (const reason of reasons) {
      const set = await scene(t, { stallTimeout: 60_000, retry: { base: 1, max: 30_000 } });
      const controller = new AbortController();
      const { signal } = controller;
      const error = await failureOf(run(set, { signal }, () => controller.abort(reason)));
      assert.strictEqual(error, signal.reason);
      await breathe(5);
      assert.lengthOf(set.wire.openRequests(), 0);
      const { length } = set.wire.sent;
      await breathe(20);
      assert.lengthOf(set.wire.sent, length, "nothing is sent any more");
    }
  });
}

test("an abort while the credentials are awaited", async (t) => {
  const { client, wire } = world(t, { client: { credentials: () => new Promise<never>(() => undefined) } });
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 20);
  const error = await failureOf(headObject(client, { key: "a" }, { signal: controller.signal }));
  assert.strictEqual(error, controller.signal.reason);
  assert.lengthOf(wire.sent, 0);
});

test("an abort while the request is signed sends nothing", async (t) => {
  const controller = new AbortController();
  const sign = async (): Promise<Record<string, string>> => {
    controller.abort("enough");
    await breathe(5);
    return {};
  };
  const { client, wire } = world(t, { client: { sign } });
  assert.equal(await failureOf(headObject(client, { key: "a" }, { signal: controller.signal })), "enough");
  await breathe(20);
  assert.lengthOf(wire.sent, 0);
});

test("a finished call holds nothing: its signal may abort later", async (t) => {
  const { client, wire } = await scene(t);
  const controller = new AbortController();
  const head = await headObject(client, { key: "a" }, { signal: controller.signal });
  const response = await getObject(client, { key: "a" }, { signal: controller.signal });
  assert.lengthOf(await bytesOf(response), 600_000);
  controller.abort();
  assert.equal(head.status, 200);
  assert.lengthOf(wire.openRequests(), 0);
});

test("middleware sees each signed attempt, outermost first, and may change it", async (t) => {
  const seen: string[] = [];
  const layer =
    (name: string) =>
    (next: Fetch): Fetch =>
    async (url, init) => {
      const headers = new Headers(init.headers);
      assert.isTrue(headers.has("authorization"));
      seen.push(`${name} ${init.method}`);
      headers.set("x-trace", name);
      const response = await next(url, { ...init, headers });
      seen.push(`${name} ${response.status}`);
      return response;
    };
  const { bucket, account, region } = environment;
  const { client, oss } = world(t, {
    client: { use: [layer("outer"), layer("inner")], credentials: account, region, bucket },
  });
  oss.faults.add({ kind: "status", status: 503 });
  await listObjectsV2(client as Client, {});
  const attempt = (status: number): string[] => ["outer GET", "inner GET", `inner ${status}`, `outer ${status}`];
  assert.deepEqual(seen, [...attempt(503), ...attempt(200)]);
  assert.equal(oss.requests[0]?.headers["x-trace"], "inner");
});

test("a body that is given up early lets its request go", async (t) => {
  const { client, wire } = await scene(t);
  const response = await getObject(client, { key: "a" });
  const open = gate();
  await response.body?.cancel().then(open.open);
  await open.passed;
  assert.lengthOf(wire.openRequests(), 0);
});
