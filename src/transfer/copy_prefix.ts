/**
 * Copies everything below a prefix to another prefix or bucket of the region.
 * @module
 */
import type { BaseInput } from "../core/operation.ts";
import { checkKey, show } from "../core/validate.ts";
import { isOSSError, type ServiceError } from "../errors.ts";
import { getObjectMeta } from "../operations/object/basic.ts";
import { copyObject } from "../operations/object/copy.ts";
import type { ListedObject } from "../operations/object/list.ts";
import { createSlots } from "../streams/slots.ts";
import type { CallOptions, Client, MaybePromise, ObjectAcl, OpenEnum, StorageClass } from "../types.ts";
import { type BatchOptions, runBatch, type Tally } from "./batch.ts";
import { copyPlan, runCopy } from "./copy/run.ts";
import { twoBuckets } from "./copy/two_buckets.ts";
import { type Pair, pairs } from "./objects/prefix_pairs.ts";

/** Input of `copyPrefix`: `bucket` and `prefix` are where the copies go. */
export interface CopyPrefixInput extends BaseInput {
  /** Where the objects are; must be given when `bucket` is another than the client's. @default the client's `bucket` */
  readonly sourceBucket?: string | undefined;
  /** What their keys begin with: `photos/` for a folder, `""` for the whole bucket. */
  readonly sourcePrefix: string;
  /** What the copies' keys begin with instead. */
  readonly prefix: string;
  /** Of the copies. @default each original's own */
  readonly storageClass?: OpenEnum<StorageClass> | undefined;
  /** Of the copies. @default "default": that of the bucket */
  readonly acl?: ObjectAcl | undefined;
  /** Fail for objects whose key is taken (`FileAlreadyExists`). @default false */
  readonly forbidOverwrite?: boolean | undefined;
}

/** One object that was copied, or with `dryRun` would be. */
export interface CopiedObject {
  readonly sourceKey: string;
  readonly key: string;
  /** Bytes. */
  readonly size: number;
}

/** How to copy below a prefix; nothing of it goes on the wire. */
export interface CopyPrefixOptions extends BatchOptions {
  /** Leaves out what is there already: same size, and same ETag or CRC-64. So a copy that stopped goes on. @default false */
  readonly skipExisting?: boolean | undefined;
  /** Only counts, and tells `onCopied` what would be copied. @default false */
  readonly dryRun?: boolean | undefined;
  /** The largest object that is copied in one request, up to 5 GiB. @default 1 GiB */
  readonly multipartThreshold?: number | undefined;
  /** Bytes of a part of larger ones. @default 64 MiB */
  readonly partSize?: number | undefined;
  /** For pages that copy larger ones: the bucket's CORS rules expose all headers that its objects have. @default false */
  readonly exposed?: boolean | undefined;
  /** Called after each copy; the next one of its lane waits for it. */
  readonly onCopied?: ((copied: CopiedObject) => MaybePromise<void>) | undefined;
}

/** What was copied, or with `dryRun` would be. */
export interface CopyPrefixResult {
  /** How many objects. */
  readonly copied: number;
  /** Their bytes. */
  readonly size: number;
  /** How many were left out, being there already. */
  readonly skipped: number;
}

/**
 * Copies every object whose key begins with a prefix, while they are listed: headers, metadata, tags and storage
 * class go along, the ACL does not. Symbolic links stay links to the same key.
 *
 * The service copies, no bytes travel. Memory holds a few pages of keys, however many there are. An object that cannot
 * be copied does not keep others from it; a network that is down does. Called again with `skipExisting`, it goes on.
 *
 * @param client the client
 * @param input both prefixes
 * @param options how to do it
 * @returns how many objects of how many bytes were copied
 * @throws TypeError when a prefix is no text, or the copies would be listed as originals: before any request
 * @throws TransferError when an object was not copied: `failures` names them by their original keys, `result`
 *   counts the others
 * @example
 * ```ts
 * import { copyPrefix, createClient, putObject } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos", "backup"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putObject(client, { key: "2025/a.jpg", body: "..." });
 * const input = { sourcePrefix: "2025/", bucket: "backup", prefix: "photos/2025/", sourceBucket: "photos" };
 * console.log(await copyPrefix(client, input, { skipExisting: true })); // { copied: 1, size: 3, skipped: 0 }
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/copyobject
 */
export async function copyPrefix(
  client: Client,
  input: CopyPrefixInput,
  options: CopyPrefixOptions = {},
): Promise<CopyPrefixResult> {
  const { sourcePrefix, prefix } = input;
  for (const [name, value] of Object.entries({ sourcePrefix, prefix }))
    if (typeof value !== "string") throw new TypeError(`${name} must be text, got ${show(value)}`);
  const { bucket, sourceBucket } = twoBuckets(client, input);
  const within = bucket === sourceBucket ? sourcePrefix : undefined;
  if (within !== undefined && prefix.startsWith(within))
    throw new TypeError(
      `prefix must not begin with sourcePrefix ${show(within)} in the same bucket, got ${show(prefix)}`,
    );
  const target = { ...input, bucket };
  const source = { ...input, bucket: sourceBucket };
  const result = { copied: 0, size: 0, skipped: 0 };
  const { threshold, partSize, concurrency } = copyPlan(options);
  // Of all large objects together: each lane may have one.
  const slots = createSlots(concurrency);
  const inParts = { multipartThreshold: threshold, partSize, concurrency, slots, exposed: options.exposed };

  const copy = async (pair: Pair, call: CallOptions, tally: Tally): Promise<void> => {
    const { original, key, existing } = pair;
    const { key: sourceKey, size, storageClass } = original;
    try {
      if (pair.marker || (existing && (await isSame(original, existing, call)))) {
        result.skipped++;
        return tally.done(1, 0);
      }
      check(key);
      if (!options.dryRun) {
        const { requestPayer, headers, query, acl, forbidOverwrite } = input;
        const copySource = { bucket: sourceBucket, key: sourceKey };
        const described = { acl, forbidOverwrite, storageClass: input.storageClass ?? storageClass };
        const target = { bucket, key, requestPayer, headers, query, ...described };
        if (size <= threshold || original.type === "Symlink") await copyObject(client, { ...target, copySource }, call);
        else await runCopy(client, { ...target, sourceBucket, sourceKey }, { ...inParts, ...call }, { large: true });
      }
    } catch (error) {
      call.signal?.throwIfAborted();
      const failures = [{ key: sourceKey, error }];
      return isAlone(error) ? tally.failed(failures) : tally.stop(error, failures);
    }
    const { onCopied } = options;
    if (onCopied) await tally.tell(() => onCopied({ sourceKey, key, size }));
    result.copied++;
    result.size += size;
    tally.done(1, size);
  };

  /** What cannot be copied, and would otherwise overwrite what is still to be copied. */
  const check = (key: string): void => {
    checkKey(key);
    if (within !== undefined && key.startsWith(within))
      throw new TypeError(`its copy ${show(key)} would be among the originals`);
  };

  /** Parts and encryption change ETags; then the CRC-64s are asked for. */
  const isSame = async (original: ListedObject, existing: ListedObject, call: CallOptions): Promise<boolean> => {
    if (original.size !== existing.size) return false;
    if (original.etag === existing.etag) return true;
    const both = [
      { bucket: sourceBucket, key: original.key },
      { bucket, key: existing.key },
    ];
    const { requestPayer } = input;
    const [one, other] = await Promise.all(both.map((at) => getObjectMeta(client, { ...at, requestPayer }, call)));
    return one?.crc64 !== undefined && one.crc64 === other?.crc64;
  };

  await runBatch<Pair>({
    options,
    title: `Cannot copy all below ${show(sourcePrefix)}`,
    source: (call) => pairs(client, source, sourcePrefix, options.skipExisting ? target : undefined, prefix, call),
    work: copy,
    result: () => ({ ...result }),
  });
  return result;
}

/** Does a failure concern this object alone, and not bucket, keys or network? */
function isAlone(error: unknown): boolean {
  if (!isOSSError(error) || /^(SourceChanged|Integrity|Cors)Error$/.test(error.name)) return true;
  if (error.name === "TransferError") return isAlone(error.cause);
  const refused = error.name === "ServiceError" && (error as ServiceError).status < 500;
  return refused && !/NoSuchBucket|AccessKey|Signature|Token|Skewed/.test(error.code);
}
