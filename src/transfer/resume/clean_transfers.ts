/**
 * What nobody has gone on with for long is cleaned away.
 * @module
 */
import type { CheckpointStore, TransferRecord } from "../../checkpoints.ts";
import { checkInteger } from "../../core/validate.ts";
import { redact, ServiceError } from "../../errors.ts";
import type { CallOptions, Client } from "../../types.ts";
import { bareRequest } from "../bare.ts";
import { checkClient, checkStore } from "./check_call.ts";
import { type DiscardOptions, discardLocked, isAt, recordsOf } from "./transfers.ts";
import { lockListed, whileHeld } from "./try_lock.ts";

/** What to clean. */
export interface CleanOptions extends DiscardOptions {
  /** Milliseconds since a transfer was written down last. @default 604,800,000: seven days */
  readonly olderThan?: number | undefined;
}

const WEEK = 604_800_000;
/** Locks that are waited for, or held, at once: who resumes one of them waits for the others. */
const LANES = 16;

/** Sets a wrong clock right, by which all were old: the service refuses what is signed by it, and tells the time. */
async function askTime(client: Client, { bucket, key }: TransferRecord, call: CallOptions): Promise<void> {
  const request = bareRequest({ bucket, key }, "HEAD", "HeadObject");
  await client
    .send(request, call, (_, watch) => watch.text())
    .catch((error: unknown) => {
      if (!(error instanceof ServiceError)) throw error;
    });
}

/**
 * Discards the transfers that nobody has gone on with for long. Call it when a page or script starts: nothing else makes
 * records expire, nor deletes their parts. What cannot be deleted now stays, and is told through
 * `onWarning`; one that is driven just now, or was since the list was made, stays as well, and one that went to another
 * endpoint than this client's. Files that downloads have begun to write stay on the disk, unless `sink` says where they are.
 * @param client for the service
 * @param store the store
 * @param options how old they must be; of each request
 * @returns the records of those that are gone
 * @throws TypeError naming the argument; RangeError when `olderThan` is no whole number from 0 on
 * @example
 * ```ts
 * import { cleanTransfers, createClient } from "oss-fetch";
 * import { memoryStore } from "oss-fetch/stores/memory";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * console.log((await cleanTransfers(client, memoryStore())).length); // 0
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/abortmultipartupload
 */
export async function cleanTransfers(
  client: Client,
  store: CheckpointStore,
  options: CleanOptions = {},
): Promise<readonly TransferRecord[]> {
  checkClient(client);
  checkStore(store);
  const { olderThan = WEEK, ...call } = options;
  checkInteger("olderThan", olderThan, 0);
  const { now, warn } = client.context;
  const isOld = ({ updated }: TransferRecord): boolean => now() - updated >= olderThan;
  let isTimely = false;
  const old: TransferRecord[] = [];
  const failed = (record: TransferRecord, error: unknown): false => {
    call.signal?.throwIfAborted();
    warn(`Cannot clean the transfer of "${record.key}": ${redact(String(error))}`);
    return false;
  };
  for (const record of await recordsOf(store, call)) {
    call.signal?.throwIfAborted();
    if (!isOld(record) || !isAt(client, record)) continue;
    try {
      if (!isTimely) await askTime(client, record, call);
      isTimely = true;
      if (isOld(record)) old.push(record);
    } catch (error) {
      failed(record, error);
    }
  }
  let before: Promise<unknown> = Promise.resolve();
  const clean = async (record: TransferRecord): Promise<boolean> => {
    try {
      const lock = await lockListed(store, record, call.signal);
      if (!lock) return false;
      // Whoever has taken over meanwhile drives it.
      const signal = whileHeld(lock, call.signal);
      // What is open under one key is sought by one at a time.
      const done = before.then(() => {
        signal.throwIfAborted();
        return discardLocked(client, store, record, { ...call, signal });
      });
      before = done.catch(() => {});
      await done.finally(() => lock.release());
      return true;
    } catch (error) {
      return failed(record, error);
    }
  };
  // Several wait at once: to find out that a holder is dead may take a whole lease.
  const gone = new Set<TransferRecord>();
  const waiting = old.values();
  const lane = async (): Promise<void> => {
    for (const record of waiting) if (await clean(record)) gone.add(record);
  };
  for (const ended of await Promise.allSettled(Array.from({ length: LANES }, lane)))
    if (ended.status === "rejected") throw ended.reason;
  return old.filter((record) => gone.has(record));
}
