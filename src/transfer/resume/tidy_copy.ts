/**
 * Gives up what an earlier run left of a copy that took only one request this time. Loaded on demand.
 * @module
 */
import { show } from "../../core/validate.ts";
import type { CopyJob } from "../copy/job.ts";
import { copyFault } from "./copy_fault.ts";
import { deleteRemains, tidily } from "./give_up.ts";
import { copyId } from "./id.ts";

/**
 * Deletes the parts and the record of an earlier run. What goes wrong is told; it never rejects.
 * @param job the copy; it is done
 */
export async function tidyUpCopy(job: CopyJob): Promise<void> {
  const { client, request, options } = job;
  const { checkpoints: store } = options;
  if (!store) return;
  const { bucket, key } = request;
  const remains = { client, input: { bucket, key }, store, id: copyId(job), faultOf: copyFault };
  await tidily(client, `copy to ${show(key)}`, (call) => deleteRemains(remains, call));
}
