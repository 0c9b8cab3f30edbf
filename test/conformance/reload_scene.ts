/** Downloads of one object to a disk, in runs that may be killed. */
import { type DownloadInput, type DownloadToOptions, downloadTo, putObject } from "../../src/mod.ts";
import type { DownloadRecord } from "../../src/transfer/resume/download_record.ts";
import type { TestContext } from "../harness.ts";
import type { CaseOptions } from "./cases.ts";
import { createDisk, type Disk, type Run } from "./reload_support.ts";
import { noise, type World, world } from "./support/world.ts";

export const KEY = "trip.mp4";
export const bytes = noise(5000);
export const plan: DownloadToOptions = { partSize: 500, concurrency: 2 };

export interface Scene extends World {
  readonly disk: Disk;
  /** Downloads; tells "killed" when the run was. */
  go(options?: DownloadToOptions, run?: Run, input?: DownloadInput): Promise<unknown>;
  /** Bytes that were asked for since this was called last. */
  asked(): number;
}

export async function scene(t: TestContext, options?: CaseOptions): Promise<Scene> {
  const set = world(t, options);
  await putObject(set.client, { key: KEY, body: bytes });
  const disk = createDisk();
  let seen = set.wire.sent.length;
  return {
    ...set,
    disk,
    go(options = {}, run = disk.run(), input = { key: KEY }) {
      const { sink, checkpoints, killed } = run;
      const signal = options.signal ? AbortSignal.any([run.signal, options.signal]) : run.signal;
      const running = downloadTo(set.client, input, sink, { ...plan, checkpoints, ...options, signal });
      running.catch(() => undefined);
      return Promise.race([running, killed]);
    },
    asked() {
      const fresh = set.wire.sent.slice(seen);
      seen = set.wire.sent.length;
      let sum = 0;
      for (const { headers } of fresh) {
        const [first, last] =
          /bytes=(\d+)-(\d+)/
            .exec(headers.get("range") ?? "")
            ?.slice(1)
            .map(Number) ?? [];
        if (first !== undefined && last !== undefined) sum += Math.min(last + 1, bytes.length) - first;
      }
      return sum;
    },
  };
}

/** A run that dies at its `count`th step of this name. */
export function dying(disk: Disk, name: string, count: number): Run {
  const run = disk.run();
  let seen = 0;
  run.onStep = (step) => {
    if (step === name && ++seen === count) run.kill();
  };
  return run;
}

export const onlyRecord = (disk: Disk): DownloadRecord => [...disk.store.records.values()][0] as DownloadRecord;
export const done = ({ done: pieces }: DownloadRecord): number => pieces.reduce((sum, { length }) => sum + length, 0);
