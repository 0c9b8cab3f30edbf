/**
 * What is written down in a checkpoint store: listed and discarded.
 * @module
 */
import type { CheckpointStore, TransferRecord } from "../../checkpoints.ts";
import { checkBucket, checkKey, show } from "../../core/validate.ts";
import { redact } from "../../errors.ts";
import { piecesOf } from "../../streams/pieces.ts";
import type { Sink } from "../../streams/sink.ts";
import type { CallOptions, Client } from "../../types.ts";
import { answerOf } from "./answer_of.ts";
import { checkClient, checkRecord, checkStore } from "./check_call.ts";
import { copyFault } from "./copy_fault.ts";
import { type DownloadRecord, downloadFault, tagOf } from "./download_record.ts";
import { rareFault } from "./rare_fields.ts";
import { isDone, uploadFault } from "./read_record.ts";
import { takeLock, whileHeld } from "./try_lock.ts";
import type { MultipartRecord } from "./types.ts";

/** How to list records. */
export interface TransfersOptions {
  /** Told of what is no record, by its name in the store, and why: it is skipped. @default nobody */
  readonly onSkipped?: ((id: string, reason: string) => void) | undefined;
  /** Ends the waiting for the store. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Lists the transfers that have not ended: running, elsewhere or until they were killed, paused, stopped or failed.
 * @param store the store
 * @param options of the list
 * @returns their records, those written last first; what is damaged or foreign is skipped, and so is what `uploadAll`
 *   keeps of files that are done until all are
 * @throws TypeError when it is no store; what the store throws when it cannot be listed; the reason of `signal`
 * @example
 * ```ts
 * import { transfers } from "oss-fetch";
 * import { memoryStore } from "oss-fetch/stores/memory";
 * for await (const { id, kind, key, state } of transfers(memoryStore())) console.log(id, kind, key, state);
 * ```
 */
export async function* transfers(
  store: CheckpointStore,
  options: TransfersOptions = {},
): AsyncGenerator<TransferRecord, void, undefined> {
  for (const record of await recordsOf(store, options)) if (!isDone(record)) yield record;
}

/**
 * Lists all records, also those of files whose batch has not ended.
 * @param store the store
 * @param options of the list
 * @throws as `transfers`
 */
export async function recordsOf(
  store: CheckpointStore,
  { onSkipped, signal }: TransfersOptions,
): Promise<TransferRecord[]> {
  checkStore(store);
  const found: TransferRecord[] = [];
  const names = await answerOf(() => store.list(), signal);
  if (!Array.isArray(names)) throw new TypeError(`list of the store must give an array of names, got ${show(names)}`);
  for (const id of names) {
    let reason: string | undefined;
    try {
      const record = await answerOf(() => store.get(id), signal);
      if (record === undefined) continue;
      reason = faultOf(record, id);
      if (reason === undefined) found.push(addressable(record as TransferRecord));
    } catch (error) {
      signal?.throwIfAborted();
      reason = redact(String(error));
    }
    if (reason !== undefined) onSkipped?.(id, reason);
  }
  return found.sort((a, b) => b.updated - a.updated);
}

/** One that no request could be made of would fail whoever goes through the list. */
function addressable(record: TransferRecord): TransferRecord {
  checkBucket(record.bucket);
  checkKey(record.key);
  return record;
}

/** What is wrong with a record, which may be of a kind that nobody knows here. */
function faultOf(record: unknown, id: string): string | undefined {
  const { kind } = Object(record) as Partial<TransferRecord>;
  if (kind === "download") return downloadFault(record, id);
  // That of a copy refuses all others.
  return (kind === "upload" ? uploadFault(record, id) : copyFault(record, id)) ?? rareFault(record);
}

/** How to give a transfer up. */
export interface DiscardOptions extends CallOptions {
  /**
   * The sink of a download, so that what is left there is removed: for `fileSink` and `folderSink`
   * `({ place }) => fileSink(place)`. What a page keeps in the OPFS is removed without it. @default it stays, as
   * `NAME.8-DIGITS.oss-fetch-part`, and with the record goes what names it: only the same download, made again, removes it
   */
  readonly sink?: ((record: DownloadRecord) => Sink | undefined) | undefined;
}

/**
 * Gives a transfer up that nobody drives: what the service, or a sink, has of it is deleted, then its record. One that is
 * driven is left alone: its own `discard` ends it. An upload that was opened, but not written down, is sought, and so is
 * one that was opened in vain, as its answer was lost; where it cannot be told from others, or uploads may not be listed,
 * `onWarning` says so.
 * @param client for the service
 * @param store the store
 * @param record of the transfer
 * @param options of each request; where a download went
 * @throws TypeError naming the argument; when the record is that of another endpoint: nothing would be known of its parts
 *   there
 * @throws OSSError `Driven` when somebody drives it; where locks are leases, it may take one to find that out
 * @throws Error when the lock was lost meanwhile, after a sleep for example: another one may drive it by now
 * @throws ServiceError, NetworkError when the parts could not be deleted: the record stays
 * @example
 * ```ts
 * import { createClient, discardTransfer, transfers } from "oss-fetch";
 * import { memoryStore } from "oss-fetch/stores/memory";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const store = memoryStore();
 * for await (const record of transfers(store)) await discardTransfer(client, store, record);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/abortmultipartupload
 */
export async function discardTransfer(
  client: Client,
  store: CheckpointStore,
  record: TransferRecord,
  options: DiscardOptions = {},
): Promise<void> {
  checkClient(client);
  checkStore(store);
  checkRecord(record);
  const { id, endpoint } = record;
  if (!isAt(client, record))
    throw new TypeError(`record must be that of a transfer of this client, got one at ${endpoint}`);
  const lock = await takeLock(store, id, options.signal);
  const signal = whileHeld(lock, options.signal);
  try {
    // Somebody may have gone on with it since it was listed.
    const found = await answerOf(() => store.get(id), signal);
    // Without any record it is over, and what another one opens by now is not its own.
    const over = found == null && record.kind !== "download" && !(record as MultipartRecord).uploadId;
    if (!over)
      await discardLocked(client, store, faultOf(found, id) ? record : (found as TransferRecord), {
        ...options,
        signal,
      });
  } finally {
    await lock.release();
  }
}

/**
 * Gives a transfer up that nobody else can drive.
 * @param client for the service
 * @param store the store
 * @param record of the transfer
 * @param options as those of `discardTransfer`
 * @throws as `discardTransfer`
 */
export async function discardLocked(
  client: Client,
  store: CheckpointStore,
  record: TransferRecord,
  { sink, ...options }: DiscardOptions,
): Promise<void> {
  const { id, bucket, key } = record;
  if (record.kind === "download") {
    await piecesOf("", noWhole)?.discard(tagOf(id));
    // It is known by its kind.
    await sink?.(record as DownloadRecord)?.partial?.discard(tagOf(id));
  } else {
    // Part of the chunks of others: a bundler would move it to the front.
    const { deleteRecorded } = await import("./give_up.ts");
    await deleteRecorded({ client, input: { bucket, key }, store, record: record as MultipartRecord }, options);
  }
  await answerOf(() => store.delete(id), options.signal);
}

/**
 * Does the client ask where the transfer went?
 * @param client for the service
 * @param record of the transfer
 */
export function isAt(client: Client, { endpoint, bucket, key }: TransferRecord): boolean {
  return client.context.url(bucket, key).host === endpoint;
}

/** Nothing is put together. */
const noWhole = (): Promise<never> => Promise.reject(new Error("nothing is opened"));
