/** Altered bytes are noticed both ways; what cannot be compared is not called altered. */
import {
  appendObject,
  completeMultipartUpload,
  copyObject,
  downloadTo,
  type GetObjectInput,
  getObject,
  IntegrityError,
  initiateMultipartUpload,
  listParts,
  postObject,
  postPolicy,
  putObject,
  uploadPart,
} from "../../src/mod.ts";
import type { Client, ObjectBody } from "../../src/types.ts";
import { assert, environment, type TestContext, test } from "../harness.ts";
import { onAnswer } from "./support/wire.ts";
import { bytesOf, failureOf, noise, type World, world } from "./support/world.ts";

const bytes = noise(300_000);
const { bucket } = environment;

/** Bodies of every kind, made anew for each attempt to send them. */
const BODIES: Readonly<Record<string, () => ObjectBody>> = {
  bytes: () => bytes,
  text: () => "hello ".repeat(500),
  Blob: () => new Blob([bytes]),
  stream: () => new Blob([bytes]).stream(),
};

/** Calls that send bytes. */
const SENDERS: Readonly<Record<string, (client: Client, body: ObjectBody) => Promise<unknown>>> = {
  PutObject: (client, body) => putObject(client, { key: "a", body }),
  AppendObject: (client, body) => appendObject(client, { key: "log", position: 0, body }),
  async UploadPart(client, body) {
    const { uploadId } = await initiateMultipartUpload(client, { key: "big" });
    return uploadPart(client, { key: "big", uploadId, partNumber: 1, body });
  },
};

async function integrityErrorOf(promise: Promise<unknown>): Promise<IntegrityError> {
  const error = await failureOf(promise);
  if (!(error instanceof IntegrityError)) throw error;
  return error;
}

for (const [operation, send] of Object.entries(SENDERS)) {
  test(`${operation}: a flipped bit on the way up is an IntegrityError`, async (t) => {
    for (const [kind, body] of Object.entries(BODIES)) {
      const { client, oss } = world(t);
      // Both attempts of those that are repeated once.
      oss.faults.add({ operation, kind: "flip", times: 2 });
      const error = await integrityErrorOf(send(client, body()));
      assert.deepInclude(error, { check: "crc64", code: "IntegrityError" }, kind);
      assert.match(error.expected, /^\d+$/);
      assert.notEqual(error.expected, error.actual);
      assert.include(error.message, operation);
    }
  });
}

test("bytes that were altered once are sent once more", async (t) => {
  const { client, oss, wire } = world(t);
  oss.faults.add({ operation: "PutObject", kind: "flip" });
  await putObject(client, { key: "a", body: bytes });
  assert.lengthOf(wire.sent, 2);
  assert.deepEqual(await bytesOf(await getObject(client, { key: "a" })), bytes);
});

test("appends are not sent once more", async (t) => {
  const { client, oss, wire } = world(t);
  oss.faults.add({ operation: "AppendObject", kind: "flip" });
  await integrityErrorOf(appendObject(client, { key: "log", position: 0, body: bytes }));
  assert.lengthOf(wire.sent, 1);
});

test("forms are checked like puts", async (t) => {
  const { client, oss } = world(t);
  const form = await postPolicy(client, { keyPrefix: "", expiresIn: 60 });
  oss.faults.add({ operation: "PostObject", kind: "crc", times: 4 });
  await integrityErrorOf(postObject(client, { form, key: "a", body: bytes }));
});

interface Download extends World {
  /** Reads the object to its end. */
  readonly read: (input?: Partial<GetObjectInput>) => Promise<Uint8Array>;
}

async function download(t: TestContext, client: object = {}): Promise<Download> {
  const set = world(t, { client });
  await putObject(set.client, { key: "a", body: bytes });
  return { ...set, read: async (input) => bytesOf(await getObject(set.client, { key: "a", ...input })) };
}

test("a flipped bit on the way down fails the last read", async (t) => {
  for (const at of [0, 150_000, 299_999]) {
    const { read, oss } = await download(t);
    oss.faults.add({ operation: "GetObject", kind: "flip", at });
    const error = await integrityErrorOf(read());
    assert.equal(error.check, "crc64");
    assert.include(error.message, 'GetObject "a"');
  }
});

test("what arrived before the end is handed over, and the end is an error", async (t) => {
  const { client, oss } = await download(t);
  oss.faults.add({ operation: "GetObject", kind: "flip", at: 299_999 });
  const reader = (await getObject(client, { key: "a" })).body?.getReader() ?? assert.fail("no body");
  let size = 0;
  const drain = async (): Promise<void> => {
    for (let next = await reader.read(); !next.done; next = await reader.read()) size += next.value.length;
  };
  await integrityErrorOf(drain());
  assert.equal(size, 300_000);
});

test("a wrong CRC-64 header is an error both ways", async (t) => {
  const { client, oss, read } = await download(t);
  oss.faults.add({ operation: "GetObject", kind: "crc" });
  await integrityErrorOf(read());
  oss.faults.add({ operation: "PutObject", kind: "crc", times: 2 });
  await integrityErrorOf(putObject(client, { key: "b", body: bytes }));
});

test("a short body is an error, whether its length is announced or its CRC-64 tells", async (t) => {
  const { oss, read } = await download(t);
  oss.faults.add({ operation: "GetObject", kind: "cut", silent: true });
  assert.equal((await integrityErrorOf(read())).check, "crc64");
  const announced = onAnswer((response) => {
    const headers = new Headers(response.headers);
    if (!headers.has("content-length") && response.body) headers.set("content-length", "300000");
    return new Response(response.body, { status: response.status, headers });
  });
  const told = await download(t, { use: [announced] });
  told.oss.faults.add({ operation: "GetObject", kind: "cut", silent: true });
  const error = await integrityErrorOf(told.read({ range: [0] }));
  assert.deepInclude(error, { check: "length", expected: "300000", actual: "150000" });
});

test("a range is not compared with the whole object's CRC-64", async (t) => {
  const { oss, read } = await download(t);
  assert.deepEqual(await read({ range: [100, 199] }), bytes.slice(100, 200));
  assert.deepEqual(await read({ range: [0] }), bytes);
  oss.faults.add({ operation: "GetObject", kind: "crc" });
  assert.deepEqual(await read({ range: [0] }), bytes);
});

test("a processed object is not compared", async (t) => {
  const { client } = world(t, {
    client: {
      use: [
        () => async () =>
          new Response("a smaller picture", { headers: { "x-oss-hash-crc64ecma": "1", "content-length": "17" } }),
      ],
    },
  });
  const response = await getObject(client, { key: "a", process: "image/resize,w_1" });
  assert.equal(await response.text(), "a smaller picture");
  const plain = await getObject(client, { key: "a" });
  await integrityErrorOf(plain.text());
});

test('integrity "none" compares no CRC-64, for a client or for a call', async (t) => {
  const { client, oss, read } = await download(t, { integrity: "none" });
  oss.faults.add({ kind: "crc", times: 3 });
  await putObject(client, { key: "b", body: bytes });
  await appendObject(client, { key: "log", position: 0, body: bytes });
  assert.deepEqual(await read(), bytes);
  const strict = await download(t);
  strict.oss.faults.add({ kind: "crc", times: 2 });
  await putObject(strict.client, { key: "b", body: bytes }, { integrity: "none" });
  const response = await getObject(strict.client, { key: "a" }, { integrity: "none" });
  assert.deepEqual(await bytesOf(response), bytes);
});

test("answers without a CRC-64 are taken as they are", async (t) => {
  const { client } = world(t, { service: { buckets: [bucket], accounts: [environment.account], lenient: ["no-crc"] } });
  assert.isUndefined((await putObject(client, { key: "a", body: bytes })).crc64);
  const { crc64 } = await copyObject(client, { key: "b", copySource: { bucket, key: "a" } });
  assert.isUndefined(crc64);
  assert.deepEqual(await bytesOf(await getObject(client, { key: "b" })), bytes);
  const { uploadId } = await initiateMultipartUpload(client, { key: "m" });
  const { etag = "" } = await uploadPart(client, { key: "m", uploadId, partNumber: 1, body: bytes });
  assert.isUndefined((await listParts(client, { key: "m", uploadId })).parts[0]?.crc64);
  await completeMultipartUpload(client, { key: "m", uploadId, parts: [{ partNumber: 1, etag }] });
  assert.deepEqual(await bytesOf(await getObject(client, { key: "m" })), bytes);
});

test("an answer that claims success and has no content is no object", async (t) => {
  for (const status of [204, 205]) {
    const answer = onAnswer((response) => new Response(null, { status, headers: response.headers }));
    const { client } = world(t, {
      client: { use: [(next) => (url, init) => (init.method === "GET" ? answer(next) : next)(url, init)] },
    });
    await putObject(client, { key: "a", body: bytes });
    const ranges: Pick<GetObjectInput, "range">[] = [{}, { range: [0, 9] }, { range: [-10] }];
    for (const range of ranges) {
      const calls: string[] = [];
      const sink = {
        write: async () => void calls.push("write"),
        close: async () => void calls.push("close"),
        abort: async () => void calls.push("abort"),
      };
      const pattern = new RegExp(`DecodeError: GetObject "a".*${status}`);
      assert.match(String(await failureOf(getObject(client, { key: "a", ...range }))), pattern);
      assert.match(String(await failureOf(downloadTo(client, { key: "a", ...range }, sink))), pattern);
      assert.deepEqual(calls, ["abort"]);
    }
  }
});
