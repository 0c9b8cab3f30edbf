/** Bodies in memory, Blobs and forms: sent as they are, checked while they travel, and sent again as they were. */
import { crc64 } from "../../../src/checksum/crc64.ts";
import { address } from "../../../src/core/address.ts";
import { prepareBody } from "../../../src/core/body.ts";
import type { SendableBody } from "../../../src/core/call.ts";
import { IntegrityError, ServiceError, SourceChangedError } from "../../../src/errors.ts";
import { postObject, putObject } from "../../../src/operations/mod.ts";
import type { Body } from "../../../src/types.ts";
import { assert, test } from "../../harness.ts";
import { deferred, failure } from "../streams/support.ts";
import { clientOf, done, refusal, scripted } from "./support.ts";

const CRC_OF_HELLO = 11_177_612_005_948_864_433n;
const { signal } = new AbortController();

/** A body as the sender makes it ready; `direct`: for the runtime's own `fetch`. */
async function prepared(body: Body, direct = false): Promise<SendableBody> {
  const { context } = clientOf(scripted(done()).fetch);
  const target = address(context, { method: "PUT", key: "k", operation: "PutObject", body });
  return prepareBody(target, {}, signal, direct);
}

test("bytes that were transferred meanwhile fail in fetch alone: nothing is thrown beside it", async () => {
  const bytes = new Uint8Array([1, 2, 3, 4]);
  // The module of the checksum is there already.
  await (await prepared("hello")).open(0n, () => undefined).checksum(signal);
  const body = await prepared(bytes);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  assert.equal(await body.open(0n, () => undefined).checksum(signal), 0n);
});

test("bytes are not copied", async () => {
  const bytes = new Uint8Array([1, 2, 3, 4]);
  const body = await prepared(bytes.subarray(1, 3));
  const sent = body.open(undefined, () => {}).init.body;
  assert.instanceOf(sent, Uint8Array);
  assert.strictEqual((sent as Uint8Array).buffer, bytes.buffer);
  assert.deepEqual([...(sent as Uint8Array)], [2, 3]);
});

test("a Blob is sent as it is, and its CRC-64 read from a stream", async () => {
  const blob = new Blob(["hel", "lo"]);
  const body = await prepared(blob);
  const opened = body.open(0n, () => {});
  assert.strictEqual(opened.init.body, blob);
  assert.equal(await opened.checksum(signal), CRC_OF_HELLO);
  const bytes = new Uint8Array(3_000_001).fill(7);
  const large = new Blob([bytes]);
  large.arrayBuffer = () => assert.fail("read as a whole");
  assert.equal(await (await prepared(large)).open(0n, () => {}).checksum(signal), crc64(bytes));
});

test("a Blob is checked, and repeated", async () => {
  const { fetch, sent } = scripted(refusal(503, "SlowDown"), done({ "x-oss-hash-crc64ecma": String(CRC_OF_HELLO) }));
  await putObject(clientOf(fetch), { key: "k", body: new Blob(["hello"]) });
  assert.lengthOf(sent, 2);
  const wrong = scripted(done({ "x-oss-hash-crc64ecma": "1" }));
  assert.instanceOf(
    await failure(putObject(clientOf(wrong.fetch), { key: "k", body: new Blob(["hello"]) })),
    IntegrityError,
  );
});

/** A Blob whose reading fails, or gives less than it said: a file that changed on disk. */
function changing(read: UnderlyingDefaultSource<Uint8Array<ArrayBuffer>>): Blob {
  return Object.assign(new Blob(["hello"]), { stream: () => new ReadableStream(read) });
}

test("a file that changes or goes away while it is sent stops the request", async () => {
  const reads: readonly UnderlyingDefaultSource<Uint8Array<ArrayBuffer>>[] = [
    {
      start(controller) {
        controller.error(new DOMException("gone", "NotReadableError"));
      },
    },
    {
      start(controller) {
        controller.enqueue(new Uint8Array(3));
        controller.close();
      },
    },
  ];
  for (const read of reads) {
    const stopped = deferred();
    const { fetch } = scripted(
      (sent) =>
        new Promise((_, reject) => {
          sent.signal.addEventListener("abort", () => {
            stopped.resolve();
            reject(sent.signal.reason);
          });
        }),
    );
    const error = await failure(putObject(clientOf(fetch), { key: "k", body: changing(read) }));
    assert.instanceOf(error, SourceChangedError);
    assert.include(error.message, "pick it again");
    await stopped.promise;
  }
});

test("an early refusal does not wait until a large file was read, and stops the reading", {
  timeout: 5000,
}, async () => {
  const { fetch } = scripted(() => refusal(403, "AccessDenied"));
  const stopped = deferred();
  const body = changing({ pull: () => new Promise(() => {}), cancel: () => stopped.resolve() });
  assert.instanceOf(await failure(putObject(clientOf(fetch), { key: "k", body })), ServiceError);
  await stopped.promise;
});

test("a form is sent unsigned, without a type of ours, its file last and checked", async () => {
  const { fetch, sent } = scripted(done({ "x-oss-hash-crc64ecma": String(CRC_OF_HELLO) }, 204));
  const form = { fields: { policy: "P", "x-oss-signature": "S" } };
  await postObject(clientOf(fetch), { key: "u/a.png", form, body: "hello", fields: { "x-oss-meta-a": "1" } });
  const [{ headers, init, url, method } = { headers: new Headers(), init: {}, url: new URL("http://x"), method: "" }] =
    sent;
  assert.deepEqual([method, url.href], ["POST", "https://photos.oss-cn-hangzhou.aliyuncs.com/"]);
  for (const name of ["authorization", "content-type", "x-oss-date"]) assert.isFalse(headers.has(name), name);
  const entries = [...(init.body as FormData).entries()];
  assert.deepEqual(entries.slice(0, -1), [
    ["policy", "P"],
    ["x-oss-signature", "S"],
    ["key", "u/a.png"],
    ["x-oss-meta-a", "1"],
  ]);
  const [name, file] = entries.at(-1) ?? [];
  assert.equal(name, "file");
  assert.instanceOf(file, Blob);
  assert.equal(await (file as Blob).text(), "hello");
  assert.equal((file as Blob).type, "application/octet-stream");
  const wrong = scripted(done({ "x-oss-hash-crc64ecma": "1" }, 204));
  assert.instanceOf(
    await failure(postObject(clientOf(wrong.fetch), { key: "u/a.png", form, body: "hello" })),
    IntegrityError,
  );
});
