/** What is sent again and what is not, by the faults of the in-process OSS. */
import {
  appendObject,
  type Client,
  completeMultipartUpload,
  copyObject,
  deleteMultipleObjects,
  deleteObject,
  getObject,
  headObject,
  initiateMultipartUpload,
  listObjectsV2,
  NetworkError,
  putObject,
} from "../../src/mod.ts";
import type { Fault } from "../../src/testing/mod.ts";
import { assert, environment, runtime, type TestContext, test } from "../harness.ts";
import { hurry } from "../unit/core/timers.ts";
import { bytesOf, failureOf, noise, serviceErrorOf, type World, world } from "./support/world.ts";

const { bucket } = environment;
/** Browsers cannot send streams: what is read into memory first can be sent again. */
const buffers = ["chromium", "firefox", "webkit"].includes(runtime);
/** workerd's FixedLengthStream is filled as soon as there is one. */
const fillsAtOnce = runtime === "workerd";

type Call = (client: Client) => Promise<unknown>;

/** Calls that may be sent twice, and calls that may not. */
const SAFE: Readonly<Record<string, Call>> = {
  PutObject: (client) => putObject(client, { key: "b", body: noise(5000) }),
  GetObject: async (client) => assert.lengthOf(await bytesOf(await getObject(client, { key: "a" })), 5),
  HeadObject: (client) => headObject(client, { key: "a" }),
  DeleteObject: (client) => deleteObject(client, { key: "none" }),
  CopyObject: (client) => copyObject(client, { key: "c", copySource: { bucket, key: "a" } }),
  ListObjectsV2: (client) => listObjectsV2(client, {}),
  InitiateMultipartUpload: (client) => initiateMultipartUpload(client, { key: "m" }),
  DeleteMultipleObjects: (client) => deleteMultipleObjects(client, { objects: ["none"] }),
};
const UNSAFE: Readonly<Record<string, Call>> = {
  AppendObject: (client) => appendObject(client, { key: "log", position: 0, body: "hello" }),
  CompleteMultipartUpload: (client) =>
    completeMultipartUpload(client, { key: "m", uploadId: "none", parts: [{ partNumber: 1, etag: "E" }] }),
};

async function scene(t: TestContext, options: Parameters<typeof world>[1] = {}): Promise<World> {
  const set = world(t, options);
  await putObject(set.client, { key: "a", body: "hello" });
  return set;
}

/** How often a call is sent when this goes wrong once, and whether it succeeds. */
async function sendings(t: TestContext, call: Call, fault: Fault): Promise<readonly [number, boolean]> {
  const { client, oss, wire } = await scene(t);
  oss.faults.add(fault);
  const before = wire.sent.length;
  const succeeded = await call(client).then(
    () => true,
    () => false,
  );
  assert.lengthOf(wire.openRequests(), 0);
  return [wire.sent.length - before, succeeded];
}

const status = (code: number, name?: string): Fault => ({ kind: "status", status: code, code: name });
const PASSING: readonly Fault[] = [
  status(500),
  status(502),
  status(503),
  status(504),
  status(429),
  status(408),
  status(400, "RequestTimeout"),
  { kind: "status", status: 503, body: "<html>Bad gateway</html>" },
  { kind: "reset" },
  { kind: "lost" },
];
const LASTING: readonly Fault[] = [
  status(400, "InvalidArgument"),
  status(403),
  status(404),
  status(409, "X"),
  status(501),
];

for (const [name, call] of Object.entries(SAFE)) {
  test(`${name} is sent again after what passes, not after what lasts`, async (t) => {
    for (const fault of PASSING) assert.deepEqual(await sendings(t, call, fault), [2, true], JSON.stringify(fault));
    for (const fault of LASTING) assert.deepEqual(await sendings(t, call, fault), [1, false], JSON.stringify(fault));
  });
}

for (const [name, call] of Object.entries(UNSAFE)) {
  test(`${name} is sent once, whatever happens`, async (t) => {
    for (const fault of [...PASSING, ...LASTING]) {
      assert.deepEqual(await sendings(t, call, fault), [1, false], JSON.stringify(fault));
    }
  });
}

test("a raw POST is sent once, unless it says that it may be repeated", async (t) => {
  const { client, oss, wire } = await scene(t);
  const query = { append: null, position: 0 };
  const post = (idempotent?: boolean): Promise<unknown> =>
    client.send({ method: "POST", key: "log", query, body: "hello", idempotent });
  for (const [idempotent, sent] of [
    [undefined, 1],
    [false, 1],
    [true, 4],
  ] as const) {
    const before = wire.sent.length;
    oss.faults.add({ kind: "status", status: 503, times: sent });
    assert.propertyVal(await failureOf(post(idempotent)), "status", 503);
    assert.lengthOf(wire.sent, before + sent);
  }
});

test("a storm is weathered up to the last attempt", async (t) => {
  const { client, oss, wire, events } = await scene(t);
  oss.faults.add({ kind: "status", status: 503, code: "ServiceUnavailable", times: 3 });
  await listObjectsV2(client, {});
  assert.lengthOf(wire.sent, 5);
  oss.faults.add({ kind: "status", status: 503, code: "ServiceUnavailable", times: 4 });
  const error = await serviceErrorOf(listObjectsV2(client, {}));
  assert.include(error.message, "after 4 attempts");
  assert.equal(error.code, "ServiceUnavailable");
  assert.deepEqual(
    events.slice(-4).map(({ attempt }) => attempt),
    [1, 2, 3, 4],
  );
  assert.lengthOf(oss.faults.pending, 0);
});

test("attempts and shouldRetry decide, but not over spent streams", async (t) => {
  const { client, oss, wire } = await scene(t, { client: { retry: { attempts: 1 } } });
  oss.faults.add({ kind: "reset" });
  const error = await failureOf(headObject(client, { key: "a" }));
  assert.instanceOf(error, NetworkError);
  assert.deepInclude(error, { attempts: 1, method: "HEAD" });
  assert.lengthOf(wire.sent, 2);
  const asked: unknown[] = [];
  const shouldRetry = (failure: unknown, attempt: number): boolean => {
    asked.push([Reflect.get(Object(failure), "code"), attempt]);
    return attempt < 3;
  };
  const eager = await scene(t, { client: { retry: { base: 1, shouldRetry } } });
  const missing = failureOf(headObject(eager.client, { key: "none" }));
  assert.propertyVal(await missing, "code", "NoSuchKey");
  assert.deepEqual(asked, [
    ["NoSuchKey", 1],
    ["NoSuchKey", 2],
    ["NoSuchKey", 3],
  ]);
});

test("the service is heard when it asks for time", async (t) => {
  const lengths = hurry(t);
  const stallTimeout = 77_777;
  const { client, oss } = await scene(t, { client: { retry: { base: 1, max: 1200 }, stallTimeout } });
  const pauses = async (headers: Record<string, string>): Promise<readonly number[]> => {
    oss.faults.add({ kind: "status", status: 503, headers });
    const before = lengths.length;
    await headObject(client, { key: "a" });
    return lengths.slice(before).filter((length) => length !== stallTimeout);
  };
  assert.deepEqual(await pauses({ "x-oss-qos-delay-time": "250" }), [250]);
  assert.deepEqual(await pauses({ "retry-after": "1" }), [1000]);
  assert.deepEqual(await pauses({ "retry-after": "3600" }), [1200]);
  assert.deepEqual(await pauses({ "retry-after": new Date(Date.now() + 7_200_000).toUTCString() }), [1200]);
  const [drawn = 99, ...others] = await pauses({ "retry-after": "soon" });
  assert.isAtMost(drawn, 2);
  assert.deepEqual(others, []);
});

test("a document that is cut off is asked for again", async (t) => {
  const { client, oss, wire } = await scene(t);
  for (const at of [0, 0.5, 0.99]) {
    const before = wire.sent.length;
    oss.faults.add({ kind: "cut", at });
    assert.lengthOf((await listObjectsV2(client, {})).objects, 1);
    assert.lengthOf(wire.sent, before + 2);
  }
});

test("an error document that is cut off still tells its status", async (t) => {
  const { client, oss } = await scene(t);
  oss.faults.add({ kind: "cut", at: 0.6, silent: true });
  const error = await serviceErrorOf(getObject(client, { key: "none" }));
  assert.deepInclude(error, { status: 404, code: "NoSuchKey" });
});

test("an object that is cut off is the reader's: its body fails, and says how far it came", async (t) => {
  const { client, oss, wire } = await scene(t);
  await putObject(client, { key: "large", body: noise(600_000) });
  oss.faults.add({ operation: "GetObject", kind: "cut", at: 0.5 });
  const response = await getObject(client, { key: "large" });
  const before = wire.sent.length;
  const error = await failureOf(bytesOf(response));
  assert.instanceOf(error, NetworkError);
  assert.match(error.message, /GetObject "large".* \d{6} bytes/);
  assert.lengthOf(wire.sent, before);
});

/** A stream of ten chunks that counts how often it is read. */
function counted(): {
  readonly body: ReadableStream<Uint8Array>;
  readonly pulls: () => number;
  readonly length: number;
} {
  let pulls = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (++pulls > 10) controller.close();
        else controller.enqueue(noise(1000, pulls));
      },
    },
    { highWaterMark: 0 },
  );
  return { body, pulls: () => pulls, length: 10_000 };
}

test("an untouched stream is sent again, a spent one is not", async (t) => {
  const { client, oss, wire } = await scene(t);
  for (const [fault, sent] of [
    [{ kind: "status", status: 503 }, fillsAtOnce ? 1 : 2],
    [{ kind: "reset", at: 0.5 }, buffers ? 2 : 1],
  ] as const) {
    const { body, length } = counted();
    oss.faults.add({ operation: "PutObject", ...fault });
    const before = wire.sent.length;
    const put = putObject(client, { key: "stream", body, contentLength: length });
    if (sent === 2) assert.isDefined((await put).etag);
    else assert.propertyVal(await failureOf(put), "name", fault.kind === "reset" ? "NetworkError" : "ServiceError");
    assert.lengthOf(wire.sent, before + sent, fault.kind);
    if (sent === 2) assert.equal((await headObject(client, { key: "stream" })).contentLength, length);
    await deleteObject(client, { key: "stream" });
  }
  assert.lengthOf(wire.openRequests(), 0);
});

test("a stream that fails fails the call with its own error, and nothing is stored", async (t) => {
  const { client, wire } = await scene(t);
  const broken = new Error("the disk is gone");
  let pulls = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (++pulls > 3) controller.error(broken);
      else controller.enqueue(noise(1000));
    },
  });
  const before = wire.sent.length;
  assert.strictEqual(await failureOf(putObject(client, { key: "stream", body, contentLength: 9000 })), broken);
  assert.isAtMost(wire.sent.length, before + 1);
  assert.propertyVal(await failureOf(headObject(client, { key: "stream" })), "code", "NoSuchKey");
});

test("a stream of another length than announced is not stored", async (t) => {
  const { client } = await scene(t);
  for (const contentLength of [9999, 10_001]) {
    const { body } = counted();
    const error = await failureOf(putObject(client, { key: "stream", body, contentLength }));
    assert.propertyVal(error, "name", "SourceChangedError");
    assert.propertyVal(await failureOf(headObject(client, { key: "stream" })), "code", "NoSuchKey");
  }
});
