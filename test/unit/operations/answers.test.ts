/** Answers of operations that need more than their headers: existence, callbacks, empty documents, byte order. */
import { CallbackError, DecodeError, ServiceError } from "../../../src/errors.ts";
import { compareKeys } from "../../../src/operations/byte_order.ts";
import { bucketExists, objectExists } from "../../../src/operations/exists.ts";
import {
  completeMultipartUpload,
  deleteMultipleObjects,
  getBucketInfo,
  getBucketLocation,
  initiateMultipartUpload,
  listObjectsV2,
  putObject,
} from "../../../src/operations/mod.ts";
import { assert, fc, test } from "../../harness.ts";
import { clientOf, done, errorDocument, refusal, scripted } from "../core/support.ts";
import { failure } from "../streams/support.ts";

test("keys are ordered as their UTF-8 bytes are", () => {
  const bytes = (text: string): string =>
    Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom(
        "a",
        "\u007f",
        "\u0080",
        "\u07ff",
        "\u0800",
        "\ud7ff",
        "\ue000",
        "\uff5e",
        "\uffff",
        "\u{10000}",
        "\u{1f600}",
        "\u{10ffff}",
      ),
      fc.string({ unit: "grapheme", maxLength: 1 }),
    ),
    maxLength: 6,
  });
  fc.assert(
    fc.property(text, text, (left, right) => {
      const [a, b] = [bytes(left), bytes(right)];
      assert.equal(Math.sign(compareKeys(left, right)), a < b ? -1 : Number(a > b));
    }),
    { numRuns: 500 },
  );
  assert.deepEqual(["\u{1f600}", "\uff5e", "a"].sort(compareKeys), ["a", "\uff5e", "\u{1f600}"]);
});

test("an object exists or not; a missing bucket and everything else is an error", async () => {
  const exists = (answer: Response) => objectExists(clientOf(scripted(answer).fetch), { key: "k" });
  assert.isTrue(await exists(done()));
  assert.isFalse(await exists(new Response(null, { status: 404 })), "a page sees no more than the status");
  assert.isFalse(await exists(headError(404, "NoSuchKey")));
  for (const [status, code] of [
    [404, "NoSuchBucket"],
    [403, "AccessDenied"],
    [400, "InvalidArgument"],
  ] as const) {
    assert.propertyVal(await failure(exists(headError(status, code))), "code", code);
  }
});

function headError(status: number, code: string): Response {
  return new Response(null, { status, headers: { "x-oss-err": btoa(errorDocument(code)) } });
}

test("a bucket exists unless the service says that it does not; somebody else's is an error", async () => {
  const acl =
    "<AccessControlPolicy><Owner><ID>1</ID></Owner><AccessControlList><Grant>private</Grant></AccessControlList></AccessControlPolicy>";
  const exists = (answer: Response) => bucketExists(clientOf(scripted(answer).fetch));
  assert.isTrue(await exists(new Response(acl)));
  assert.isFalse(await exists(refusal(404, "NoSuchBucket")));
  for (const [status, code] of [
    [403, "AccessDenied"],
    [404, "NotFound"],
    [409, "X"],
  ] as const) {
    assert.propertyVal(await failure(exists(refusal(status, code))), "code", code);
  }
});

test("203: stored, but the callback failed; the error carries what was stored", async () => {
  const document = errorDocument("CallbackFailed", { Message: "Error status : 502." });
  const answer = new Response(document, {
    status: 203,
    headers: { etag: '"E"', "x-oss-hash-crc64ecma": "11177612005948864433", "x-oss-request-id": "R" },
  });
  const { fetch, sent } = scripted(answer);
  const error = await failure(
    putObject(clientOf(fetch), { key: "k", body: "hello", headers: { "x-oss-callback": "e30=" } }),
  );
  assert.instanceOf(error, CallbackError);
  assert.equal(error.code, "CallbackFailed");
  assert.deepInclude(error.result as object, {
    status: 203,
    etag: '"E"',
    crc64: 11_177_612_005_948_864_433n,
    requestId: "R",
  });
  assert.include(error.message, "Error status : 502.");
  assert.lengthOf(sent, 1);
  const complete = completeMultipartUpload(clientOf(fetch), {
    key: "k",
    uploadId: "u",
    parts: [{ partNumber: 1, etag: "A" }],
  });
  assert.instanceOf(await failure(complete), CallbackError);
});

test("a callback's own answer stands in the place of the document, and is no error", async () => {
  const { fetch } = scripted(
    new Response('{"ok":true}', { headers: { "x-oss-hash-crc64ecma": "7", "content-type": "application/json" } }),
  );
  const input = { key: "k", uploadId: "u", parts: [{ partNumber: 1, etag: "A" }] };
  const stored = await completeMultipartUpload(clientOf(fetch), { ...input, headers: { "X-Oss-Callback": "e30=" } });
  assert.equal(stored.crc64, 7n);
  assert.instanceOf(
    await failure(completeMultipartUpload(clientOf(fetch), input)),
    DecodeError,
    "without a callback it is a foreign answer",
  );
});

test("a quiet delete answers nothing, a loud one what was deleted", async () => {
  const quiet = await deleteMultipleObjects(clientOf(scripted(done()).fetch), { objects: ["a"], quiet: true });
  assert.deepInclude({ ...quiet }, { deleted: [], deletedKeys: [] });
  const xml =
    "<DeleteResult><EncodingType>url</EncodingType><Deleted><Key>a%2Fb%20c</Key><DeleteMarker>true</DeleteMarker><DeleteMarkerVersionId>V</DeleteMarkerVersionId></Deleted></DeleteResult>";
  const loud = await deleteMultipleObjects(clientOf(scripted(new Response(xml)).fetch), { objects: ["a/b c"] });
  assert.deepEqual(loud.deletedKeys, ["a/b c"]);
  assert.deepEqual(loud.deleted, [{ key: "a/b c", deleteMarker: true, deleteMarkerVersionId: "V" }]);
});

test("documents with paths, wrappers and bare text", async () => {
  const info =
    "<BucketInfo><Bucket><Name>photos</Name><Location>oss-cn-hangzhou</Location><CreationDate>2013-07-31T10:56:21.000Z</CreationDate><Owner><ID>1</ID><DisplayName>d</DisplayName></Owner><AccessControlList><Grant>private</Grant></AccessControlList><BlockPublicAccess>true</BlockPublicAccess><ServerSideEncryptionRule><SSEAlgorithm>None</SSEAlgorithm></ServerSideEncryptionRule><Unknown><Name>x</Name></Unknown></Bucket></BucketInfo>";
  const { headers, ...found } = await getBucketInfo(clientOf(scripted(new Response(info)).fetch), {});
  assert.instanceOf(headers, Headers);
  assert.deepEqual(found, {
    status: 200,
    name: "photos",
    location: "oss-cn-hangzhou",
    creationDate: new Date("2013-07-31T10:56:21Z"),
    owner: { id: "1", displayName: "d" },
    acl: "private",
    blockPublicAccess: true,
    serverSideEncryption: { sseAlgorithm: "None" },
  });
  const location = scripted(
    new Response("<?xml version='1.0'?><LocationConstraint>oss-cn-hangzhou</LocationConstraint>"),
  );
  assert.equal((await getBucketLocation(clientOf(location.fetch), {})).location, "oss-cn-hangzhou");
});

test("a foreign or truncated document is a DecodeError, not an empty result", async () => {
  for (const body of [
    "",
    "<html></html>",
    "<ListBucketResult><IsTruncated>false</IsTruncated>",
    "<Error><Code>X</Code></Error>",
  ]) {
    assert.instanceOf(
      await failure(listObjectsV2(clientOf(scripted(new Response(body)).fetch), {})),
      DecodeError,
      body,
    );
  }
  const initiated = initiateMultipartUpload(clientOf(scripted(new Response("<html>login</html>")).fetch), { key: "k" });
  assert.instanceOf(await failure(initiated), DecodeError);
});

test("an error of a list is a ServiceError as anywhere", async () => {
  const error = await failure(listObjectsV2(clientOf(scripted(refusal(404, "NoSuchBucket")).fetch), {}));
  assert.instanceOf(error, ServiceError);
  assert.deepInclude({ ...error }, { code: "NoSuchBucket", operation: "ListObjectsV2" });
});
