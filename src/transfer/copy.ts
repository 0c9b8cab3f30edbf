/**
 * Copies of any size, made by the service.
 * @module
 */
import type { Client } from "../types.ts";
import { runCopy } from "./copy/run.ts";
import type { CopyInput, CopyOptions, CopyResult } from "./copy/types.ts";

/**
 * Copies an object of any size within a region; the service does it, no bytes travel.
 *
 * Up to `multipartThreshold` it is one request; above, parallel parts. Each is pinned to the source's ETag: a source
 * that is replaced meanwhile is an error, never a mixture. The copy's CRC-64 is compared with the source's, where the
 * service tells both.
 *
 * Headers, metadata and tags go along unless they are replaced; storage class, encryption and ACL are the target
 * bucket's unless they are given. An object that is copied onto itself keeps those, too. A symbolic link is copied as a
 * link. An archived source has to be restored first.
 *
 * When an abort ends it, the parts are deleted; when a failure does, they stay for `checkpoint`. With `checkpoints` they
 * stay in any case, and the same call, made again, copies only what is missing: also after a crash.
 *
 * @param client the client
 * @param input both names, and what shall be different
 * @param options how to do it
 * @returns the copy's ETag, CRC-64, version and length
 * @throws TypeError, RangeError on bad arguments, before any request
 * @throws ServiceError `NoSuchKey`; `FileAlreadyExists` with `forbidOverwrite`; `AccessDenied` across regions
 * @throws CorsError in a page that does not say `exposed`, where headers have to be read to be carried over: above
 *   `multipartThreshold`, and onto itself
 * @throws SourceChangedError when the source was replaced before the one request copied it
 * @throws TransferError when a copy in parts could not be done: `cause` tells why, SourceChangedError among others,
 *   also of one that was begun earlier: `fresh` begins anew
 * @throws IntegrityError when the copy is not the same
 * @example
 * ```ts
 * import { copy, createClient, putObject } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putObject(client, { key: "a.txt", body: "hello", metadata: { by: "me" } });
 * const { size } = await copy(client, { sourceKey: "a.txt", key: "b.txt", storageClass: "IA" });
 * console.log(size); // 5
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/user-guide/copy-objects-16
 */
export async function copy(client: Client, input: CopyInput, options: CopyOptions = {}): Promise<CopyResult> {
  return runCopy(client, input, options);
}
