/**
 * Tells the others how an upload goes.
 * @module
 */
import { createProgress, type ProgressMeter } from "../../streams/progress.ts";
import type { UploadJob } from "../job.ts";
import type { Place } from "./attend.ts";

/** Milliseconds between two messages. */
const PERIOD = 100;

/**
 * Makes an upload tell its progress to those who look on, whether or not somebody asks for it here.
 * @param job the upload; its meter is exchanged
 * @param place where they are
 */
export function castProgress(job: UploadJob, place: Place): void {
  const { now } = job.client.context;
  let told = Number.NEGATIVE_INFINITY;
  const cast = createProgress((progress) => {
    const time = now();
    if (time >= told && time - told < PERIOD && progress.acknowledged !== progress.total) return;
    told = time;
    place.send({ type: "progress", progress });
  }, now);
  const meters: readonly ProgressMeter[] = [job.progress, cast];
  job.progress = {
    expect(...facts) {
      for (const meter of meters) meter.expect(...facts);
    },
    sent(...facts) {
      for (const meter of meters) meter.sent(...facts);
    },
    confirmed(...facts) {
      for (const meter of meters) meter.confirmed(...facts);
    },
    idle() {
      for (const meter of meters) meter.idle();
    },
  };
}
