/**
 * Finds the upload that was opened for a record, but whose id was not written down.
 * @module
 */
import type { CheckpointStore } from "../../checkpoints.ts";
import { createClock } from "../../core/clock.ts";
import { redact } from "../../errors.ts";
import type { CallOptions, Client } from "../../types.ts";
import type { OpenUpload, Turn } from "../job.ts";
import { openUploads } from "../upload/open_uploads.ts";
import { listParts } from "../upload/part_list.ts";
import { type GuardedStore, guardStore } from "./guarded_store.ts";
import { recordFault } from "./read_record.ts";
import type { MultipartRecord } from "./types.ts";

/** Milliseconds that the service's date may be before ours, and that opening may have taken, with its retries. */
const BEFORE = 2000;
const AFTER = 120_000;

/** Who looks for an upload. */
type Seeker = Pick<OpenUpload, "client" | "input" | "turn" | "lost"> & {
  readonly controller: { readonly signal: AbortSignal };
};

/**
 * Adopts the upload that a killed run has opened: of this key, opened when it was asked for, still empty, and in no
 * record. Where more than one might be it, or it cannot be seen, nothing is adopted, and one may stay behind. Where there
 * is none, what asked for it may still be on its way: the end looks again (`lost`).
 * @param job the upload
 * @param record says when it was asked for; it has no upload
 * @param others the records of the other transfers
 * @returns its id
 */
export async function adopt(
  job: Seeker,
  record: MultipartRecord,
  others: readonly MultipartRecord[],
): Promise<string | undefined> {
  const { client, input } = job;
  const leave = (why: string): undefined => {
    client.context.warn(`At most one empty upload of "${input.key}" may have been left behind: ${why}`);
  };
  const rivals = others.filter((other) => other.bucket === record.bucket && other.key === record.key);
  if (rivals.some((other) => !other.uploadId)) return leave("another transfer is opening one");
  const named = new Set(rivals.map((other) => other.uploadId));
  const now = createClock().now();
  try {
    const { uploads, date = client.context.now() } = await openUploads(job, job.turn);
    // It may have been asked for by a clock that was wrong, and was not set right before the service refused that.
    const ahead = createClock().now() - date;
    const moments = [record.asked, record.asked - ahead];
    const found = uploads.filter(({ uploadId, initiated }) => {
      const begun = Date.parse(initiated);
      const then = moments.some((asked) => begun >= asked - BEFORE && begun <= asked + AFTER);
      return then && !named.has(uploadId);
    });
    const [first, second] = found;
    if (!first) {
      if (now - record.asked < AFTER) job.lost = { times: 1, begun: now, again: createClock().now() };
      return undefined;
    }
    if (second) return leave(`there are ${found.length}`);
    // One with parts has another owner, for this one had not begun.
    if ((await listParts(job, first.uploadId)).length > 0) return leave("the one that was found has parts");
    return first.uploadId;
  } catch (error) {
    job.controller.signal.throwIfAborted();
    return leave(redact(String(error)));
  }
}

/**
 * Reads the records of all other transfers into multipart uploads.
 * @param guarded of the store
 * @param id of this one
 */
export async function otherRecords(guarded: GuardedStore, id: string): Promise<MultipartRecord[]> {
  const found: MultipartRecord[] = [];
  const names = await guarded.names();
  for (const name of Array.isArray(names) ? names : []) {
    const record = name === id ? undefined : ((await guarded.read(name)) as MultipartRecord | undefined);
    if (!recordFault(record, name) && record?.kind !== "download") found.push(record as MultipartRecord);
  }
  return found;
}

/**
 * Finds the upload of a record that is given up.
 * @param client for the service
 * @param store where the record is
 * @param record of the transfer
 * @param call options of each request
 * @returns its id; nothing when none was opened, or it cannot be told from others: that is told
 */
export async function uploadOf(
  client: Client,
  store: CheckpointStore,
  record: MultipartRecord,
  call: CallOptions,
): Promise<string | undefined> {
  const { id, bucket, key, uploadId } = record;
  if (uploadId) return uploadId;
  const { signal = new AbortController().signal } = call;
  const turn: Turn = (work) => work({ ...call, signal });
  const others = await otherRecords(guardStore(store, client.context.warn), id);
  return adopt({ client, input: { bucket, key }, turn, controller: { signal } }, record, others);
}
