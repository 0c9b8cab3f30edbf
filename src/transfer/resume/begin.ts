/**
 * How an upload with a record begins: with the right to drive it, and from what an earlier run left.
 * @module
 */
import { show } from "../../core/validate.ts";
import { OSSError } from "../../errors.ts";
import type { putObject } from "../../operations/object/basic.ts";
import type { Progress } from "../../streams/progress.ts";
import { describe } from "../checkpoint.ts";
import { discard } from "../ended.ts";
import type { Piece, UploadJob } from "../job.ts";
import type { UploadOptions, UploadResult } from "../upload_types.ts";
import { adopt } from "./adopt.ts";
import { attend, type Place } from "./attend.ts";
import { castProgress } from "./cast.ts";
import { recordId } from "./id.ts";
import { createKeeper, type Keeper } from "./keeper.ts";
import { bePatient } from "./patience.ts";
import { sumSource } from "./proof.ts";
import { putBack } from "./put_back.ts";
import { checkLeft, uploadFault } from "./read_record.ts";
import { recordUpload } from "./record_upload.ts";
import { plainResult, resultOf } from "./results.ts";
import { type Left, recognise, takeUp } from "./take_up.ts";
import type { UploadRecord } from "./types.ts";

/**
 * Begins an upload.
 * @param job the upload, its source open; it goes on from where an earlier run was
 * @param options where its record is, or what an earlier run left
 * @param row describes the object
 * @param report is told the progress while another one drives
 * @param first what was read of part 1
 * @returns the object when nothing is to be done any more
 */
export async function begin(
  job: UploadJob,
  options: UploadOptions,
  row: typeof putObject,
  report: ((progress: Progress) => void) | undefined,
  first: Piece,
): Promise<UploadResult | undefined> {
  const { checkpoints: store, checkpoint, fresh } = options;
  const { client, source, controller } = job;
  const object = await describe(job, row);
  if (checkpoint !== undefined) checkLeft(checkpoint, object.bucket, job.input.key);
  if (!store) {
    if (checkpoint) await goOn(job, checkpoint, object.headers, fresh);
    if (job.uploadId) await putBack(job, first);
    return undefined;
  }
  if (typeof Object(store).get !== "function") throw new TypeError(`checkpoints must be a store, got ${show(store)}`);

  const { key } = job.input;
  bePatient(job);
  const keeper = createKeeper(store, client.context.warn);
  const given = checkpoint && "id" in checkpoint ? checkpoint : undefined;
  const id = given?.id ?? recordId("upload", object.bucket, key, source.size, source.name);
  let heard: Progress | undefined;
  const sit = (): Promise<Place> =>
    attend({
      store,
      id,
      signal: controller.signal,
      exists: async () => (await keeper.read(id)) !== undefined,
      onProgress(progress) {
        heard = progress;
        try {
          report?.(progress);
        } catch (error) {
          controller.abort(error);
        }
      },
      onFailure: keeper.tell,
    });
  let place = await sit();
  for (; place.verdict; place = await sit()) {
    const { verdict } = place;
    if (verdict.type === "discarded") throw new OSSError("it was discarded elsewhere", "Discarded");
    const result = resultOf<UploadResult>(verdict.result);
    const { crc64 } = result;
    // Two buffers of one length have one record, too: what was made of the other one is not ours.
    if (!otherHeader(object.headers, verdict.headers) && crc64 !== undefined && (await sumSource(job)) === crc64)
      return result;
    heard = undefined;
  }
  castProgress(job, place, report, heard);
  try {
    const found = await findRecord(keeper, id, client.context.warn);
    const record = found?.bucket === object.bucket && found.key === key ? found : undefined;
    const done = await goOn(job, record ?? checkpoint, object.headers, fresh, keeper);
    if (done) {
      await keeper.remove(id);
      place.send({ type: "done", result: plainResult(done), headers: object.headers });
      await place.leave();
      return done;
    }
    job.track = recordUpload({ job, keeper, place, object, id, before: record });
    if (!job.uploadId) await job.track.asking();
    else {
      await job.track.turned("running");
      await putBack(job, first);
    }
    return undefined;
  } catch (error) {
    // Kept, as the record is, whatever a listener threw.
    job.uploadId = undefined;
    await place.leave();
    throw error;
  }
}

/** Goes on from what was left, if that is possible; tells the object when it is done already. */
async function goOn(
  job: UploadJob,
  left: Left | undefined,
  headers: UploadRecord["headers"],
  fresh: boolean | undefined,
  keeper?: Keeper,
): Promise<UploadResult | undefined> {
  if (!left) return undefined;
  const { warn } = job.client.context;
  const other = otherHeader(headers, left.headers);
  if (fresh || other) {
    if (!fresh)
      warn(`The unfinished upload of "${left.key}" had another ${other}: it is deleted, and another one begins`);
    await discard({ ...job, uploadId: left.uploadId });
    return undefined;
  }
  if (await takeUp(job, left)) return undefined;
  if (!("asked" in left)) return undefined;
  if (left.uploadId) return recognise(job, left);
  if (keeper) {
    const names = (await keeper.names()).filter((name) => name !== left.id);
    const others = await Promise.all(names.map((name) => findRecord(keeper, name, () => {})));
    const uploadId = await adopt(
      job,
      left,
      others.filter((one) => one !== undefined),
    );
    if (uploadId) await takeUp(job, { ...left, uploadId });
  }
  return undefined;
}

type Described = UploadRecord["headers"];

/** The name of a header that differs. */
function otherHeader(ours: Described, theirs: Described = {}): string | undefined {
  return Object.keys({ ...ours, ...theirs }).find((name) => ours[name] !== theirs[name]);
}

/** Reads a record; one that is none is told and left alone. */
async function findRecord(
  keeper: Keeper,
  id: string,
  warn: (message: string) => void,
): Promise<UploadRecord | undefined> {
  const found = await keeper.read(id);
  if (found === undefined) return undefined;
  const wrong = uploadFault(found, id);
  if (!wrong) return found as UploadRecord;
  warn(`The record ${show(id)} is not used: ${wrong}`);
  return undefined;
}
