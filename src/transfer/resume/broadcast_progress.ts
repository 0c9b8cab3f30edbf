/**
 * Tells the others how a transfer into a multipart upload goes.
 * @module
 */
import { createProgress, type Progress, type ProgressMeter } from "../../streams/progress.ts";
import { MAX_PARTS } from "../plan.ts";
import type { LockHolder, ProgressSource } from "./participant.ts";

/** Milliseconds between two messages. */
const PERIOD = 100;

/**
 * Makes a transfer tell its progress to those who look on, whether or not somebody asks for it here.
 * @param job the transfer; its meter tells two from now on
 * @param holder tells them; what there is already is told to those who ask
 * @param report is told here
 * @param heard what was told while another one drove: nobody sees less from now on
 */
export function broadcastProgress(
  job: ProgressSource,
  holder: LockHolder,
  report: ((progress: Progress) => void) | undefined,
  heard: Progress | undefined,
): void {
  const { client, progress } = job;
  const { now } = client.context;
  const { acknowledged = 0, loaded = 0 } = heard ?? {};
  const goOn = (tell: (progress: Progress) => void): ProgressMeter =>
    createProgress((found) => {
      if (found.acknowledged >= acknowledged) tell({ ...found, loaded: Math.max(found.loaded, loaded) });
    }, now);
  let told = now();
  const theirs = goOn((progress) => {
    const time = now();
    const soon = time >= told && time - told < PERIOD && progress.acknowledged !== progress.total;
    if (!soon) told = time;
    holder.send({ type: "progress", progress }, soon);
  });
  catchUp(theirs, job);
  const own = heard && report ? goOn(report) : { ...progress };
  const both: ProgressMeter = {
    expect(...facts) {
      theirs.expect(...facts);
      own.expect(...facts);
    },
    sent(...facts) {
      theirs.sent(...facts);
      own.sent(...facts);
    },
    confirmed(...facts) {
      theirs.confirmed(...facts);
      own.confirmed(...facts);
    },
    idle() {
      theirs.idle();
      own.idle();
    },
  };
  Object.assign(progress, both);
}

/** Tells a meter what the service has already. */
function catchUp(meter: ProgressMeter, { uploadId, source, parts, held, partSize, sizes = [] }: ProgressSource): void {
  if (!uploadId) return;
  const { size: total } = source;
  const last = Math.max(0, ...parts.keys(), ...(held?.keys() ?? []));
  const lengths: number[] = [];
  // A part size that was damaged in the record may be tiny.
  const most = total === undefined ? last : MAX_PARTS;
  for (let start = 0; lengths.length < most && !(total !== undefined && start >= total); start += lengths.at(-1) ?? 0)
    lengths.push(Math.min(sizes[lengths.length] ?? partSize, (total ?? Number.POSITIVE_INFINITY) - start));
  if (total !== undefined) meter.expect(total, lengths.length);
  for (const [at, length] of lengths.entries())
    if (parts.has(at + 1) || held?.has(at + 1)) meter.confirmed(at + 1, length);
}
