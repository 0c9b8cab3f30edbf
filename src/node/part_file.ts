/**
 * A file that is written beside its place and renamed when it is whole.
 * @module
 */
import { type FileHandle, open, rename, stat, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { SinkTarget } from "../streams/create_sink.ts";
import { nodeFile } from "./open_file.ts";

/** How a file is written beside its place. */
export interface PartOptions {
  /** Waits until the disk has the file. */
  readonly fsync?: boolean | undefined;
  /** What its name ends with meanwhile. */
  readonly ending: string;
}

/**
 * Opens the part of a file. A part that a crash, or another download, has left there is removed first.
 * @param file where it shall be
 * @param options how
 */
export async function openPart(file: string | URL, options: PartOptions): Promise<SinkTarget> {
  const path = typeof file === "string" ? file : fileURLToPath(file);
  const part = `${path}${options.ending}`;
  // Found out now, for a rename would tell after the last byte.
  const found = (await stat(path).catch(isMissing)) || undefined;
  if (found?.isDirectory()) throw code("EISDIR", `${path} is a folder`);
  // The rename would put a file in its place: as root, in that of /dev/null.
  if (found?.isFile() === false) throw code("EINVAL", `${path} is a pipe or device, no regular file`);
  await unlink(part).catch(isMissing);
  const handle = await open(part, "wx");
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
    async publish() {
      if (options.fsync) await written.sync();
      if (!(await isOurs())) throw code("EBUSY", `${part} was replaced, another download writes to ${path}`);
      // Windows renames no open file.
      await release();
      await rename(part, path);
      if (options.fsync) await syncFolder(path);
    },
    async discard() {
      // Once it is closed a rename has failed, and the name is still ours.
      const ours = !isOpen || (await isOurs().catch(() => false));
      await release().catch(() => {});
      if (ours) await unlink(part);
    },
  };
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
