/**
 * Tells the others how an upload goes.
 * @module
 */
import { createProgress, type Progress } from "../../streams/progress.ts";
import type { UploadJob } from "../job.ts";
import type { Place } from "./attend.ts";

/** Milliseconds between two messages. */
const PERIOD = 100;

/**
 * Makes an upload tell its progress to those who look on, whether or not somebody asks for it here.
 * @param job the upload; its meter is exchanged
 * @param place where they are
 * @param report is told here
 * @param heard what was told while another one drove: nobody sees less from now on
 */
export function castProgress(
  job: Pick<UploadJob, "client" | "progress">,
  place: Place,
  report: ((progress: Progress) => void) | undefined,
  heard: Progress | undefined,
): void {
  const { now } = job.client.context;
  const { acknowledged = 0, loaded = 0 } = heard ?? {};
  let told = Number.NEGATIVE_INFINITY;
  job.progress = createProgress((found) => {
    if (found.acknowledged < acknowledged) return;
    const progress = { ...found, loaded: Math.max(found.loaded, loaded) };
    report?.(progress);
    const time = now();
    const soon = time >= told && time - told < PERIOD && progress.acknowledged !== progress.total;
    if (!soon) told = time;
    place.send({ type: "progress", progress }, soon);
  }, now);
}
