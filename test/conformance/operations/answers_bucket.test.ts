/** Every field of the other answers reaches the result: service, buckets, lists, multipart uploads. */
import {
  completeMultipartUpload,
  getBucketAcl,
  getBucketInfo,
  getBucketLocation,
  initiateMultipartUpload,
  listBuckets,
  listMultipartUploads,
  listObjects,
  listObjectsV2,
  listParts,
  uploadPart,
} from "../../../src/mod.ts";
import { reads } from "../support/canned.ts";

const ISO = "2023-12-16T16:20:57.000Z";
const date = new Date(ISO);
const OWNER = "<Owner><ID>1</ID><DisplayName>one</DisplayName></Owner>";
const owner = { id: "1", displayName: "one" };

reads(
  listBuckets,
  {},
  {
    body:
      `<ListAllMyBucketsResult>${OWNER}<Prefix>p</Prefix><Marker>m</Marker><MaxKeys>1</MaxKeys>` +
      "<IsTruncated>true</IsTruncated><NextMarker>photos</NextMarker><Buckets><Bucket><Name>photos</Name>" +
      `<Region>cn-hangzhou</Region><Location>oss-cn-hangzhou</Location><CreationDate>${ISO}</CreationDate>` +
      "<StorageClass>IA</StorageClass><ExtranetEndpoint>e</ExtranetEndpoint><IntranetEndpoint>i</IntranetEndpoint>" +
      "<ResourceGroupId>rg</ResourceGroupId></Bucket></Buckets></ListAllMyBucketsResult>",
  },
  {
    buckets: [
      {
        name: "photos",
        region: "cn-hangzhou",
        location: "oss-cn-hangzhou",
        creationDate: date,
        storageClass: "IA",
        extranetEndpoint: "e",
        intranetEndpoint: "i",
        resourceGroupId: "rg",
      },
    ],
    owner,
    prefix: "p",
    marker: "m",
    maxKeys: 1,
    isTruncated: true,
    nextMarker: "photos",
  },
);
reads(listBuckets, {}, { body: "<ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>" }, { buckets: [] });

reads(
  getBucketInfo,
  {},
  {
    body:
      `<BucketInfo><Bucket><Name>photos</Name><Location>oss-cn-hangzhou</Location><CreationDate>${ISO}</CreationDate>` +
      "<ExtranetEndpoint>e</ExtranetEndpoint><IntranetEndpoint>i</IntranetEndpoint><StorageClass>IA</StorageClass>" +
      `<DataRedundancyType>ZRS</DataRedundancyType><AccessControlList><Grant>private</Grant></AccessControlList>${OWNER}` +
      "<Comment>c &amp; d</Comment><Versioning>Enabled</Versioning><AccessMonitor>Disabled</AccessMonitor>" +
      "<TransferAcceleration>Disabled</TransferAcceleration><CrossRegionReplication>Disabled</CrossRegionReplication>" +
      "<ResourceGroupId>rg</ResourceGroupId><BlockPublicAccess>true</BlockPublicAccess><ServerSideEncryptionRule>" +
      "<SSEAlgorithm>KMS</SSEAlgorithm><KMSMasterKeyID>id</KMSMasterKeyID><KMSDataEncryption>SM4</KMSDataEncryption>" +
      "</ServerSideEncryptionRule><BucketPolicy><LogBucket>logs</LogBucket><LogPrefix>l/</LogPrefix></BucketPolicy>" +
      "</Bucket></BucketInfo>",
  },
  {
    name: "photos",
    location: "oss-cn-hangzhou",
    creationDate: date,
    extranetEndpoint: "e",
    intranetEndpoint: "i",
    storageClass: "IA",
    dataRedundancyType: "ZRS",
    acl: "private",
    owner,
    comment: "c & d",
    versioning: "Enabled",
    accessMonitor: "Disabled",
    transferAcceleration: "Disabled",
    crossRegionReplication: "Disabled",
    resourceGroupId: "rg",
    blockPublicAccess: true,
    serverSideEncryption: { sseAlgorithm: "KMS", kmsMasterKeyId: "id", kmsDataEncryption: "SM4" },
    logBucket: "logs",
    logPrefix: "l/",
  },
);
reads(
  getBucketLocation,
  {},
  { body: '<?xml version="1.0" encoding="UTF-8"?>\n<LocationConstraint>oss-cn-hangzhou</LocationConstraint>' },
  { location: "oss-cn-hangzhou" },
);
reads(
  getBucketAcl,
  {},
  {
    body:
      `<AccessControlPolicy>${OWNER}<AccessControlList><Grant>private</Grant></AccessControlList>` +
      "</AccessControlPolicy>",
  },
  { acl: "private", owner },
);

const CONTENTS =
  `<Contents><Key>a%20b%2B</Key><LastModified>${ISO}</LastModified><ETag>"E"</ETag><Type>Multipart</Type>` +
  `<Size>53687091200</Size><StorageClass>ColdArchive</StorageClass>${OWNER}` +
  `<RestoreInfo>ongoing-request="true"</RestoreInfo><TransitionTime>${ISO}</TransitionTime></Contents>` +
  "<CommonPrefixes><Prefix>%EF%BD%9E%2F</Prefix></CommonPrefixes>";
const PAGE =
  "<Name>photos</Name><Prefix>p%2F</Prefix><MaxKeys>2</MaxKeys><Delimiter>%2F</Delimiter>" +
  "<EncodingType>url</EncodingType><IsTruncated>true</IsTruncated>";
const page = {
  objects: [
    {
      key: "a b+",
      lastModified: date,
      etag: '"E"',
      type: "Multipart",
      size: 53_687_091_200,
      storageClass: "ColdArchive",
      owner,
      restoreInfo: 'ongoing-request="true"',
      transitionTime: date,
    },
  ],
  commonPrefixes: [{ prefix: "\uFF5E/" }],
  name: "photos",
  prefix: "p/",
  maxKeys: 2,
  delimiter: "/",
  isTruncated: true,
};
reads(
  listObjectsV2,
  {},
  {
    body:
      `<ListBucketResult>${PAGE}<StartAfter>a%01</StartAfter><ContinuationToken>t%3D</ContinuationToken>` +
      `<NextContinuationToken>n%3D%3D</NextContinuationToken><KeyCount>2</KeyCount>${CONTENTS}</ListBucketResult>`,
  },
  { ...page, startAfter: "a\u0001", continuationToken: "t=", nextContinuationToken: "n==", keyCount: 2 },
);
reads(
  listObjects,
  {},
  {
    body: `<ListBucketResult>${PAGE}<Marker>m%2B</Marker><NextMarker>n%20</NextMarker>${CONTENTS}</ListBucketResult>`,
  },
  { ...page, marker: "m+", nextMarker: "n " },
);
// Without <EncodingType> nothing is encoded, whatever was asked for.
reads(
  listObjects,
  {},
  { body: "<ListBucketResult><Prefix>100%25</Prefix><IsTruncated>false</IsTruncated></ListBucketResult>" },
  { objects: [], commonPrefixes: [], prefix: "100%25", isTruncated: false },
);

reads(
  initiateMultipartUpload,
  { key: "a" },
  {
    body:
      '<InitiateMultipartUploadResult xmlns="http://x"><EncodingType>URL</EncodingType><Bucket>photos</Bucket>' +
      "<Key>a%2Fb</Key><UploadId>ID%2F</UploadId></InitiateMultipartUploadResult>",
  },
  { bucket: "photos", key: "a/b", uploadId: "ID%2F" },
);
reads(
  uploadPart,
  { key: "a", uploadId: "ID", partNumber: 1, body: "" },
  { headers: { etag: '"E"', "x-oss-hash-crc64ecma": "0" } },
  { etag: '"E"', crc64: 0n },
);
reads(
  completeMultipartUpload,
  { key: "a", uploadId: "ID", parts: [{ partNumber: 1, etag: "E" }] },
  {
    headers: { "x-oss-hash-crc64ecma": "7", "x-oss-version-id": "CAEQ" },
    body:
      "<CompleteMultipartUploadResult><EncodingType>url</EncodingType><Location>http://x/a%2Fb</Location>" +
      '<Bucket>photos</Bucket><Key>a%2Fb</Key><ETag>"E-2"</ETag></CompleteMultipartUploadResult>',
  },
  { location: "http://x/a%2Fb", bucket: "photos", key: "a/b", etag: '"E-2"', crc64: 7n, versionId: "CAEQ" },
);
reads(
  listParts,
  { key: "a", uploadId: "ID" },
  {
    body:
      "<ListPartsResult><Bucket>photos</Bucket><EncodingType>url</EncodingType><Key>a%2Fb</Key><UploadId>ID</UploadId>" +
      "<StorageClass>IA</StorageClass><PartNumberMarker>1</PartNumberMarker><NextPartNumberMarker>2</NextPartNumberMarker>" +
      `<MaxParts>1</MaxParts><IsTruncated>true</IsTruncated><Part><PartNumber>2</PartNumber><LastModified>${ISO}` +
      '</LastModified><ETag>"E"</ETag><HashCrc64ecma>18446744073709551615</HashCrc64ecma><Size>102400</Size></Part>' +
      "</ListPartsResult>",
  },
  {
    bucket: "photos",
    key: "a/b",
    uploadId: "ID",
    storageClass: "IA",
    partNumberMarker: 1,
    nextPartNumberMarker: 2,
    maxParts: 1,
    isTruncated: true,
    parts: [{ partNumber: 2, lastModified: date, etag: '"E"', crc64: 18_446_744_073_709_551_615n, size: 102_400 }],
  },
);
reads(
  listMultipartUploads,
  {},
  {
    body:
      "<ListMultipartUploadsResult><Bucket>photos</Bucket><EncodingType>url</EncodingType><KeyMarker>k%2F</KeyMarker>" +
      "<UploadIdMarker>u%2F</UploadIdMarker><NextKeyMarker>n%2F</NextKeyMarker><NextUploadIdMarker>v%2F</NextUploadIdMarker>" +
      "<Delimiter>%2F</Delimiter><Prefix>p%2F</Prefix><MaxUploads>1</MaxUploads><IsTruncated>true</IsTruncated>" +
      `<Upload><Key>a%2Fb</Key><UploadId>ID</UploadId><StorageClass>IA</StorageClass><Initiated>${ISO}</Initiated></Upload>` +
      "<CommonPrefixes><Prefix>c%2F</Prefix></CommonPrefixes></ListMultipartUploadsResult>",
  },
  {
    bucket: "photos",
    keyMarker: "k/",
    uploadIdMarker: "u%2F",
    nextKeyMarker: "n/",
    nextUploadIdMarker: "v%2F",
    delimiter: "/",
    prefix: "p/",
    maxUploads: 1,
    isTruncated: true,
    uploads: [{ key: "a/b", uploadId: "ID", storageClass: "IA", initiated: date }],
    commonPrefixes: [{ prefix: "c/" }],
  },
);
