/**
 * A folder with one file a record.
 * @module
 */
import type { Dirent } from "node:fs";
import type { Swap } from "./lease.ts";

/** Files by the names of their records, each changed as a whole. */
export interface Folder {
  /** The text of a file; nothing when there is none. */
  read(id: string): Promise<string | undefined>;
  write(id: string, text: string): Promise<void>;
  remove(id: string): Promise<void>;
  /**
   * The names of all records.
   * @param idIn finds a name that is too long for a file's in the text of that file
   */
  list(idIn: (text: string) => unknown): Promise<string[]>;
  swap(id: string, ...change: Parameters<Swap>): ReturnType<Swap>;
}

/** The longest name of a file: 255 bytes nearly everywhere, with what is appended to it. */
const LONGEST = 180;
const HASHED = /^#[0-9a-f]{64}$/;
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
  const { createHash } = await import("node:crypto");
  const { fileURLToPath } = await import("node:url");
  // What the process calls its working folder may change.
  const folder = resolve(place instanceof URL ? fileURLToPath(place) : place);

  const hash = (name: string): string => `#${createHash("sha256").update(name).digest("hex")}`;
  const nameOf = (id: string): string => {
    // Of a damaged file it is all that is known.
    if (HASHED.test(id)) return id;
    const name = encode(id);
    return name.length > LONGEST ? hash(name) : name;
  };
  const pathOf = (id: string, ending: string): string => join(folder, `${nameOf(id)}.${ending}`);
  const make = (): Promise<unknown> => mkdir(folder, { recursive: true, mode: 0o700 });
  const read = (path: string): Promise<string | undefined> => readFile(path, "utf8").catch(ifMissing(undefined));

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

  return {
    read: (id) => read(pathOf(id, "json")),
    async write(id, text) {
      const path = pathOf(id, "json");
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
      await unlink(pathOf(id, "json")).catch(ifMissing(undefined));
    },
    async list(idIn) {
      const ids: string[] = [];
      for (const { name: file } of await readdir(folder, { withFileTypes: true }).catch(ifMissing<Dirent[]>([]))) {
        const path = join(folder, file);
        if (file.endsWith(".tmp")) {
          const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
          if (mtimeMs < Date.now() - STALE) await rm(path, { recursive: true, force: true });
        }
        if (!/^[=#].*\.json$/.test(file)) continue;
        const name = file.slice(0, -5);
        if (!HASHED.test(name)) ids.push(decode(name));
        else {
          const id = idIn((await read(path)) ?? "");
          ids.push(typeof id === "string" && nameOf(id) === name ? id : name);
        }
      }
      return ids;
    },
    /**
     * What stands in a place is the name of the one file of a folder. No such name comes twice, so renaming it changes what
     * was seen or fails, however slow the process is.
     */
    async swap(id, expected, next) {
      const lock = pathOf(id, "lock");
      const standing = async (): Promise<string | undefined> => (await readdir(lock).catch(ifMissing<string[]>([])))[0];
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
    },
  };
}

/** Names that differ in case alone are one file on some systems, and `con` and `a.` are none. */
function encode(id: string): string {
  return `=${id.replace(/[^a-z0-9_-]/g, (unit) => `%${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)}`;
}

function decode(name: string): string {
  return name.slice(1).replace(/%([0-9a-f]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function ifMissing<T>(value: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === "ENOENT") return value;
    throw error;
  };
}
