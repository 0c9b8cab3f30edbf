/**
 * Does it exist?
 * @module
 */
import type { BaseInput } from "../core/operation.ts";
import { ServiceError } from "../errors.ts";
import type { CallOptions, Client } from "../types.ts";
import { getBucketAcl } from "./bucket/acl.ts";
import { type GetObjectMetaInput, getObjectMeta } from "./object/basic.ts";

async function found(call: Promise<unknown>, missing: readonly string[]): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (error instanceof ServiceError && missing.includes(error.code)) return false;
    throw error;
  }
}

/**
 * Tells whether a bucket exists. Only `NoSuchBucket` means no: the bucket of somebody else is an `AccessDenied`.
 * @param client the client
 * @param input the bucket, by default the client's
 * @param options of the call
 * @returns whether there is such a bucket
 * @throws ServiceError for every other answer
 * @throws NetworkError in a page, always: OSS answers calls on buckets to servers only
 * @example
 * ```ts
 * import { bucketExists, createClient } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * console.log(await bucketExists(createClient(oss.clientOptions), { bucket: "photos" }));
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketacl
 */
export function bucketExists(client: Client, input: BaseInput = {}, options?: CallOptions): Promise<boolean> {
  return found(getBucketAcl(client, input, options), ["NoSuchBucket"]);
}

/**
 * Tells whether an object exists. A missing bucket is an error, where its answer can be read.
 * @param client the client
 * @param input the key and, if need be, the version
 * @param options of the call
 * @returns whether there is such an object
 * @throws ServiceError for every answer but `NoSuchKey`
 * @example
 * ```ts
 * import { createClient, objectExists } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * console.log(await objectExists(createClient({ ...oss.clientOptions, bucket: "photos" }), { key: "a.txt" }));
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getobjectmeta
 */
export function objectExists(client: Client, input: GetObjectMetaInput, options?: CallOptions): Promise<boolean> {
  return found(getObjectMeta(client, input, options), ["NoSuchKey", "NotFound"]);
}
