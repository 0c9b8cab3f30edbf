/**
 * Checkpoints in a folder of the file system, in Node.js, Bun and Deno: `oss-fetch/stores/file-system`.
 * @module
 */
import type { CheckpointStore } from "../checkpoints.ts";
import { createFolder, type Folder } from "./folder.ts";
import { lastingChannels } from "./lasting_channels.ts";
import { type LeaseOptions, leaseOf, takeLease } from "./lease.ts";
import { parseRecord } from "./names.ts";
import { markProcess } from "./process_mark.ts";

export type { CheckpointStore, TransferChannel, TransferLock, TransferRecord } from "../checkpoints.ts";
export type { LeaseOptions } from "./lease.ts";

/**
 * Keeps checkpoints in a folder, one small file a transfer, in Node.js, Bun and Deno. Processes may share it: one of them
 * drives a transfer, the others wait. Progress is seen by threads of the same process alone.
 * @param folder a path or a `file:` URL; made with the first checkpoint
 * @param options how long a lock outlives a process that was killed
 * @returns the store
 * @throws RangeError for a lease that is too short
 * @example
 * ```ts
 * import { fileSystemStore } from "oss-fetch/stores/file-system";
 * const checkpoints = fileSystemStore("/tmp/checkpoints"); // for upload(client, input, { checkpoints })
 * console.log(await checkpoints.list());
 * ```
 */
export function fileSystemStore(folder: string | URL, options?: LeaseOptions): CheckpointStore {
  const lease = leaseOf(options);
  let opened: Promise<Folder> | undefined;
  const name = folder instanceof URL ? decodeURIComponent(folder.pathname) : folder;
  const open = (): Promise<Folder> => {
    opened ??= createFolder(folder);
    return opened;
  };
  return {
    async get(id) {
      const text = await (await open()).read(id);
      return text === undefined ? undefined : parseRecord(text);
    },
    async set(id, { handle: _, ...record }) {
      await (await open()).write(id, JSON.stringify(record));
    },
    delete: async (id) => (await open()).remove(id),
    list: async () => (await open()).list(parseRecord),
    lock: async (id, signal, onHeld) =>
      takeLease(await (await open()).swapOf(id), lease, { signal, onHeld, process: await markProcess() }),
    ...lastingChannels(name),
  };
}
