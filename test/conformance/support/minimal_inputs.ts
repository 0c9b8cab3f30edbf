/**
 * The least that each call on the service and on buckets wants, by the name under which the catalogue exports it.
 *
 * Every new call of that kind adds its line; `page_calls.test.ts` fails without it. Calls on objects, and lists of
 * objects, versions and uploads, have none: a page may make those.
 */
import type { Operation } from "../../../src/mod.ts";
import type * as catalogue from "../../../src/operations/mod.ts";

type Catalogue = typeof catalogue;
type Inputs = {
  readonly [N in keyof Catalogue]?: Catalogue[N] extends Operation<infer I, infer _> ? I : never;
};

export const MINIMAL_INPUTS: Inputs = {
  createBucketDataRedundancyTransition: { targetRedundancyType: "ZRS" },
  createCnameToken: { domain: "img.example.com" },
  deleteBucket: {},
  deleteBucketCors: {},
  deleteBucketDataRedundancyTransition: { taskId: "a" },
  deleteBucketEncryption: {},
  deleteBucketLifecycle: {},
  deleteBucketOverwriteConfig: {},
  deleteBucketPolicy: {},
  deleteBucketReplication: { ids: ["a"] },
  deleteBucketTags: {},
  deleteCname: { domain: "img.example.com" },
  deleteStyle: { styleName: "a" },
  getAsyncFetchTask: { taskId: "7" },
  getBucketAccessMonitor: {},
  getBucketAcl: {},
  getBucketArchiveDirectRead: {},
  getBucketCors: {},
  getBucketDataRedundancyTransition: { taskId: "a" },
  getBucketEncryption: {},
  getBucketHttpsConfig: {},
  getBucketInfo: {},
  getBucketLifecycle: {},
  getBucketLocation: {},
  getBucketOverwriteConfig: {},
  getBucketPolicy: {},
  getBucketPolicyStatus: {},
  getBucketReplication: {},
  getBucketReplicationLocation: {},
  getBucketReplicationProgress: { ruleId: "a" },
  getBucketRequestPayment: {},
  getBucketResourceGroup: {},
  getBucketTags: {},
  getBucketTransferAcceleration: {},
  getBucketVersioning: {},
  getCnameToken: { cname: "img.example.com" },
  getStyle: { styleName: "a" },
  listBucketDataRedundancyTransition: {},
  listBuckets: {},
  listCname: {},
  listLiveChannel: {},
  listStyle: {},
  listUserDataRedundancyTransition: {},
  putAsyncFetchTask: { url: "https://example.com/a", object: "a" },
  putBucket: {},
  putBucketAccessMonitor: { accessMonitor: "Enabled" },
  putBucketAcl: { acl: "private" },
  putBucketArchiveDirectRead: { enabled: true },
  putBucketCors: { rules: [{ allowedOrigins: ["*"], allowedMethods: ["GET"] }] },
  putBucketEncryption: { sseAlgorithm: "AES256" },
  putBucketHttpsConfig: {},
  putBucketLifecycle: { rules: [] },
  putBucketOverwriteConfig: { rules: [] },
  putBucketPolicy: { policy: "{}" },
  putBucketReplication: { rules: [] },
  putBucketRequestPayment: { payer: "Requester" },
  putBucketResourceGroup: { resourceGroupId: "rg-a" },
  putBucketRtc: { id: "a", rtc: "enabled" },
  putBucketTags: { tagging: {} },
  putBucketTransferAcceleration: { enabled: true },
  putBucketVersioning: { versioning: "Enabled" },
  putCname: { domain: "img.example.com" },
  putStyle: { styleName: "a", content: "image/resize,w_200" },
};
