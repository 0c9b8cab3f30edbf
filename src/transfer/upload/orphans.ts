/**
 * Deletes what was opened in vain: the answer was lost, and another upload was opened in its place. Loaded on demand.
 * @module
 */
import { redact } from "../../errors.ts";
import type { OpenUpload, Turn } from "../job.ts";
import { otherRecords } from "../resume/adopt.ts";
import { guardStore } from "../resume/guarded_store.ts";
import { deleteParts } from "./delete_parts.ts";
import { emptyUploads, isUnanswered, openUploads } from "./open_uploads.ts";
import { listParts } from "./part_list.ts";

/** Milliseconds by which two dates in whole seconds may err. */
const BLUR = 1000;

/** An upload that was opened, and who asks. */
export type Opened = Pick<
  OpenUpload,
  "client" | "input" | "uploadId" | "since" | "lost" | "checkpoints" | "track" | "turn"
> & {
  readonly controller: Pick<AbortController, "signal">;
};

/**
 * Deletes the uploads of this key that were opened between the first try and the one that succeeded, that are still
 * empty, and that no record claims. It is asked when all parts are sent, when what others have begun has parts, or when the
 * upload is given up. Where there are more than were tried, one must be another's, and none is deleted.
 * @param job the upload, still open, or opened at a time that is known
 * @param turn makes a request
 */
export async function deleteOrphans(job: Opened, turn: Turn): Promise<void> {
  const { client, input, uploadId, since, lost, checkpoints, controller } = job;
  if (!lost) return;
  const { warn } = client.context;
  try {
    const { uploads } = await openUploads(job, turn);
    const opened = uploads.find((upload) => upload.uploadId === uploadId);
    const last = opened ? Date.parse(opened.initiated) : since;
    if (last === undefined) throw new Error("its own is not listed");
    const first = last - (lost.again - lost.begun) - BLUR;
    const records = checkpoints ? await otherRecords(guardStore(checkpoints, warn), "") : [];
    const claimed = new Set([uploadId, ...records.map((record) => record.uploadId)]);
    const found = uploads.filter(({ uploadId: id, initiated }) => {
      const begun = Date.parse(initiated);
      // What a dead run had sent may have arrived just after ours.
      return begun >= first && begun <= last + BLUR && !claimed.has(id);
    });
    const empty: string[] = [];
    for (const { uploadId: id } of found) {
      const parts = await listParts({ ...job, turn }, id);
      if (parts.length === 0) empty.push(id);
    }
    if (!(empty.length <= lost.times)) throw new Error(`there are ${empty.length}`);
    for (const id of empty) {
      await turn((call) => deleteParts({ client, input, uploadId: id }, call));
    }
  } catch (error) {
    // Whoever ends it tries again, or whoever goes on from its record.
    if (turn === job.turn ? controller.signal.aborted : job.track && isUnanswered(error)) return;
    warn(`${emptyUploads(lost.times, input.key)} may have been left behind: ${redact(String(error))}`);
  }
  job.lost = undefined;
}
