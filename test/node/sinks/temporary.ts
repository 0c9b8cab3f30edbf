/** Temporary folders, and the descriptors that are open. */
import { mkdtemp, readdir, readlink, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

export interface Temporary {
  readonly folder: string;
  /** Descriptors of files in it; also of those that were removed. */
  open(): Promise<string[]>;
  remove(): Promise<void>;
}

export async function temporary(): Promise<Temporary> {
  const folder = await mkdtemp(path.join(tmpdir(), "oss-fetch-"));
  return {
    folder,
    async open() {
      const numbers = await readdir("/proc/self/fd").catch(() => []);
      const targets = await Promise.all(numbers.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => "")));
      return targets.filter((target) => target.startsWith(folder));
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Uses a temporary folder. */
export async function withTemporary(use: (place: Temporary) => Promise<void>): Promise<void> {
  const place = await temporary();
  try {
    await use(place);
  } finally {
    await place.remove();
  }
}
