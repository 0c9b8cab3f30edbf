/**
 * Uploads that pages have left, finished by whoever finds them: a service worker, the next page.
 * @module
 */
import type { CheckpointStore, TransferLock, TransferRecord } from "../checkpoints.ts";
import { type ObjectFailure, TransferError } from "../errors.ts";
import type { SourceBody } from "../streams/source.ts";
import { checkClient, checkStore } from "../transfer/resume/check_call.ts";
import { type ResumeOptions, resumeUpload } from "../transfer/resume/resume_upload.ts";
import { isAt, transfers } from "../transfer/resume/transfers.ts";
import { lockListed } from "../transfer/resume/try_lock.ts";
import type { UploadRecord } from "../transfer/resume/types.ts";
import type { UploadResult } from "../transfer/upload/types.ts";
import type { Client, MaybePromise } from "../types.ts";

/** What to finish, and how. */
export interface FinishOptions extends Omit<ResumeOptions, "body" | "checkpoints" | "fresh" | "onProgress"> {
  /** Which uploads. @default those that were running or have failed; who paused or stopped one goes on with it */
  readonly filter?: ((record: UploadRecord) => boolean) | undefined;
  /** The bytes that an upload began with; nothing where they are not at hand. @default the record's file handle */
  readonly body?: ((record: UploadRecord) => MaybePromise<SourceBody | undefined>) | undefined;
}

/**
 * Why a transfer was left alone: it is none that goes on here (`kind`: a copy, a download), went to another endpoint than
 * the client asks (`endpoint`), is not wanted (`filter`), driven by another tab or worker (`driven`), or its bytes are not
 * at hand (`body`): they have to be chosen again, or a page has to ask for them in a click.
 */
export type SkipReason = "kind" | "endpoint" | "filter" | "driven" | "body";

/** What became of the transfers that were left. */
export interface FinishedTransfers {
  readonly finished: readonly { readonly record: UploadRecord; readonly result: UploadResult }[];
  readonly skipped: readonly { readonly record: TransferRecord; readonly reason: SkipReason }[];
}

/**
 * Finishes the uploads in a store that nobody drives and whose bytes are at hand: of a kept file handle that may be
 * read, of the origin private file system. They go on one after the other, the newest first; what others drive is not
 * waited for, but where locks are leases, it may take one to find out whether they live. To be called in a service worker,
 * by Background Sync for example, or when a page or script starts.
 *
 * A service worker loads no chunks: bundle its script into one file.
 * @param client the client
 * @param store the store
 * @param options what to finish, and how to upload
 * @returns what is done now, and what was left alone
 * @throws TypeError naming the argument
 * @throws TransferError when some of them failed, after all others: `failures` names them, `result` is what was done
 * @throws the reason of `signal`; what is under way then is left to the next run
 * @example
 * ```ts
 * import { createClient } from "oss-fetch";
 * import { memoryStore } from "oss-fetch/stores/memory";
 * import { createTestOSS } from "oss-fetch/testing";
 * import { finishTransfers } from "oss-fetch/worker";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const { finished, skipped } = await finishTransfers(client, memoryStore()); // of indexedDBStore(), in a service worker
 * for (const { record, result } of finished) console.log(record.key, result.etag);
 * for (const { record, reason } of skipped) console.log(record.key, reason);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/listparts
 */
export async function finishTransfers(
  client: Client,
  store: CheckpointStore,
  options: FinishOptions = {},
): Promise<FinishedTransfers> {
  checkClient(client);
  checkStore(store);
  const { signal } = options;
  const finished: { record: UploadRecord; result: UploadResult }[] = [];
  const skipped: { record: TransferRecord; reason: SkipReason }[] = [];
  const failures: ObjectFailure[] = [];
  for await (const record of transfers(store, { signal })) {
    signal?.throwIfAborted();
    try {
      const end = await finishOne(client, store, record, options);
      if (typeof end === "string") skipped.push({ record, reason: end });
      else finished.push(end);
    } catch (error) {
      signal?.throwIfAborted();
      failures.push({ key: record.key, error });
    }
  }
  const result = { finished, skipped };
  const [first] = failures;
  if (!first) return result;
  const counts = `${failures.length} failed, ${finished.length} finished, ${skipped.length} skipped`;
  const why = (Object(first.error) as Partial<Error>).message ?? String(first.error);
  throw new TransferError(`Cannot finish all uploads (${counts}): ${why}`, { failures, result, cause: first.error });
}

/** Finishes one, or tells why not. */
async function finishOne(
  client: Client,
  store: CheckpointStore,
  listed: TransferRecord,
  { filter = isWanted, body: bodyOf = bodyAtHand, ...options }: FinishOptions,
): Promise<{ record: UploadRecord; result: UploadResult } | SkipReason> {
  if (listed.kind !== "upload") return "kind";
  // Of this kind it is.
  const record = listed as UploadRecord;
  if (!isAt(client, record)) return "endpoint";
  if (!filter(record)) return "filter";
  const body = await bodyOf(record);
  if (body === undefined) return "body";
  const lock = await lockListed(store, record, options.signal);
  if (!lock) return "driven";
  try {
    const job = resumeUpload(client, record, { ...options, body, checkpoints: locked(store, lock) });
    return { record, result: await job.finished };
  } catch (error) {
    if (options.signal?.aborted && !lock.lost.aborted) await leaveToNext(store, record);
    throw error;
  } finally {
    await lock.release();
  }
}

const isWanted = ({ state }: UploadRecord): boolean => state === "running" || state === "failed";

/** The file of a record, if it can be read now and here. */
async function bodyAtHand({ handle }: UploadRecord): Promise<SourceBody | undefined> {
  try {
    await handle?.getFile();
    return handle;
  } catch {
    return undefined;
  }
}

/** Nobody has stopped it for good. */
async function leaveToNext(store: CheckpointStore, { id, state }: UploadRecord): Promise<void> {
  // Its lock is held here: it is the record that was written here.
  const left = (await store.get(id)) as UploadRecord | undefined;
  if (left) await store.set(id, { ...left, state });
}

/** The store for one upload whose lock is taken already. */
function locked(store: CheckpointStore, { lost }: TransferLock): CheckpointStore {
  return {
    get: (id) => store.get(id),
    set: (id, record) => store.set(id, record),
    delete: (id) => store.delete(id),
    list: () => store.list(),
    lock: async () => ({ lost, release: () => Promise.resolve() }),
    ...(store.channel && { channel: store.channel.bind(store) }),
  };
}
