/**
 * For every recorded operation on the service or a bucket: the row of ours, and the input of its official client.
 */
import * as oss from "../../../src/mod.ts";
import type { Calls } from "./calls_object.ts";
import { drive } from "./drive.ts";
import type { Recorded } from "./recorded.ts";

const isOld = ({ client }: Recorded): boolean => client === "aliyun-sdk";

export const BUCKETS: Calls = {
  "service-list-buckets": (recorded) => drive(oss.listBuckets, isOld(recorded) ? {} : { prefix: "demo", maxKeys: 10 }),
  "bucket-create": (recorded) =>
    drive(oss.putBucket, isOld(recorded) ? {} : { acl: "private", storageClass: "IA", dataRedundancyType: "ZRS" }),
  "bucket-create-default": () => drive(oss.putBucket, { bucket: "demo-bucket-2" }),
  "bucket-delete": () => drive(oss.deleteBucket, { bucket: "demo-bucket-2" }),
  "bucket-info": () => drive(oss.getBucketInfo, {}),
  "bucket-location": () => drive(oss.getBucketLocation, {}),
  "bucket-stat": () => drive(oss.getBucketStat, {}),
  "bucket-acl-get": () => drive(oss.getBucketAcl, {}),
  "bucket-acl-put": () => drive(oss.putBucketAcl, { acl: "public-read" }),
};

export const LISTS: Calls = {
  "list-v1-default": () => drive(oss.listObjects, {}),
  "list-v1": (recorded) =>
    drive(oss.listObjects, {
      prefix: "dir/",
      delimiter: "/",
      maxKeys: 10,
      ...(!isOld(recorded) && { marker: "dir/a b+中" }),
    }),
  "list-v1-encoding": () => drive(oss.listObjects, { prefix: "dir/", maxKeys: 10 }),
  "list-versions": () => drive(oss.listObjectVersions, { maxKeys: 10 }),
  "list-v2-default": () => drive(oss.listObjectsV2, {}),
  "list-v2": () =>
    drive(oss.listObjectsV2, {
      prefix: "dir/",
      delimiter: "/",
      maxKeys: 10,
      startAfter: "dir/a b",
      continuationToken: "CgJiYw--",
      fetchOwner: true,
    }),
};

export const CONFIGURATIONS: Calls = {
  "bucket-tagging-put": () => drive(oss.putBucketTags, { tagging: { k1: "v1", k2: "v 2&<" } }),
  "bucket-tagging-get": () => drive(oss.getBucketTags, {}),
  "bucket-tagging-delete": () => drive(oss.deleteBucketTags, {}),
  "bucket-cors-put": () =>
    drive(oss.putBucketCors, {
      rules: [
        {
          allowedOrigins: ["*"],
          allowedMethods: ["GET", "PUT"],
          allowedHeaders: ["*"],
          exposeHeaders: ["ETag", "x-oss-request-id"],
          maxAgeSeconds: 100,
        },
      ],
    }),
  "bucket-cors-get": () => drive(oss.getBucketCors, {}),
  "bucket-cors-delete": () => drive(oss.deleteBucketCors, {}),
  "bucket-lifecycle-put": () =>
    drive(oss.putBucketLifecycle, {
      rules: [{ id: "r1", prefix: "tmp/", status: "Enabled", expiration: { days: 3 } }],
    }),
  "bucket-lifecycle-get": () => drive(oss.getBucketLifecycle, {}),
  "bucket-versioning-put": () => drive(oss.putBucketVersioning, { versioning: "Enabled" }),
  "bucket-versioning-get": () => drive(oss.getBucketVersioning, {}),
};
