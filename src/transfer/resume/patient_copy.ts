/**
 * Makes a copy patient from its first request on. Loaded on demand.
 * @module
 */
import type { CopyJob } from "../copy/job.ts";
import { guardStore } from "./guarded_store.ts";
import { copyId } from "./id.ts";
import { patiently } from "./patience.ts";
import type { CopyRecord } from "./types.ts";

/**
 * Makes what is asked of a source patient where an earlier run has reached the service: the parts that it left are
 * worth the wait.
 * @param job the copy
 * @returns the copy to go on with
 */
export async function patientCopy(job: CopyJob): Promise<CopyJob> {
  const { checkpoints: store } = job.options;
  // What is wrong with the store is told by what goes on from the record.
  const record = store && (await guardStore(store, () => {}, job.controller.signal).read(copyId(job)));
  const { uploadId }: Partial<CopyRecord> = Object(record);
  return uploadId ? { ...job, call: patiently(job.call) } : job;
}
