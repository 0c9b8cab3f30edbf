/**
 * A folder with one file a record.
 * @module
 */
import type { Swap } from "./lease.ts";
import { createNames } from "./names.ts";

/** Files by the names of their records, each changed as a whole. */
export interface Folder {
  /** The text of a file; nothing when there is none. */
  read(id: string): Promise<string | undefined>;
  write(id: string, text: string): Promise<void>;
  remove(id: string): Promise<void>;
  /**
   * The names of all records.
   * @param parse reads the text of a file whose name does not tell
   */
  list(parse: (text: string) => unknown): Promise<string[]>;
  /** The place where the lease of a record stands. */
  swapOf(id: string): Promise<Swap>;
}

/** The longest name of a file: 255 bytes nearly everywhere, with what is appended to it. */
const LONGEST = 180;
/** Milliseconds after which half a file was left by a process that died. */
const STALE = 3_600_000;

/**
 * Loads the file system.
 * @param place a path or a `file:` URL
 */
export async function createFolder(place: string | URL): Promise<Folder> {
  const { mkdir, open, readdir, readFile, rename, rm, rmdir, stat, unlink, writeFile } = await import(
    "node:fs/promises"
  );
  const { join, resolve } = await import("node:path");
  const { fileURLToPath } = await import("node:url");
  // The process may change its working folder.
  const folder = resolve(place instanceof URL ? fileURLToPath(place) : place);
  const names = createNames(LONGEST);
  const pathOf = async (id: string, ending: string): Promise<string> =>
    join(folder, `${await names.nameOf(id)}.${ending}`);
  const make = (): Promise<unknown> => mkdir(folder, { recursive: true, mode: 0o700 });
  const read = (path: string): Promise<string | undefined> => readFile(path, "utf8").catch(ifMissing(undefined));
  const namesIn = (path: string): Promise<string[]> => readdir(path).catch(ifMissing<string[]>([]));

  /** Puts a folder with one file in the place of nothing, or of an empty folder: one of many who try can. */
  const occupy = async (lock: string, next: string): Promise<void> => {
    const own = `${lock}.${next}.tmp`;
    await make();
    await mkdir(own);
    try {
      await writeFile(join(own, next), "");
      // Windows replaces no folder, not even an empty one.
      const replace = rename(own, lock).catch(() => rmdir(lock).then(() => rename(own, lock)));
      // Another one was faster.
      await replace.catch(() => {});
    } finally {
      await rm(own, { recursive: true, force: true });
    }
  };

  const removeStale = async (path: string): Promise<void> => {
    const { mtimeMs } = (await stat(path).catch(() => undefined)) ?? { mtimeMs: Number.POSITIVE_INFINITY };
    if (mtimeMs < Date.now() - STALE) await rm(path, { recursive: true, force: true }).catch(() => {});
  };

  return {
    read: async (id) => read(await pathOf(id, "json")),
    async write(id, text) {
      const path = await pathOf(id, "json");
      const part = `${path}.${Math.random().toString(36).slice(2)}.tmp`;
      await make();
      try {
        const file = await open(part, "wx", 0o600);
        try {
          await file.writeFile(text);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(part, path);
      } catch (error) {
        await unlink(part).catch(() => {});
        throw error;
      }
    },
    async remove(id) {
      await unlink(await pathOf(id, "json")).catch(ifMissing(undefined));
    },
    async list(parse) {
      const ids: string[] = [];
      for (const file of await namesIn(folder)) {
        const path = join(folder, file);
        if (file.endsWith(".tmp")) await removeStale(path);
        if (!file.endsWith(".json")) continue;
        const id = await names.idOf(file.slice(0, -5), async () => parse((await read(path)) ?? ""));
        if (id !== undefined) ids.push(id);
      }
      return ids;
    },
    /**
     * What stands in the place is the name of the one file of a folder. No such name comes twice, so renaming it changes
     * what was seen or fails, however slow the process is.
     */
    async swapOf(id) {
      const lock = await pathOf(id, "lock");
      const standing = async (): Promise<string | undefined> => (await namesIn(lock))[0];
      return async (expected, next) => {
        if (next === undefined) {
          if (expected !== undefined) await unlink(join(lock, expected)).catch(ifMissing(undefined));
          // Stays when another one took it meanwhile.
          await rmdir(lock).catch(() => {});
          return standing();
        }
        if (expected !== undefined) {
          const renamed = rename(join(lock, expected), join(lock, next)).then(() => true);
          if (await renamed.catch(ifMissing(false))) return next;
        }
        const found = await standing();
        if (found !== undefined) return found;
        await occupy(lock, next);
        return standing();
      };
    },
  };
}

function ifMissing<T>(value: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === "ENOENT") return value;
    throw error;
  };
}
