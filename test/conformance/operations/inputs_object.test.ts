/** Every input of the calls on objects reaches the wire, and nothing else does. */
import {
  appendObject,
  copyObject,
  deleteObject,
  getObject,
  getObjectAcl,
  getObjectMeta,
  headObject,
  putObject,
  putObjectAcl,
} from "../../../src/mod.ts";
import { sends } from "../support/canned.ts";

const HOST = "https://photos.oss-cn-hangzhou.aliyuncs.com";
const date = new Date(Date.UTC(2023, 11, 16, 16, 20, 57, 500));
const DATE = "Sat, 16 Dec 2023 16:20:57 GMT";

const written = {
  acl: "public-read",
  storageClass: "IA",
  contentType: "text/plain; charset=utf-8",
  cacheControl: "no-cache",
  contentDisposition: 'attachment; filename="a.txt"',
  contentEncoding: "br",
  contentLanguage: "de",
  expires: date,
  metadata: { Color: "dark red", "x-1": "" },
  tagging: { "a b": "c&d=e", "\uFF5E": "+" },
  serverSideEncryption: "KMS",
  serverSideEncryptionKeyId: "9468da86",
  serverSideDataEncryption: "SM4",
  requestPayer: "requester",
} as const;

const WRITTEN = {
  "x-oss-object-acl": "public-read",
  "x-oss-storage-class": "IA",
  "content-type": "text/plain; charset=utf-8",
  "cache-control": "no-cache",
  "content-disposition": 'attachment; filename="a.txt"',
  "content-encoding": "br",
  "content-language": "de",
  expires: DATE,
  "x-oss-meta-color": "dark red",
  "x-oss-meta-x-1": "",
  "x-oss-tagging": "a%20b=c%26d%3De&%EF%BD%9E=%2B",
  "x-oss-server-side-encryption": "KMS",
  "x-oss-server-side-encryption-key-id": "9468da86",
  "x-oss-server-side-data-encryption": "SM4",
  "x-oss-request-payer": "requester",
};

sends(
  putObject,
  "every input",
  {
    key: "a b/\uFF5E.txt",
    body: "h\u00E9llo",
    ...written,
    forbidOverwrite: true,
    trafficLimit: 245_760,
    contentMd5: "vmHqTNyk8XrNd4QNA5vQ3A==",
    contentLength: 6,
    headers: { "X-OSS-Callback": "e30=", "x-oss-undefined": undefined },
    query: { extra: "1 2", bare: null, none: undefined },
  },
  {
    method: "PUT",
    url: `${HOST}/a%20b/%EF%BD%9E.txt?extra=1%202&bare`,
    headers: {
      ...WRITTEN,
      "x-oss-forbid-overwrite": "true",
      "x-oss-traffic-limit": "245760",
      "content-md5": "vmHqTNyk8XrNd4QNA5vQ3A==",
      "x-oss-callback": "e30=",
    },
    body: "h\u00E9llo",
  },
);

sends(
  putObject,
  "the type of the key",
  { key: "page.html", body: "<p>" },
  {
    method: "PUT",
    url: `${HOST}/page.html`,
    headers: { "content-type": "text/html" },
    body: "<p>",
  },
);

sends(
  putObject,
  "a type where nothing tells one",
  { key: "page", body: new Uint8Array([104, 105]) },
  {
    method: "PUT",
    url: `${HOST}/page`,
    headers: { "content-type": "application/octet-stream" },
    body: "hi",
  },
);

sends(
  putObject,
  "the type of the Blob first",
  { key: "a.html", body: new Blob(["x"], { type: "image/png" }) },
  {
    method: "PUT",
    url: `${HOST}/a.html`,
    headers: { "content-type": "image/png" },
    body: "x",
  },
);

sends(
  appendObject,
  "every input",
  {
    ...{ key: "log", body: "one", position: 3, contentLength: 3, initialCrc64: 1n },
    ...written,
    trafficLimit: 819_200,
    contentMd5: "vmHqTNyk8XrNd4QNA5vQ3A==",
    forbidOverwrite: true,
  },
  {
    method: "POST",
    url: `${HOST}/log?append&position=3`,
    headers: {
      ...WRITTEN,
      "x-oss-traffic-limit": "819200",
      "content-md5": "vmHqTNyk8XrNd4QNA5vQ3A==",
      "x-oss-forbid-overwrite": "true",
    },
    body: "one",
  },
);

sends(
  copyObject,
  "every input",
  {
    key: "copy",
    copySource: { bucket: "other", key: "a/../\uFF5E b+", versionId: "CAEQ" },
    copySourceIfMatch: '"A"',
    copySourceIfNoneMatch: '"B"',
    copySourceIfModifiedSince: date,
    copySourceIfUnmodifiedSince: date,
    metadataDirective: "REPLACE",
    taggingDirective: "Replace",
    ...written,
    forbidOverwrite: false,
    trafficLimit: 819_200,
  },
  {
    method: "PUT",
    url: `${HOST}/copy`,
    headers: {
      ...WRITTEN,
      "x-oss-copy-source": "/other/a/../%EF%BD%9E%20b%2B?versionId=CAEQ",
      "x-oss-copy-source-if-match": '"A"',
      "x-oss-copy-source-if-none-match": '"B"',
      "x-oss-copy-source-if-modified-since": DATE,
      "x-oss-copy-source-if-unmodified-since": DATE,
      "x-oss-metadata-directive": "REPLACE",
      "x-oss-tagging-directive": "Replace",
      "x-oss-forbid-overwrite": "false",
      "x-oss-traffic-limit": "819200",
    },
  },
);

const conditions = { ifMatch: '"A"', ifNoneMatch: '"B"', ifModifiedSince: date, ifUnmodifiedSince: date } as const;
const CONDITIONS = {
  "if-match": '"A"',
  "if-none-match": '"B"',
  "if-modified-since": DATE,
  "if-unmodified-since": DATE,
};

sends(
  getObject,
  "every input",
  {
    key: "a/../b",
    ...conditions,
    versionId: "null",
    trafficLimit: 838_860_800,
    range: [0, 9],
    process: "image/resize,w_100",
    responseContentType: "text/plain",
    responseContentDisposition: "attachment; filename=a b",
    responseContentEncoding: "gzip",
    responseContentLanguage: "en",
    responseCacheControl: "max-age=1",
    responseExpires: DATE,
    requestPayer: "requester",
  },
  {
    method: "GET",
    url:
      `${HOST}/a%2F..%2Fb?versionId=null&x-oss-process=image%2Fresize%2Cw_100&response-content-type=text%2Fplain` +
      "&response-content-disposition=attachment%3B%20filename%3Da%20b&response-content-encoding=gzip" +
      "&response-content-language=en&response-cache-control=max-age%3D1" +
      "&response-expires=Sat%2C%2016%20Dec%202023%2016%3A20%3A57%20GMT",
    headers: {
      ...CONDITIONS,
      "x-oss-traffic-limit": "838860800",
      range: "bytes=0-9",
      "x-oss-range-behavior": "standard",
      "x-oss-request-payer": "requester",
    },
  },
);

for (const [range, header] of [
  [[5], "bytes=5-"],
  [[-7], "bytes=-7"],
  [[3, 3], "bytes=3-3"],
] as const) {
  sends(
    getObject,
    `range ${JSON.stringify(range)}`,
    { key: "a", range },
    {
      method: "GET",
      url: `${HOST}/a`,
      headers: { range: header, "x-oss-range-behavior": "standard" },
    },
  );
}

sends(
  headObject,
  "every input",
  { key: "a", ...conditions, versionId: "CAEQ", requestPayer: "requester" },
  {
    method: "HEAD",
    url: `${HOST}/a?versionId=CAEQ`,
    headers: { ...CONDITIONS, "x-oss-request-payer": "requester" },
  },
);

sends(
  getObjectMeta,
  "every input",
  { key: "a", versionId: "CAEQ", requestPayer: "requester" },
  {
    method: "HEAD",
    url: `${HOST}/a?objectMeta&versionId=CAEQ`,
    headers: { "x-oss-request-payer": "requester" },
  },
);

sends(
  deleteObject,
  "every input",
  { key: "a//b", versionId: "CAEQ", requestPayer: "requester" },
  {
    method: "DELETE",
    url: `${HOST}/a//b?versionId=CAEQ`,
    headers: { "x-oss-request-payer": "requester" },
  },
);

sends(
  putObjectAcl,
  "every input",
  { key: "a", acl: "default", versionId: "CAEQ", requestPayer: "requester" },
  {
    method: "PUT",
    url: `${HOST}/a?acl&versionId=CAEQ`,
    headers: { "x-oss-object-acl": "default", "x-oss-request-payer": "requester" },
  },
);

sends(
  getObjectAcl,
  "every input",
  { bucket: "other", key: "a", versionId: "CAEQ", requestPayer: "requester" },
  {
    method: "GET",
    url: "https://other.oss-cn-hangzhou.aliyuncs.com/a?acl&versionId=CAEQ",
    headers: { "x-oss-request-payer": "requester" },
  },
);
