/**
 * Gives up what an earlier run left of a transfer that is not gone on with. Loaded on demand.
 * @module
 */
import type { CheckpointStore } from "../../checkpoints.ts";
import { redact } from "../../errors.ts";
import { createTimer } from "../../timer.ts";
import type { CallOptions, Client } from "../../types.ts";
import type { Described, OpenUpload, UploadJob } from "../job.ts";
import { deleteParts } from "../upload/delete_parts.ts";
import type { Opened } from "../upload/orphans.ts";
import { sweep } from "../upload/sweep.ts";
import type { UploadOptions } from "../upload/types.ts";
import { adopt, otherRecords } from "./adopt.ts";
import { findRecord } from "./find_record.ts";
import { guardStore } from "./guarded_store.ts";
import { recordId } from "./id.ts";
import { uploadFault } from "./read_record.ts";
import { takeLock, whileHeld } from "./try_lock.ts";
import type { MultipartRecord, UploadRecord } from "./types.ts";

/** Milliseconds that a transfer that is done may take to clean up. */
const GRACE = 5000;

/** What may have been left, and where. */
export interface Remains {
  readonly client: Client;
  /** The object that was to be made. */
  readonly input: Described;
  readonly store: CheckpointStore;
  /** Of the record. */
  readonly id: string;
  /** Tells what is wrong with it. */
  readonly faultOf: (value: unknown, id: string) => string | undefined;
  /** The upload, where it is known without a record. */
  readonly known?: Pick<OpenUpload, "uploadId" | "lost"> | undefined;
}

/**
 * Deletes the parts and the record of a transfer that nobody drives.
 * @param remains what may have been left
 * @param call options of each request; its signal ends the wait for the lock, too
 * @throws OSSError `Driven` when another one drives it; the reason of the signal
 * @throws ServiceError, NetworkError when the parts could not be deleted: the record stays
 */
export async function deleteRemains(remains: Remains, call: CallOptions): Promise<void> {
  const { client, input, store, id, faultOf, known } = remains;
  const { warn } = client.context;
  const guarded = guardStore(store, warn);
  if (!known && (await guarded.read(id)) === undefined) return;
  const lock = await takeLock(store, id, call.signal);
  const own = { ...call, signal: whileHeld(lock, call.signal) };
  try {
    const record = await findRecord<MultipartRecord>(guarded, id, faultOf, warn);
    if (record) await deleteRecorded({ client, input, store, record }, own);
    else await deleteOpened({ client, input, checkpoints: store, ...known }, own);
    own.signal.throwIfAborted();
    if (record) await guarded.remove(id);
  } finally {
    await lock.release();
  }
}

/**
 * Deletes what the service has of a record: the upload, which is sought where its id was not written down, and those
 * that were opened in vain. What cannot be told from others is left, and that is told.
 * @param recorded the record, and the store that it is in
 * @param call options of each request
 * @throws ServiceError, NetworkError when the parts could not be deleted
 */
export async function deleteRecorded(
  { client, input, store, record }: Pick<Remains, "client" | "input" | "store"> & { readonly record: MultipartRecord },
  call: CallOptions,
): Promise<void> {
  const { id, lost, since } = record;
  const seek = async (): Promise<string | undefined> => {
    const others = await otherRecords(guardStore(store, client.context.warn), id);
    return adopt({ client, input, ...turnOf(call) }, record, others, true);
  };
  const uploadId = record.uploadId ?? (await seek());
  await deleteOpened({ client, input, checkpoints: store, uploadId, lost, since }, call);
}

/** Deletes an upload, and what was opened in vain before it, which is told by the date of this one. */
async function deleteOpened(opened: Omit<Opened, "turn" | "controller">, call: CallOptions): Promise<void> {
  const turn = turnOf(call);
  await sweep({ ...opened, ...turn }, turn.turn);
  await deleteParts(opened, call);
}

/** Makes requests that nobody holds up. */
function turnOf(call: CallOptions): Pick<Opened, "turn" | "controller"> {
  const { signal = new AbortController().signal } = call;
  return { turn: (work) => work({ ...call, signal }), controller: { signal } };
}

/**
 * Deletes the parts and the record that an earlier run left, or this one.
 * @param job the upload, which never got as far as to them or has ended; nothing of it is in flight any more
 * @param options where its record is, or what was left
 * @param call options of the request
 * @throws OSSError `Driven` when another one drives the upload
 * @throws ServiceError, NetworkError when the parts could not be deleted: the record stays
 */
export async function giveUp(job: UploadJob, options: UploadOptions, call: CallOptions): Promise<void> {
  const { checkpoints: store, checkpoint } = options;
  const { client, input, held } = job;
  const given = checkpoint && "id" in checkpoint && store ? checkpoint : undefined;
  if (!held && checkpoint && !given) {
    const { uploadId, lost }: Partial<UploadRecord> = checkpoint;
    await deleteOpened({ client, input, uploadId, lost }, call);
  }
  if (!store) return;
  const source = await job.opening;
  // It was aborted before it had begun.
  if (!source) return;
  const { size, name } = source;
  const { host, bucket } = client.context.url(input.bucket, input.key);
  const id = given?.id ?? recordId("upload", host, bucket, input.key, size, name);
  const { uploadId, lost } = given ?? job;
  const known = given || uploadId ? { uploadId, lost } : undefined;
  await deleteRemains({ client, input, store, id, faultOf: uploadFault, known }, call);
}

/**
 * Deletes what an earlier run left of a transfer that is done. What goes wrong is told; it never rejects.
 * @param client is told
 * @param what was done
 * @param work deletes it
 */
export async function tidily(client: Client, what: string, work: (call: CallOptions) => Promise<void>): Promise<void> {
  const late = new AbortController();
  const timer = createTimer(() => late.abort(new Error(`not deleted within ${GRACE} ms`)));
  timer.start(GRACE);
  await work({ signal: late.signal })
    .catch((error: unknown) => {
      client.context.warn(`What an earlier run left of the ${what} stays: ${redact(String(error))}`);
    })
    .finally(timer.stop);
}

/**
 * Deletes what an earlier run left of an upload that took only one request this time. What goes wrong is told.
 * @param job the upload; it is done
 * @param options where the record is, or what was left
 */
export async function tidyUp(job: UploadJob, options: UploadOptions): Promise<undefined> {
  const { client, input } = job;
  await tidily(client, `upload of "${input.key}"`, (call) => giveUp(job, options, call));
}
