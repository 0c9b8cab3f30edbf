/**
 * How an upload with a record begins: with the right to drive it, and from what an earlier run left.
 * @module
 */
import type { CheckpointStore } from "../../checkpoints.ts";
import type { putObject } from "../../operations/object/basic.ts";
import type { Progress } from "../../streams/progress.ts";
import { describe } from "../checkpoint.ts";
import type { Piece, UploadJob } from "../job.ts";
import type { UploadOptions, UploadResult } from "../upload/types.ts";
import { awaitLock } from "./await_lock.ts";
import { findRecord } from "./find_record.ts";
import { type GuardedStore, guardStore } from "./guarded_store.ts";
import { recordId } from "./id.ts";
import { otherHeader } from "./other_header.ts";
import { bePatient } from "./patience.ts";
import { uploadFault } from "./read_record.ts";
import { recordMultipart } from "./record_multipart.ts";
import { type Left, takeUp } from "./take_up.ts";
import type { UploadRecord } from "./types.ts";
import { uploadFacts } from "./upload_facts.ts";

/**
 * Begins an upload. What only some of them need is loaded then.
 * @param job the upload, its source open; it goes on from where an earlier run was
 * @param options where its record is, or what an earlier run left
 * @param row describes the object
 * @param report is told the progress while another one drives
 * @param first what was read of part 1; nothing when one request has done it all
 * @returns the object when nothing is to be done any more
 */
export async function begin(
  job: UploadJob,
  options: UploadOptions,
  row: typeof putObject,
  report: ((progress: Progress) => void) | undefined,
  first?: Piece,
): Promise<UploadResult | undefined> {
  const rare = (): Promise<typeof import("./rare.ts")> => import("./rare.ts");
  if (!first) return (await rare()).tidyUp(job, options);
  const { checkpoints: store, checkpoint, fresh } = options;
  const { client, source, controller } = job;
  const { key } = job.input;
  const { warn } = client.context;
  const object = await describe(job, row);
  if (checkpoint !== undefined) (await rare()).checkLeft(checkpoint, { ...object, key });

  const goOn = async (left: Left | undefined, guarded?: GuardedStore): Promise<UploadResult | undefined> => {
    if (!left) return undefined;
    const other = otherHeader(object.headers, left.headers);
    if (!fresh && !other && (await takeUp(job, left))) return undefined;
    return (await rare()).replace(job, left, { fresh, other, guarded });
  };
  const drive = async (store: CheckpointStore): Promise<UploadResult | undefined> => {
    const guarded = guardStore(store, warn, controller.signal);
    const given = checkpoint as Partial<UploadRecord> | undefined;
    const id = given?.id ?? recordId("upload", object.endpoint, object.bucket, key, source.size, source.name);
    const onLost = async (): Promise<void> => controller.abort((await job.rescue)?.takenOver());
    const holder = await awaitLock({ store, guarded, id, controller, onLost, onProgress: report, job });
    const { outcome } = holder;
    if (outcome) return (await (await rare()).accept(job, object.headers, outcome)) ?? drive(store);
    try {
      const before = await findRecord<UploadRecord>(guarded, id, uploadFault, warn);
      bePatient(job, before);
      const done = await goOn(before ?? checkpoint, guarded);
      const track = recordMultipart({ job, guarded, holder, id, before, facts: () => uploadFacts(job, object) });
      if (done) await track.over(done);
      else {
        job.track = track;
        await track.note({ state: "running" });
      }
      return done;
    } catch (error) {
      // Kept, as the record is, whatever a listener threw.
      job.uploadId = undefined;
      await holder.release();
      throw error;
    }
  };

  const done = await (store ? drive(store) : goOn(checkpoint));
  if (job.uploadId && first.bytes) await (await rare()).putBack(job, first);
  return done;
}
