/**
 * The files of a folder of the file system.
 * @module
 */
import type { Stats } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isUnfinished } from "../streams/safe_path.ts";
import type { SourceOpener } from "../types.ts";
import { fileSource } from "./file_source.ts";

/** One file of a folder. */
export interface FolderFile {
  /** Relative to the folder, with `/` on every system. */
  readonly path: string;
  /** Its bytes, when it was found. */
  readonly size: number;
  /** A body for `upload`: it is opened when that begins. */
  readonly file: SourceOpener;
}

/** How to walk through a folder. */
export interface WalkFolderOptions {
  /** What becomes of symbolic links: they are left out, or taken for what they point to. @default "skip" */
  readonly symlinks?: "skip" | "follow" | undefined;
  /** Told of what cannot be read, which is then left out. @default the walk ends with the error */
  readonly onError?: ((error: unknown, path: string) => void) | undefined;
}

/**
 * Walks through a folder of the file system, and those in it. Devices, sockets and pipes are left out,
 * and what a download has not finished (`.oss-fetch-part`).
 * @param folder a path or a `file:` URL
 * @param options what becomes of links, and of what cannot be read
 * @returns the files, each folder's in the order of their names, as they are found
 * @throws TypeError when an argument is none of these
 * @example
 * ```ts
 * import { mkdtemp, rm, writeFile } from "node:fs/promises";
 * import { walkFolder } from "oss-fetch/node";
 * const folder = await mkdtemp("/tmp/walk-");
 * await writeFile(`${folder}/hello.txt`, "hello");
 * for await (const { path, size } of walkFolder(folder)) console.log(path, size); // hello.txt 5
 * await rm(folder, { recursive: true });
 * ```
 */
export function walkFolder(
  folder: string | URL,
  options: WalkFolderOptions = {},
): AsyncGenerator<FolderFile, void, undefined> {
  const { symlinks = "skip" } = options;
  if (!(folder instanceof URL) && (typeof folder !== "string" || folder === ""))
    throw new TypeError(`folder must be a path or a file: URL, got ${JSON.stringify(folder)}`);
  if (symlinks !== "skip" && symlinks !== "follow")
    throw new TypeError(`symlinks must be "skip" or "follow", got ${JSON.stringify(symlinks)}`);
  return walk(folder instanceof URL ? fileURLToPath(folder) : folder, "", [], { ...options, symlinks });
}

/** `inside` are the real folders that this one is in: a link to one of them would lead around for ever. */
async function* walk(
  folder: string,
  prefix: string,
  inside: readonly string[],
  options: WalkFolderOptions,
): AsyncGenerator<FolderFile, void, undefined> {
  const { symlinks, onError } = options;
  const attempt = async <T>(path: string, work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (!onError) throw error;
      onError(error, path);
      return undefined;
    }
  };
  const real = await attempt(prefix.slice(0, -1), () => realpath(folder));
  if (real === undefined || inside.includes(real)) return;
  const entries = await attempt(prefix.slice(0, -1), () => readdir(folder, { withFileTypes: true }));
  entries?.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries ?? []) {
    if (entry.isSymbolicLink() && symlinks === "skip") continue;
    const [path, full] = [prefix + entry.name, join(folder, entry.name)];
    const found: Stats | undefined = await attempt(path, () => stat(full));
    if (found?.isDirectory()) yield* walk(full, `${path}/`, [...inside, real], options);
    else if (found?.isFile() && !isUnfinished(path)) yield { path, size: found.size, file: fileSource(full) };
  }
}
