/**
 * The way to what deletes uploads that were opened in vain: hardly any transfer needs that.
 * @module
 */
import type { Turn } from "../job.ts";
import type { Opened } from "./orphans.ts";

/**
 * Deletes what was opened in vain, where opening was tried more than once; never rejects.
 * @param job the upload
 * @param turn makes a request
 */
export async function sweep(job: Opened, turn: Turn): Promise<void> {
  if (!job.lost || !job.uploadId) return;
  await import("./orphans.ts").then(
    ({ deleteOrphans }) => deleteOrphans(job, turn),
    () => undefined,
  );
}
