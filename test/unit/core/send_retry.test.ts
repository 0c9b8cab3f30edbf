/** What is sent again, how often, and what never is. */
import { IntegrityError, NetworkError, ServiceError } from "../../../src/errors.ts";
import {
  abortMultipartUpload,
  appendObject,
  completeMultipartUpload,
  copyObject,
  deleteMultipleObjects,
  deleteObject,
  getObject,
  headObject,
  initiateMultipartUpload,
  listObjectsV2,
  postObject,
  putBucket,
  putObject,
  uploadPart,
} from "../../../src/operations/mod.ts";
import type { Client } from "../../../src/types.ts";
import { assert, test } from "../../harness.ts";
import { failure } from "../streams/support.ts";
import { clientOf, done, refusal, scripted } from "./support.ts";

const LOST = new TypeError("fetch failed");

/** Each call, and whether it may be sent twice. */
const CALLS: readonly (readonly [name: string, repeatable: boolean, call: (client: Client) => Promise<unknown>])[] = [
  ["PutObject", true, (client) => putObject(client, { key: "k", body: "x" })],
  ["GetObject", true, (client) => getObject(client, { key: "k" })],
  ["HeadObject", true, (client) => headObject(client, { key: "k" })],
  ["DeleteObject", true, (client) => deleteObject(client, { key: "k" })],
  ["CopyObject", true, (client) => copyObject(client, { key: "k", copySource: { bucket: "photos", key: "j" } })],
  ["ListObjectsV2", true, (client) => listObjectsV2(client, {})],
  ["PutBucket", true, (client) => putBucket(client, {})],
  ["DeleteMultipleObjects", true, (client) => deleteMultipleObjects(client, { objects: ["k"] })],
  ["InitiateMultipartUpload", true, (client) => initiateMultipartUpload(client, { key: "k" })],
  ["UploadPart", true, (client) => uploadPart(client, { key: "k", uploadId: "u", partNumber: 1, body: "x" })],
  ["AbortMultipartUpload", true, (client) => abortMultipartUpload(client, { key: "k", uploadId: "u" })],
  ["PostObject", true, (client) => postObject(client, { key: "k", form: { fields: {} }, body: "x" })],
  ["AppendObject", false, (client) => appendObject(client, { key: "k", position: 0, body: "x" })],
  [
    "CompleteMultipartUpload",
    false,
    (client) => completeMultipartUpload(client, { key: "k", uploadId: "u", parts: [{ partNumber: 1, etag: '"E"' }] }),
  ],
  ["an unmodelled GET", true, (client) => client.send({ method: "GET", query: { cors: null } })],
  [
    "an unmodelled POST",
    false,
    (client) => client.send({ method: "POST", key: "k", query: { "x-oss-process": null } }),
  ],
  ["an unmodelled POST that says so", true, (client) => client.send({ method: "POST", key: "k", idempotent: true })],
  ["an unmodelled PUT that must not", false, (client) => client.send({ method: "PUT", key: "k", idempotent: false })],
];

for (const [name, repeatable, call] of CALLS) {
  test(`${name} is ${repeatable ? "" : "not "}sent again when no answer came, or a bad one`, async () => {
    for (const trouble of [LOST, refusal(503, "ServiceUnavailable"), refusal(500, "InternalError")]) {
      const { fetch, sent } = scripted(trouble);
      const error = await failure(call(clientOf(fetch)));
      assert.propertyVal(error, "name", trouble instanceof Error ? "NetworkError" : "ServiceError");
      assert.lengthOf(sent, repeatable ? 4 : 1);
      const headers = sent.map(({ headers }) => headers.get("authorization"));
      if (name !== "PostObject") assert.notInclude(headers, null, "each attempt is signed");
    }
  });
}

test("what would fail again is sent once", async () => {
  for (const answer of [
    refusal(403, "AccessDenied"),
    refusal(404, "NoSuchKey"),
    refusal(409, "X"),
    refusal(501, "NotImplemented"),
    new Response("<html>", { status: 302 }),
  ]) {
    const { fetch, sent } = scripted(answer);
    assert.instanceOf(await failure(getObject(clientOf(fetch), { key: "k" })), ServiceError);
    assert.lengthOf(sent, 1);
  }
});

test("what passes is the result, whatever came before it", async () => {
  const { fetch, sent } = scripted(
    LOST,
    refusal(503, "SlowDown"),
    refusal(400, "RequestTimeout"),
    done({ etag: '"E"' }),
  );
  assert.equal((await putObject(clientOf(fetch), { key: "k", body: "hello" })).etag, '"E"');
  assert.lengthOf(sent, 4);
});

test("the number of attempts is the client's to choose; the last error is the one that is thrown", async () => {
  for (const attempts of [1, 2, 6]) {
    const { fetch, sent } = scripted(LOST);
    const error = await failure(getObject(clientOf(fetch, { retry: { base: 0, attempts } }), { key: "k" }));
    assert.lengthOf(sent, attempts);
    assert.propertyVal(error, "attempts", attempts);
  }
  const { fetch } = scripted(LOST, LOST, LOST, refusal(503, "SlowDown"));
  assert.propertyVal(await failure(getObject(clientOf(fetch), { key: "k" })), "code", "SlowDown");
});

test("a network error tells what was tried, without the query", async () => {
  const { fetch } = scripted(
    Object.assign(new TypeError("fetch failed https://h/?x-oss-signature=SECRET"), { code: "ECONNRESET" }),
  );
  const error = await failure(getObject(clientOf(fetch), { key: "a b", versionId: "V" }));
  assert.instanceOf(error, NetworkError);
  assert.deepInclude(
    { ...error },
    { method: "GET", url: "https://photos.oss-cn-hangzhou.aliyuncs.com/a%20b", attempts: 4 },
  );
  assert.include(error.message, 'GetObject "a b"');
  assert.propertyVal(error.cause, "code", "ECONNRESET");
  assert.notInclude(`${error.message}${(error.cause as Error).message}`, "SECRET");
});

test("the caller's rule decides instead of ours, but never makes an append repeatable", async () => {
  const asked: unknown[] = [];
  const shouldRetry = (error: unknown, attempt: number): boolean => {
    asked.push([(error as Error).name, attempt]);
    return attempt < 3;
  };
  const denied = scripted(refusal(403, "AccessDenied"));
  const client = clientOf(denied.fetch, { retry: { base: 0, attempts: 9, shouldRetry } });
  await failure(getObject(client, { key: "k" }));
  assert.lengthOf(denied.sent, 3);
  assert.deepEqual(asked, [
    ["ServiceError", 1],
    ["ServiceError", 2],
    ["ServiceError", 3],
  ]);
  await failure(appendObject(client, { key: "k", position: 0, body: "x" }));
  assert.lengthOf(denied.sent, 4);
});

test("the pause is what the service asks for, in each of its spellings, up to the longest pause", async () => {
  const later = (milliseconds: number): string =>
    new Date(Math.ceil((Date.now() + milliseconds) / 1000) * 1000).toUTCString();
  const asks: readonly (readonly [headers: Record<string, string>, least: number])[] = [
    [{ "x-oss-qos-delay-time": "60" }, 60],
    [{ "retry-after": "1" }, 80],
    [{ "retry-after": later(1000) }, 80],
    [{ "retry-after": "3600" }, 80],
    [{ "retry-after": "soon" }, 0],
    [{ "retry-after": "-5" }, 0],
    [{}, 0],
  ];
  for (const [headers, least] of asks) {
    const { fetch, sent } = scripted(refusal(503, "SlowDown", {}, headers), done());
    const started = performance.now();
    await headObject(clientOf(fetch, { retry: { base: 0, max: 80 } }), { key: "k" });
    const waited = performance.now() - started;
    assert.isAtLeast(waited, least - 2, JSON.stringify(headers));
    assert.isBelow(waited, 5000, JSON.stringify(headers));
    assert.lengthOf(sent, 2);
  }
});

test("altered bytes are sent once more, and then it is an error", async () => {
  const wrong = done({ "x-oss-hash-crc64ecma": "1" });
  const right = done({ "x-oss-hash-crc64ecma": "11177612005948864433" });
  const mended = scripted(wrong, right);
  assert.equal((await putObject(clientOf(mended.fetch), { key: "k", body: "hello" })).crc64, 11177612005948864433n);
  const broken = scripted(wrong, wrong, right);
  const error = await failure(putObject(clientOf(broken.fetch), { key: "k", body: "hello" }));
  assert.instanceOf(error, IntegrityError);
  assert.deepInclude({ ...error }, { check: "crc64", expected: "11177612005948864433", actual: "1" });
  assert.lengthOf(broken.sent, 2);
});

test("an append with other bytes is an error at once: it must not be sent twice", async () => {
  const { fetch, sent } = scripted(done({ "x-oss-hash-crc64ecma": "1" }));
  assert.instanceOf(
    await failure(appendObject(clientOf(fetch), { key: "k", position: 0, body: "hello" })),
    IntegrityError,
  );
  assert.lengthOf(sent, 1);
});

test("integrity: nothing is compared where the caller, the client, or the service's silence says so", async () => {
  const wrong = done({ "x-oss-hash-crc64ecma": "1" });
  await putObject(clientOf(scripted(wrong).fetch), { key: "k", body: "hello" }, { integrity: "none" });
  await putObject(clientOf(scripted(wrong).fetch, { integrity: "none" }), { key: "k", body: "hello" });
  await putObject(clientOf(scripted(done()).fetch), { key: "k", body: "hello" });
  await appendObject(clientOf(scripted(wrong).fetch), { key: "k", position: 5, body: "hello" });
  const on = putObject(
    clientOf(scripted(wrong).fetch, { integrity: "none" }),
    { key: "k", body: "hello" },
    { integrity: "crc64" },
  );
  assert.instanceOf(await failure(on), IntegrityError);
});

test("a redirect is not followed: it is an error that tells its status where the runtime does", async () => {
  const { fetch, sent } = scripted(
    new Response(null, { status: 307, headers: { location: "https://elsewhere.example.com/" } }),
  );
  const error = await failure(getObject(clientOf(fetch), { key: "k" }));
  assert.propertyVal(error, "status", 307);
  assert.lengthOf(sent, 1);
});
