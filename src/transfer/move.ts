/**
 * Renames an object, or moves it to another bucket of the region.
 * @module
 */
import type { ObjectInput } from "../core/operation.ts";
import { checkKey, show } from "../core/validate.ts";
import { IntegrityError, SourceChangedError, TransferError } from "../errors.ts";
import { getObjectAcl } from "../operations/object/acl.ts";
import { deleteObject, getObjectMeta } from "../operations/object/basic.ts";
import { type CopyObjectResult, copyObject } from "../operations/object/copy.ts";
import type { Client, ObjectAcl } from "../types.ts";
import { copyPlan, runCopy } from "./copy/run.ts";
import { type StoredFacts, storedFacts } from "./copy/stored_facts.ts";
import { twoBuckets } from "./copy/two_buckets.ts";
import type { CopyOptions } from "./copy/types.ts";

/** Input of `move`. */
export interface MoveInput extends ObjectInput {
  /** What the object is called now; `key` is what it shall be called. */
  readonly sourceKey: string;
  /** Where it is now; must be given when `bucket` is another than the client's. @default the client's `bucket` */
  readonly sourceBucket?: string | undefined;
  /** Refuse to replace an object of the new name (`FileAlreadyExists`). @default false */
  readonly forbidOverwrite?: boolean | undefined;
}

/**
 * Renames an object, or moves it to another bucket of the region: copies it with headers, metadata, tags, ACL, storage
 * class and encryption, and deletes the original once the copy is seen to be the same.
 *
 * Above `multipartThreshold` it is copied in parts. Whatever fails, one of the two is there. The original is kept when it
 * was changed meanwhile. To a copy of an appendable object nothing can be appended, where the service copies it at all.
 *
 * @param client the client
 * @param input both names
 * @param options of each call
 * @returns the copy's ETag and version
 * @throws TypeError when the names are the same or malformed, or the object is a symbolic link
 * @throws RangeError when an option is out of bounds
 * @throws ServiceError `NoSuchKey`; `FileAlreadyExists` with `forbidOverwrite`; `AccessDenied` across regions
 * @throws CorsError in a page that does not say `exposed`, or is not shown what would get lost
 * @throws IntegrityError when the copy is not the same: the original is kept
 * @throws SourceChangedError when the original was changed after it was copied: it is kept
 * @throws TransferError when the original could not be deleted: there are two then; or a copy in parts could not be done
 * @example
 * ```ts
 * import { createClient, move, putObject } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putObject(client, { key: "a.txt", body: "hello" });
 * await move(client, { sourceKey: "a.txt", key: "b.txt", forbidOverwrite: true });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/user-guide/rename-objects
 */
export async function move(client: Client, input: MoveInput, options: CopyOptions = {}): Promise<CopyObjectResult> {
  const { key, sourceKey, forbidOverwrite, headers, query, requestPayer } = input;
  checkKey(key);
  checkKey(sourceKey);
  const { bucket, sourceBucket } = twoBuckets(client, input);
  const { threshold } = copyPlan(options);
  if (bucket === sourceBucket && key === sourceKey)
    throw new TypeError(`key must not be sourceKey, got ${show(key)}: nothing would be left`);
  const source = { bucket: sourceBucket, key: sourceKey, requestPayer };
  const title = `Cannot move ${show(sourceKey)} to ${show(key)}`;
  const [facts, { acl }] = await Promise.all([
    storedFacts(client, source, options, title),
    getObjectAcl(client, source, options),
  ]);
  const described = ["x-oss-storage-class", "x-oss-server-side-encryption", "x-oss-server-side-data-encryption"];
  described.push("x-oss-server-side-encryption-key-id");
  const inOne = (): Promise<CopyObjectResult> =>
    copyObject(
      client,
      {
        ...{ bucket, key, query, requestPayer, forbidOverwrite },
        copySource: { bucket: sourceBucket, key: sourceKey },
        copySourceIfMatch: facts.etag,
        acl: acl === "default" ? undefined : (acl as ObjectAcl),
        headers: { ...Object.fromEntries(described.map((name) => [name, facts.headers[name]])), ...headers },
      },
      options,
    );
  const inParts = (): Promise<CopyObjectResult> => {
    const pinned = { ...input, bucket, sourceBucket, copySourceIfMatch: facts.etag };
    return runCopy(client, pinned, options, { large: true, keep: true });
  };
  const copied = await (facts.size > threshold ? inParts() : inOne());
  const { etag = null, crc64 } = copied;
  if (!isSame(facts, etag, crc64?.toString())) {
    const target = await getObjectMeta(client, { bucket, key, requestPayer }, options);
    if (!isSame(facts, target.etag ?? null, target.crc64?.toString()))
      throw new IntegrityError(`${title}: the copy differs`, "etag", facts.etag, target.etag ?? "none");
  }
  const now = await storedFacts(client, source, options, title);
  // Its content, or what is said of it.
  if (JSON.stringify(now) !== JSON.stringify(facts))
    throw new SourceChangedError(`${title}: it was changed after it was copied, so it is kept`);
  try {
    await deleteObject(client, source, options);
  } catch (cause) {
    options.signal?.throwIfAborted();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TransferError(`${title}: copied, but not deleted: ${reason}`, { cause, result: copied });
  }
  return copied;
}

/** Equal by CRC-64 where both are known, else by ETag, which parts and encryption may change. */
function isSame(facts: StoredFacts, etag: string | null, crc64: string | undefined): boolean {
  if (facts.crc64 !== null && crc64 !== undefined) return facts.crc64 === crc64;
  return bare(facts.etag) === bare(etag);
}

function bare(etag: string | null): string | undefined {
  return etag?.replace(/"/g, "").toUpperCase();
}
