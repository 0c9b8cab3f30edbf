/**
 * A file that is written beside its place and renamed when it is whole.
 * @module
 */
import { type FileHandle, lstat, open, rename, stat, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { PartialTarget } from "../streams/create_sink.ts";
import { unfinishedName } from "../streams/safe_path.ts";
import { nodeFile } from "./open_file.ts";
import { readNode } from "./read_file.ts";

/** How a file is written beside its place. */
export interface PartOptions {
  /** Waits until the disk has the file. */
  readonly fsync?: boolean | undefined;
  /** What its name ends with meanwhile. */
  readonly ending: string;
  /** Goes on with what is there under that name, unless it is a link. @default it is removed */
  readonly keep?: boolean | undefined;
}

/**
 * Opens the part of a file. Unless it is to be kept, one that a crash, or another download, has left is removed first.
 * @param path where it shall be
 * @param options how
 */
export async function openPart(path: string, options: PartOptions): Promise<PartialTarget> {
  const part = partOf(path, options.ending);
  // Found out now, for a rename would tell after the last byte.
  const found = (await stat(path).catch(isMissing)) || undefined;
  if (found?.isDirectory()) throw code("EISDIR", `${path} is a folder`);
  // The rename would put a file in its place: as root, in that of /dev/null.
  if (found?.isFile() === false) throw code("EINVAL", `${path} is a pipe or device, no regular file`);
  // Of a link nobody knows whose file it leads to.
  const keep = options.keep && !((await lstat(part).catch(isMissing)) || undefined)?.isSymbolicLink();
  if (!keep) await removePart(part);
  const handle = (keep && (await open(part, "r+").catch(isMissing))) || (await open(part, "wx+"));
  let isOpen = true;
  const release = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await handle.close();
  };
  /** Another download to the same path would have taken the name. */
  const isOurs = async (): Promise<boolean> => {
    const [own, found] = await Promise.all([
      handle.stat({ bigint: true }),
      stat(part, { bigint: true }).catch(() => undefined),
    ]);
    return found?.ino === own.ino && found.dev === own.dev;
  };
  const written = nodeFile(handle);
  return {
    ...written,
    left: await written.size(),
    async read(start, end) {
      const bytes = new Uint8Array(end - start);
      for (let done = 0, count = 0; done < bytes.length; done += count) {
        count = await readNode(handle).read(bytes, done, start + done);
        if (count === 0) throw new Error(`Cannot read ${part}: it ends at ${start + done}`);
      }
      return bytes;
    },
    // What the system has been given outlives the process.
    sync: async () => options.fsync && written.sync(),
    async publish() {
      if (options.fsync) await written.sync();
      if (!(await isOurs())) throw code("EBUSY", `${part} was replaced, another download writes to ${path}`);
      // Windows renames no open file.
      await release();
      await rename(part, path);
      if (options.fsync) await syncFolder(path);
    },
    keep: release,
    async discard() {
      // Once it is closed a rename has failed, and the name is still ours.
      const ours = !isOpen || (await isOurs().catch(() => false));
      await release().catch(() => {});
      if (ours) await unlink(part);
    },
  };
}

/** Where the part of a file is, by the ending of its name. */
export function partOf(path: string, ending: string): string {
  return join(dirname(path), unfinishedName(basename(path), ending));
}

/** Removes a part, if there is one. */
export async function removePart(part: string): Promise<void> {
  await unlink(part).catch(isMissing);
}

/** A rename survives a power failure when its folder is on the disk, too; not every system can do that. */
async function syncFolder(path: string): Promise<void> {
  let folder: FileHandle | undefined;
  try {
    folder = await open(dirname(path), "r");
    await folder.sync();
  } catch {
    // Windows.
  } finally {
    await folder?.close();
  }
}

function isMissing(error: NodeJS.ErrnoException): false {
  if (error.code === "ENOENT") return false;
  throw error;
}

function code(name: string, message: string): Error {
  return Object.assign(new Error(`Cannot write: ${message}`), { code: name });
}
