/**
 * Tells the others how a download goes.
 * @module
 */
import type { DownloadJob } from "../download/job.ts";
import { createByteMeter } from "../download/progress.ts";
import type { LockHolder } from "./participant.ts";

/**
 * Makes a download tell its progress to those who look on, whether or not somebody asks for it here.
 * @param job the download; its meter is exchanged
 * @param holder tells them
 */
export function broadcastDownload(job: DownloadJob, holder: LockHolder): void {
  const cast = createByteMeter((progress) => holder.send({ type: "progress", progress }), job.client.context.now);
  const own = job.progress;
  job.progress = {
    expect(...facts) {
      own?.expect(...facts);
      cast.expect(...facts);
    },
    moved(...facts) {
      own?.moved(...facts);
      cast.moved(...facts);
    },
    idle() {
      own?.idle();
      cast.idle();
    },
  };
}
