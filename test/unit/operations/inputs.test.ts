/** Inputs become headers, parameters and documents; what the service would refuse is refused before any request. */
import {
  appendObject,
  completeMultipartUpload,
  copyObject,
  deleteMultipleObjects,
  getObject,
  headObject,
  initiateMultipartUpload,
  postObject,
  putBucket,
  putObject,
  uploadPart,
} from "../../../src/operations/mod.ts";
import { assert, fc, test } from "../../harness.ts";

const put = (input: object) => putObject.toRequest({ key: "k", body: "x", ...input }).headers ?? {};
const get = (input: object) => getObject.toRequest({ key: "k", ...input });

test("headers of an object, each under its own name", () => {
  const headers = put({
    acl: "private",
    storageClass: "IA",
    contentType: "text/plain",
    cacheControl: "no-cache",
    contentDisposition: "inline",
    contentEncoding: "br",
    contentLanguage: "en",
    contentMd5: "MD5",
    expires: new Date(0),
    forbidOverwrite: true,
    serverSideEncryption: "KMS",
    serverSideEncryptionKeyId: "id",
    serverSideDataEncryption: "SM4",
    trafficLimit: 819_200,
  });
  assert.deepInclude(headers, {
    "x-oss-object-acl": "private",
    "x-oss-storage-class": "IA",
    "content-type": "text/plain",
    "cache-control": "no-cache",
    "content-disposition": "inline",
    "content-encoding": "br",
    "content-language": "en",
    "content-md5": "MD5",
    expires: "Thu, 01 Jan 1970 00:00:00 GMT",
    "x-oss-forbid-overwrite": "true",
    "x-oss-server-side-encryption": "KMS",
    "x-oss-server-side-encryption-key-id": "id",
    "x-oss-server-side-data-encryption": "SM4",
    "x-oss-traffic-limit": "819200",
  });
});

test("metadata: names of letters, digits and hyphens, trimmed ASCII, 8 KB in all; anything else is refused", () => {
  const name = fc.string({ unit: fc.constantFrom(..."aZ09-"), minLength: 1, maxLength: 12 });
  const value = fc.string({ unit: fc.constantFrom(..."aZ09 ~!=%"), maxLength: 20 }).map((text) => text.trim());
  fc.assert(
    fc.property(name, value, (name, value) => {
      assert.propertyVal(put({ metadata: { [name]: value } }), `x-oss-meta-${name.toLowerCase()}`, value);
    }),
  );
  const bad: readonly Record<string, string>[] = [
    { a_b: "1" },
    { "": "1" },
    { "a b": "1" },
    { "caf\u00e9": "1" },
    { a: "caf\u00e9" },
    { a: " 1" },
    { a: "1 " },
    { a: "1\n" },
    { a: "1\r\nx-oss-object-acl: public-read" },
    { a: "x".repeat(8192) },
    { a: "x".repeat(5000), b: "x".repeat(5000) },
  ];
  for (const metadata of bad) assert.throws(() => put({ metadata }), /metadata/, JSON.stringify(metadata).slice(0, 60));
  put({ metadata: { a: "x".repeat(8191) } });
});

test("tags are percent-encoded, and limited as the service limits them", () => {
  assert.propertyVal(put({ tagging: { "k &1": "v=ä+", e: "" } }), "x-oss-tagging", "k%20%261=v%3D%C3%A4%2B&e=");
  const many = Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`k${at}`, "v"]));
  for (const tagging of [many, { "": "v" }, { ["k".repeat(129)]: "v" }, { k: "v".repeat(257) }]) {
    assert.throws(() => put({ tagging }), RangeError, /tagging/);
  }
  put({ tagging: { ["k".repeat(128)]: "v".repeat(256) } });
});

test("numbers out of bounds", () => {
  for (const trafficLimit of [0, 245_759, 838_860_801, 1.5, Number.NaN])
    assert.throws(() => put({ trafficLimit }), RangeError, /trafficLimit/);
  for (const partNumber of [0, 10_001, 1.5]) {
    assert.throws(
      () => uploadPart.toRequest({ key: "k", uploadId: "u", partNumber, body: "x" }),
      RangeError,
      /partNumber/,
    );
  }
  for (const position of [-1, 1.5, Number.NaN])
    assert.throws(() => appendObject.toRequest({ key: "k", position, body: "x" }), RangeError, /position/);
});

const RANGES: readonly (readonly [range: readonly [number, (number | undefined)?], header: string])[] = [
  [[0], "bytes=0-"],
  [[0, 0], "bytes=0-0"],
  [[5, 9], "bytes=5-9"],
  [[7, undefined], "bytes=7-"],
  [[-3], "bytes=-3"],
];

test("ranges: from, from to, the last n; always with the behaviour that programs need", () => {
  for (const [range, header] of RANGES) {
    assert.deepInclude(get({ range }).headers ?? {}, { range: header, "x-oss-range-behavior": "standard" });
  }
  for (const range of [[5, 4], [-1, 3], [1.5], [0, Number.NaN], [Number.NaN], [-0.5], []]) {
    assert.throws(() => get({ range }), Error, /range/, JSON.stringify(range));
  }
  assert.notProperty(get({}).headers ?? {}, "x-oss-range-behavior");
});

test("reads: conditions, versions, and headers that the answer shall have", () => {
  const { headers, query, accept } = get({
    ifMatch: '"E"',
    ifNoneMatch: '"F"',
    ifModifiedSince: new Date(0),
    ifUnmodifiedSince: new Date(0),
    versionId: "null",
    process: "image/resize,w_1",
    responseContentType: "text/plain",
    responseContentDisposition: "attachment",
    responseContentEncoding: "br",
    responseContentLanguage: "en",
    responseCacheControl: "no-cache",
    responseExpires: "0",
  });
  const date = "Thu, 01 Jan 1970 00:00:00 GMT";
  assert.deepInclude(headers ?? {}, {
    "if-match": '"E"',
    "if-none-match": '"F"',
    "if-modified-since": date,
    "if-unmodified-since": date,
  });
  assert.deepEqual(query, {
    versionId: "null",
    "x-oss-process": "image/resize,w_1",
    "response-content-type": "text/plain",
    "response-content-disposition": "attachment",
    "response-content-encoding": "br",
    "response-content-language": "en",
    "response-cache-control": "no-cache",
    "response-expires": "0",
  });
  assert.deepEqual(accept, [304]);
  assert.deepEqual(headObject.toRequest({ key: "k" }).accept, [304]);
});

test("a copy names its source encoded, with its version, and both are checked", () => {
  const copy = (copySource: { bucket: string; key: string; versionId?: string }) =>
    copyObject.toRequest({ key: "k", copySource, copySourceIfMatch: '"E"', metadataDirective: "REPLACE" }).headers ??
    {};
  assert.deepInclude(copy({ bucket: "other", key: "a b/c+ü?.txt", versionId: "null" }), {
    "x-oss-copy-source": "/other/a%20b/c%2B%C3%BC%3F.txt?versionId=null",
    "x-oss-copy-source-if-match": '"E"',
    "x-oss-metadata-directive": "REPLACE",
  });
  for (const source of [
    { bucket: "A", key: "k" },
    { bucket: "other", key: "" },
    { bucket: "other", key: "/k" },
  ]) {
    assert.throws(() => copy(source), TypeError);
  }
});

test("documents: parts in order, deletes, bucket configurations", () => {
  const complete = completeMultipartUpload.toRequest({
    key: "k",
    uploadId: "u",
    parts: [
      { partNumber: 1, etag: '"A<1>"' },
      { partNumber: 7, etag: "B" },
    ],
  });
  const document = String(complete.body).replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
  assert.include(
    document,
    '<Part><PartNumber>1</PartNumber><ETag>"A<1>"</ETag></Part><Part><PartNumber>7</PartNumber><ETag>B</ETag></Part>',
  );
  assert.notInclude(String(complete.body), "<1>");
  assert.deepInclude(complete, { operation: "CompleteMultipartUpload", method: "POST" });
  assert.throws(() => completeMultipartUpload.toRequest({ key: "k", uploadId: "u", parts: [] }), RangeError, /part/);
  assert.throws(
    () => completeMultipartUpload.toRequest({ key: "k", uploadId: "u", parts: [{ partNumber: 0, etag: "A" }] }),
    RangeError,
    /partNumber/,
  );
  const deletion = String(
    deleteMultipleObjects.toRequest({ objects: ["a&b", { key: "c", versionId: "v" }], quiet: true }).body,
  );
  assert.include(deletion, "<Quiet>true</Quiet>");
  assert.include(deletion, "</Object><Object><Key>c</Key><VersionId>v</VersionId></Object>");
  assert.match(deletion, /<Key>a&(amp|#38);b<\/Key>/);
  assert.isUndefined(putBucket.toRequest({}).body);
  assert.match(
    String(putBucket.toRequest({ storageClass: "IA", dataRedundancyType: "ZRS" }).body),
    /<StorageClass>IA<.*<DataRedundancyType>ZRS</s,
  );
});

test("a delete takes 1 to 1,000 keys and 2 MiB; malformed keys are refused", () => {
  const remove = (objects: unknown) => deleteMultipleObjects.toRequest({ objects: objects as string[] });
  for (const objects of [[], Array.from({ length: 1001 }, () => "k"), "k", undefined])
    assert.throws(() => remove(objects), RangeError, /objects/);
  for (const key of ["", "/a", ".", undefined]) assert.throws(() => remove([key]), TypeError, /key/);
  assert.throws(() => remove([{ key: "a", versionId: "" }]), TypeError, /versionId/);
  remove(Array.from({ length: 1000 }, () => "k"));
  // Escaped, each of these is five times as long.
  assert.throws(() => remove(Array.from({ length: 1000 }, () => "&".repeat(1023))), RangeError, /2 MiB|objects/);
});

test("a form is refused where FormData would change its text", () => {
  const post = (key: string, fields: Record<string, string>) =>
    postObject.toRequest({ key, form: { fields: {} }, body: "x", fields });
  for (const text of ["a\nb", "a\rb"]) {
    assert.throws(() => post(text, {}), TypeError, /line break/);
    assert.throws(() => post("k", { "x-oss-meta-a": text }), TypeError, /line break/);
  }
  post("k", {});
});

test("multipart uploads begin with the headers of the object", () => {
  const { headers, query, idempotent } = initiateMultipartUpload.toRequest({
    key: "k",
    acl: "private",
    sequential: true,
    metadata: { a: "1" },
  });
  assert.deepInclude(headers ?? {}, { "x-oss-object-acl": "private", "x-oss-meta-a": "1" });
  assert.deepEqual(query, { uploads: null, "encoding-type": "url", sequential: "" });
  assert.isTrue(idempotent);
});
