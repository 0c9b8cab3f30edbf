/**
 * Gives up what an earlier run left of a copy that took only one request this time. Loaded on demand.
 * @module
 */
import { show } from "../../core/validate.ts";
import { OSSError, redact } from "../../errors.ts";
import type { CopyJob } from "../copy/job.ts";
import { deleteParts } from "../upload/delete_parts.ts";
import { uploadOf } from "./adopt.ts";
import { copyFault } from "./copy_fault.ts";
import { findRecord } from "./find_record.ts";
import { guardStore } from "./guarded_store.ts";
import { recordId } from "./id.ts";
import { tryLock } from "./try_lock.ts";
import type { CopyRecord } from "./types.ts";

/** Milliseconds that a copy that is done may take to clean up. */
const GRACE = 5000;

/**
 * Deletes the parts and the record of an earlier run. What goes wrong is told; it never rejects.
 * @param job the copy; it is done
 */
export async function tidyUpCopy({ client, request, source, options }: CopyJob): Promise<void> {
  const { checkpoints: store } = options;
  if (!store) return;
  const { context } = client;
  const { warn } = context;
  const { bucket, key } = request;
  const endpoint = context.url(bucket, key).url.host;
  const id = recordId("copy", endpoint, bucket, key, source.bucket, source.key, source.versionId);
  const guarded = guardStore(store, warn);
  const call = { timeout: GRACE };
  try {
    if ((await guarded.read(id)) === undefined) return;
    const lock = await tryLock(store, id);
    if (!lock) throw new OSSError("another tab or process drives it: it can be discarded there", "Driven");
    try {
      const record = await findRecord<CopyRecord>(guarded, id, copyFault, warn);
      if (!record) return;
      const uploadId = await uploadOf(client, store, record, call);
      await deleteParts({ client, input: { bucket, key }, uploadId }, call);
      await guarded.remove(id);
    } finally {
      await lock.release();
    }
  } catch (error) {
    warn(`What an earlier run left of the copy to ${show(key)} stays: ${redact(String(error))}`);
  }
}
