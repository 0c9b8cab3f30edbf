/**
 * A download with a record: driven by one, and gone on with from what an earlier run left. Loaded on demand.
 * @module
 */
import { show } from "../../core/validate.ts";
import { OSSError } from "../../errors.ts";
import type { SinkPartial } from "../../streams/sink.ts";
import type { DownloadJob } from "../download/job.ts";
import type { DownloadToOptions, DownloadToResult } from "../download/types.ts";
import { awaitLock } from "./await_lock.ts";
import { broadcastDownload } from "./broadcast_download.ts";
import { type DownloadRecord, downloadFault } from "./download_record.ts";
import { findRecord } from "./find_record.ts";
import { type GuardedStore, guardStore } from "./guarded_store.ts";
import { recordId } from "./id.ts";
import type { LockHolder } from "./participant.ts";
import { plainResult, resultOf } from "./results.ts";
import { takenOver } from "./taken_over.ts";

/** What a download with a record is driven with. */
export interface DownloadDrive {
  readonly job: DownloadJob;
  readonly partial: SinkPartial;
  readonly guarded: GuardedStore;
  /** Of the record. */
  readonly id: string;
  readonly endpoint: string;
  readonly bucket: string;
  /** What an earlier run left. */
  readonly before: DownloadRecord | undefined;
}

/**
 * Downloads with a record, unless another one does it meanwhile.
 * @param job the download
 * @param partial what an earlier run left in the sink
 * @param options where the record is
 * @param drive does it, once nobody else does
 * @returns the object
 * @throws TypeError on bad options, before any request; what `drive` throws
 */
export async function withRecord(
  job: DownloadJob,
  partial: SinkPartial,
  options: DownloadToOptions,
  drive: (drive: DownloadDrive) => Promise<DownloadToResult>,
): Promise<DownloadToResult> {
  const { checkpoints: store, verify = "all", onProgress } = options;
  const { client, input, controller } = job;
  if (!store || typeof store.get !== "function") throw new TypeError(`checkpoints must be a store, got ${show(store)}`);
  if (!["all", "sample", "none"].includes(verify))
    throw new TypeError(`verify must be "all", "sample" or "none", got ${show(verify)}`);
  const { warn } = client.context;
  const request = job.getObject.toRequest(input);
  const { host: endpoint, bucket = "" } = client.context.url(request.bucket, input.key);
  const guarded = guardStore(store, warn, controller.signal);
  const { key, versionId, range } = input;
  // What the service makes of an object is another one, and nobody's who waits for the object itself.
  const process = request.query?.["x-oss-process"];
  const made = process == null ? [] : [String(process)];
  const id = recordId("download", partial.name, endpoint, bucket, key, versionId, range && `${range}`, ...made);
  const onLost = (): void => controller.abort(takenOver());
  const wait = (): Promise<LockHolder> => awaitLock({ store, guarded, id, controller, onLost, onProgress });
  let holder = await wait();
  // A place of the same name has it now, and not this one.
  while (partial.ambiguous && holder.outcome?.type === "done") holder = await wait();
  const { outcome } = holder;
  if (outcome?.type === "done") return resultOf<DownloadToResult>(outcome.result);
  if (outcome) throw new OSSError("it was discarded elsewhere", "Discarded");
  try {
    broadcastDownload(job, holder);
    const found = await findRecord<DownloadRecord>(guarded, id, downloadFault, warn);
    const isSame = found?.bucket === bucket && found.key === input.key && found.place === partial.name;
    const before = isSame ? found : undefined;
    const result = await drive({ job, partial, guarded, id, endpoint, bucket, before });
    // With 304 nothing was done. Whoever takes over where there is no record any more has heard why.
    if (result.status < 300) {
      holder.send({ type: "done", result: plainResult(result) });
      await guarded.remove(id);
    }
    return result;
  } finally {
    await holder.release();
  }
}
