/** Every field of an answer on objects reaches the result, also those that the in-process OSS never sends. */
import {
  appendObject,
  copyObject,
  deleteMultipleObjects,
  deleteObject,
  getObject,
  getObjectAcl,
  getObjectMeta,
  headObject,
  postObject,
  putObject,
  putObjectAcl,
} from "../../../src/mod.ts";
import { assert, test } from "../../harness.ts";
import { answering, reads } from "../support/canned.ts";

const CRC = "18446744073709551615";
const crc64 = 18_446_744_073_709_551_615n;
const DATE = "Sat, 16 Dec 2023 16:20:57 GMT";
const date = new Date(Date.UTC(2023, 11, 16, 16, 20, 57));

const ENCRYPTED = {
  "x-oss-server-side-encryption": "KMS",
  "x-oss-server-side-encryption-key-id": "9468da86",
  "x-oss-server-side-data-encryption": "SM4",
};
const encrypted = {
  serverSideEncryption: "KMS",
  serverSideEncryptionKeyId: "9468da86",
  serverSideDataEncryption: "SM4",
} as const;

const STORED = {
  "content-length": "11",
  "content-type": "text/plain",
  etag: '"5D41402ABC4B2A76B9719D911017C592"',
  "last-modified": DATE,
  "x-oss-hash-crc64ecma": CRC,
  "content-range": "bytes 0-10/11",
  "content-encoding": "br",
  "content-disposition": "inline",
  "content-language": "de",
  "cache-control": "no-cache",
  expires: DATE,
  "content-md5": "XUFAKrxLKna5cZ2REBfFkg==",
  "x-oss-object-type": "Appendable",
  "x-oss-storage-class": "Archive",
  "x-oss-version-id": "CAEQ",
  "x-oss-delete-marker": "true",
  "x-oss-tagging-count": "2",
  "x-oss-restore": 'ongoing-request="true"',
  "x-oss-expiration": 'expiry-date="x", rule-id="y"',
  "x-oss-next-append-position": "11",
  ...ENCRYPTED,
  "x-oss-sealed-time": DATE,
  "x-oss-meta-color": "red",
  "x-oss-meta-latin1": "caf\u00C3\u00A9",
  "x-oss-unknown": "later",
};

const properties = {
  contentLength: 11,
  contentType: "text/plain",
  etag: '"5D41402ABC4B2A76B9719D911017C592"',
  lastModified: date,
  crc64,
  contentRange: "bytes 0-10/11",
  contentEncoding: "br",
  contentDisposition: "inline",
  contentLanguage: "de",
  cacheControl: "no-cache",
  expires: date,
  contentMd5: "XUFAKrxLKna5cZ2REBfFkg==",
  objectType: "Appendable",
  storageClass: "Archive",
  versionId: "CAEQ",
  deleteMarker: true,
  taggingCount: 2,
  restore: 'ongoing-request="true"',
  expiration: 'expiry-date="x", rule-id="y"',
  nextAppendPosition: 11,
  ...encrypted,
  sealedTime: date,
  metadata: { color: "red", latin1: "caf\u00E9" },
} as const;

const key = "a";
const stored = { etag: '"E"', crc64, versionId: "CAEQ" } as const;
const STORING = { etag: '"E"', "x-oss-hash-crc64ecma": CRC, "x-oss-version-id": "CAEQ" };

reads(headObject, { key }, { headers: STORED }, properties);
reads(headObject, { key }, { headers: { "content-length": "x", "last-modified": "soon" } }, { metadata: {} });
reads(putObjectAcl, { key, acl: "private" }, { headers: { "x-oss-version-id": "CAEQ" } }, { versionId: "CAEQ" });
reads(
  deleteObject,
  { key },
  { status: 204, headers: { "x-oss-version-id": "CAEQ", "x-oss-delete-marker": "true" } },
  { versionId: "CAEQ", deleteMarker: true },
);
reads(
  getObjectMeta,
  { key },
  { headers: { ...STORED, "x-oss-last-access-time": DATE, "x-oss-transition-time": DATE } },
  {
    contentLength: 11,
    etag: properties.etag,
    lastModified: date,
    crc64,
    versionId: "CAEQ",
    lastAccessTime: date,
    transitionTime: date,
  },
);
reads(
  appendObject,
  { key, position: 4, body: "x" },
  {
    headers: {
      ...{ "x-oss-next-append-position": "5", "x-oss-hash-crc64ecma": CRC, "x-oss-version-id": "CAEQ" },
      ...ENCRYPTED,
    },
  },
  { nextPosition: 5, crc64, versionId: "CAEQ", ...encrypted },
);
reads(
  copyObject,
  { key, copySource: { bucket: "other", key } },
  {
    headers: {
      "x-oss-hash-crc64ecma": CRC,
      "x-oss-version-id": "CAEQ",
      "x-oss-copy-source-version-id": "CAEP",
      ...ENCRYPTED,
    },
    body:
      '<?xml version="1.0"?><CopyObjectResult xmlns="http://doc.oss-cn-hangzhou.aliyuncs.com"><New/>' +
      "<LastModified>2023-12-16T16:20:57.000Z</LastModified><ETag>&quot;E&quot;</ETag></CopyObjectResult>",
  },
  { ...stored, lastModified: date, copySourceVersionId: "CAEP", ...encrypted },
);
reads(
  getObjectAcl,
  { key },
  {
    headers: { "x-oss-version-id": "CAEQ" },
    body:
      "<AccessControlPolicy><Owner><ID>1</ID><DisplayName>one</DisplayName></Owner>" +
      "<AccessControlList><Grant>public-read</Grant></AccessControlList></AccessControlPolicy>",
  },
  { acl: "public-read", owner: { id: "1", displayName: "one" }, versionId: "CAEQ" },
);
reads(
  deleteMultipleObjects,
  { objects: ["a b", "c"] },
  {
    body:
      "<DeleteResult><EncodingType>url</EncodingType><Deleted><Key>a%20b</Key><VersionId>CAEQ</VersionId>" +
      "<DeleteMarker>true</DeleteMarker><DeleteMarkerVersionId>CAER</DeleteMarkerVersionId></Deleted>" +
      "<Deleted><Key>c%2F%</Key></Deleted></DeleteResult>",
  },
  {
    deleted: [{ key: "a b", versionId: "CAEQ", deleteMarker: true, deleteMarkerVersionId: "CAER" }, { key: "c/%" }],
    deletedKeys: ["a b", "c/%"],
  },
);
reads(deleteMultipleObjects, { objects: ["a"], quiet: true }, {}, { deleted: [], deletedKeys: [] });

// Here the CRC-64 is that of what is sent, or the answer would be refused.
const SENT = { ...STORING, "x-oss-hash-crc64ecma": "0" };
reads(putObject, { key, body: "" }, { headers: SENT }, { ...stored, crc64: 0n });
reads(postObject, { key, form: { fields: {} }, body: "" }, { status: 204, headers: SENT }, { ...stored, crc64: 0n });

test("GetObject reads every field of its answer", async () => {
  const { "content-range": _, ...headers } = STORED;
  const read = (status: number, body: string | null, more: Record<string, string> = {}): ReturnType<typeof getObject> =>
    getObject(
      answering(() => new Response(body, { status, headers: { ...headers, ...more } })),
      { key, process: "x" },
    );
  const whole = await read(200, "hello world");
  assert.instanceOf(whole, Response);
  const { contentRange: __, ...expected } = properties;
  for (const [name, value] of Object.entries(expected)) assert.deepEqual(Reflect.get(whole, name), value, name);
  assert.equal(await whole.text(), "hello world");
  const unchanged = await read(304, null, { "x-oss-request-id": "ID" });
  assert.deepInclude({ status: unchanged.status, requestId: unchanged.requestId }, { status: 304, requestId: "ID" });
  assert.equal(unchanged.etag, properties.etag);
});
