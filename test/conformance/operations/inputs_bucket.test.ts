/** Every input of the other calls reaches the wire: the service, buckets, lists, multipart uploads, batches. */
import {
  abortMultipartUpload,
  completeMultipartUpload,
  deleteBucket,
  deleteMultipleObjects,
  getBucketAcl,
  getBucketInfo,
  getBucketLocation,
  initiateMultipartUpload,
  listBuckets,
  listMultipartUploads,
  listObjects,
  listObjectsV2,
  listParts,
  putBucket,
  putBucketAcl,
  uploadPart,
} from "../../../src/mod.ts";
import { sends } from "../support/canned.ts";

const SERVICE = "https://oss-cn-hangzhou.aliyuncs.com";
const HOST = "https://photos.oss-cn-hangzhou.aliyuncs.com";
const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';

const payer = { requestPayer: "requester" } as const;
const PAYER = { "x-oss-request-payer": "requester" };

sends(
  listBuckets,
  "every input",
  {
    prefix: "a b",
    marker: "m",
    maxKeys: 7,
    tagKey: "k",
    tagValue: "v",
    tagging: { k: "v", '"': "\u00e9" },
    resourceGroupId: "rg-1",
    ...payer,
  },
  {
    method: "GET",
    url: `${SERVICE}/?prefix=a%20b&marker=m&max-keys=7&tag-key=k&tag-value=v&tagging=%22k%22%3A%22v%22%2C%22%5C%22%22%3A%22%C3%A9%22`,
    headers: { "x-oss-resource-group-id": "rg-1", ...PAYER },
  },
);

sends(
  putBucket,
  "every input",
  {
    bucket: "new-one",
    acl: "public-read",
    storageClass: "IA",
    dataRedundancyType: "ZRS",
    resourceGroupId: "rg-1",
    tagging: { "a b": "1", c: "\u00e9" },
    hnsStatus: "enabled",
    serverSideEncryption: "KMS",
    serverSideEncryptionKeyId: "id",
    serverSideDataEncryption: "SM4",
  },
  {
    method: "PUT",
    url: "https://new-one.oss-cn-hangzhou.aliyuncs.com/",
    headers: {
      "x-oss-acl": "public-read",
      "x-oss-resource-group-id": "rg-1",
      "x-oss-bucket-tagging": "a%20b=1&c=%C3%A9",
      "x-oss-hns-status": "enabled",
      "x-oss-server-side-encryption": "KMS",
      "x-oss-server-side-encryption-key-id": "id",
      "x-oss-server-side-data-encryption": "SM4",
      "content-type": "application/xml",
    },
    body:
      `${XML}<CreateBucketConfiguration><StorageClass>IA</StorageClass>` +
      "<DataRedundancyType>ZRS</DataRedundancyType></CreateBucketConfiguration>",
  },
);
sends(putBucket, "no document where nothing asks for one", {}, { method: "PUT", url: `${HOST}/` });
sends(deleteBucket, "every input", payer, { method: "DELETE", url: `${HOST}/`, headers: PAYER });
sends(getBucketInfo, "every input", payer, { method: "GET", url: `${HOST}/?bucketInfo`, headers: PAYER });
sends(getBucketLocation, "every input", payer, { method: "GET", url: `${HOST}/?location`, headers: PAYER });
sends(getBucketAcl, "every input", payer, { method: "GET", url: `${HOST}/?acl`, headers: PAYER });
sends(
  putBucketAcl,
  "every input",
  { acl: "public-read-write", ...payer },
  {
    method: "PUT",
    url: `${HOST}/?acl`,
    headers: { "x-oss-acl": "public-read-write", ...PAYER },
  },
);

const listed = { prefix: "\uFF5E", delimiter: "/", maxKeys: 1000, ...payer };

sends(
  listObjectsV2,
  "every input",
  { ...listed, startAfter: "a+b", continuationToken: "t/=", fetchOwner: true },
  {
    method: "GET",
    url:
      `${HOST}/?list-type=2&encoding-type=url&prefix=%EF%BD%9E&delimiter=%2F&max-keys=1000&start-after=a%2Bb` +
      "&continuation-token=t%2F%3D&fetch-owner=true",
    headers: PAYER,
  },
);
sends(
  listObjects,
  "every input",
  { ...listed, marker: "a b" },
  {
    method: "GET",
    url: `${HOST}/?encoding-type=url&prefix=%EF%BD%9E&delimiter=%2F&max-keys=1000&marker=a%20b`,
    headers: PAYER,
  },
);
sends(
  listMultipartUploads,
  "every input",
  { prefix: "p", delimiter: "/", maxUploads: 2, keyMarker: "k\u0001", uploadIdMarker: "ID+", ...payer },
  {
    method: "GET",
    url: `${HOST}/?uploads&encoding-type=url&prefix=p&delimiter=%2F&max-uploads=2&key-marker=k%01&upload-id-marker=ID%2B`,
    headers: PAYER,
  },
);
sends(
  listParts,
  "every input",
  { key: "a", uploadId: "ID", maxParts: 5, partNumberMarker: 2, ...payer },
  {
    method: "GET",
    url: `${HOST}/a?encoding-type=url&uploadId=ID&max-parts=5&part-number-marker=2`,
    headers: PAYER,
  },
);

sends(
  initiateMultipartUpload,
  "every input",
  {
    key: "a",
    acl: "private",
    storageClass: "Archive",
    contentType: "video/mp4",
    cacheControl: "no-store",
    contentDisposition: "inline",
    contentEncoding: "gzip",
    contentLanguage: "en",
    expires: new Date(0),
    metadata: { a: "1" },
    tagging: { k: "v" },
    forbidOverwrite: true,
    serverSideEncryption: "AES256",
    serverSideEncryptionKeyId: "id",
    serverSideDataEncryption: "SM4",
    sequential: true,
    ...payer,
  },
  {
    method: "POST",
    url: `${HOST}/a?uploads&encoding-type=url&sequential=`,
    headers: {
      "x-oss-object-acl": "private",
      "x-oss-storage-class": "Archive",
      "content-type": "video/mp4",
      "cache-control": "no-store",
      "content-disposition": "inline",
      "content-encoding": "gzip",
      "content-language": "en",
      expires: "Thu, 01 Jan 1970 00:00:00 GMT",
      "x-oss-meta-a": "1",
      "x-oss-tagging": "k=v",
      "x-oss-forbid-overwrite": "true",
      "x-oss-server-side-encryption": "AES256",
      "x-oss-server-side-encryption-key-id": "id",
      "x-oss-server-side-data-encryption": "SM4",
      ...PAYER,
    },
  },
);
sends(
  uploadPart,
  "every input",
  {
    key: "a.mp4",
    uploadId: "ID",
    partNumber: 10_000,
    body: "p",
    contentLength: 1,
    contentMd5: "x==",
    trafficLimit: 245_760,
    ...payer,
  },
  {
    method: "PUT",
    url: `${HOST}/a.mp4?partNumber=10000&uploadId=ID`,
    headers: {
      "content-md5": "x==",
      "x-oss-traffic-limit": "245760",
      "content-type": "video/mp4",
      ...PAYER,
    },
    body: "p",
  },
);
sends(
  completeMultipartUpload,
  "every input",
  {
    key: "a",
    uploadId: "ID",
    parts: [
      { partNumber: 1, etag: '"A"' },
      { partNumber: 3, etag: "B" },
    ],
    acl: "default",
    forbidOverwrite: true,
    ...payer,
  },
  {
    method: "POST",
    url: `${HOST}/a?encoding-type=url&uploadId=ID`,
    headers: {
      "x-oss-object-acl": "default",
      "x-oss-forbid-overwrite": "true",
      "content-type": "application/xml",
      ...PAYER,
    },
    body:
      '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"A"</ETag></Part>' +
      "<Part><PartNumber>3</PartNumber><ETag>B</ETag></Part></CompleteMultipartUpload>",
  },
);
sends(
  abortMultipartUpload,
  "every input",
  { key: "a", uploadId: "ID", ...payer },
  {
    method: "DELETE",
    url: `${HOST}/a?uploadId=ID`,
    headers: PAYER,
  },
);

sends(
  deleteMultipleObjects,
  "every input",
  { objects: ["a<\u0001&", { key: "b", versionId: "CAEQ" }], quiet: true, ...payer },
  {
    method: "POST",
    url: `${HOST}/?delete&encoding-type=url`,
    headers: { "content-type": "application/xml", "content-md5": "MDApxM1tS1oM2cui4P3UPQ==", ...PAYER },
    body:
      `${XML}<Delete><Quiet>true</Quiet><Object><Key>a&lt;&#x1;&amp;</Key></Object>` +
      "<Object><Key>b</Key><VersionId>CAEQ</VersionId></Object></Delete>",
  },
);
