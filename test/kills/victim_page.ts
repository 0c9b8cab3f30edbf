/**
 * What a victim has in a page: a file of the origin's own file system, or one that the user picked again, which a page
 * under test makes from its seed.
 * @module
 */
import { fileHandleSink } from "../../src/mod.ts";
import { indexedDBStore } from "../../src/stores/indexed_db.ts";
import { bytesOf } from "../chaos/random.ts";
import { type Kit, type Orders, play, type Report } from "./victim.ts";

const NAME = "kills.bin";

async function makeKit({ runtime, size, seed, leave }: Orders): Promise<Kit> {
  let leaving = false;
  const begun = (): void => {
    if (!leave) return;
    const go = (): void => {
      leaving = true;
      if (leave.how === "reload") location.reload();
      else location.replace("about:blank");
    };
    setTimeout(go, leave.after);
  };
  const isLeaving = (): boolean => leaving;
  const checkpoints = indexedDBStore("kills");
  if (runtime === "webkit") {
    const picked = async (): Promise<File> =>
      new File([bytesOf(size, seed)], NAME, { lastModified: 1_790_000_000_000 });
    const sink = (): Promise<never> => Promise.reject(new Error("no file system"));
    return { checkpoints, begun, isLeaving, source: picked, sink, stored: async () => undefined };
  }
  const root = await navigator.storage.getDirectory();
  const file = (name: string): Promise<FileSystemFileHandle> =>
    root.getFileHandle(name.replace(/\W/g, "-"), { create: true });
  return {
    checkpoints,
    begun,
    isLeaving,
    async source() {
      const handle = await root.getFileHandle(NAME, { create: true });
      if ((await handle.getFile()).size !== size) {
        const writable = await handle.createWritable();
        await writable.write(bytesOf(size, seed));
        await writable.close();
      }
      return handle;
    },
    sink: async (name) => fileHandleSink(await file(name)),
    stored: async (name) => (await file(name)).getFile(),
  };
}

export async function start(orders: Orders, send: Report): Promise<void> {
  await play(orders, send, await makeKit(orders));
}
