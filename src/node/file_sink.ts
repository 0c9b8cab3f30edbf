/**
 * Sinks for files, in Node.js, Bun and Deno.
 * @module
 */

import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { kindOf } from "../codec/kind.ts";
import { createSink, type PartialPlace } from "../streams/create_sink.ts";
import { UNFINISHED } from "../streams/safe_path.ts";
import type { Sink } from "../streams/sink.ts";
import { type DenoFile, denoFile, isDenoFile, isNodeFile, type NodeFile, nodeFile } from "./open_file.ts";
import { openPart, partOf, removePart } from "./part_file.ts";

/** How a file is written. */
export interface FileSinkOptions {
  /** Waits until the disk has the file, so that it survives a power failure. @default false */
  readonly fsync?: boolean | undefined;
}

/**
 * Makes a sink of a path, or of a file that is open for writing.
 *
 * A path is written as `PATH.oss-fetch-part` and renamed when all is there: the file is the old or the whole new one.
 * After an abort the part is removed. What lies there under that name is taken for what a crash has left, and replaced;
 * `PATH.part` and all else is left alone. Of two downloads to one path at a time the later one wins, the other fails.
 *
 * An open file (`FileHandle` of `node:fs/promises`, `Deno.FsFile`) is written in place from its beginning: it is
 * incomplete until `close`, empty after an abort, and stays the caller's, who closes it.
 *
 * With `checkpoints` a path is written as `PATH.8-DIGITS.oss-fetch-part`, which stays for the next run when this one is
 * stopped or killed. A download to an open file begins anew each time.
 *
 * @param file a path, a `file:` URL, or an open file; what it holds is replaced
 * @param options whether to wait for the disk
 * @returns a sink for one object
 * @example
 * ```ts
 * import { mkdtemp, readFile, rm } from "node:fs/promises";
 * import { fileSink } from "oss-fetch/node";
 * const folder = await mkdtemp("/tmp/sink-");
 * const sink = fileSink(`${folder}/hello.txt`, { fsync: true });
 * await sink.write(new TextEncoder().encode("hello"), 0);
 * await sink.close();
 * console.log(await readFile(`${folder}/hello.txt`, "utf8")); // hello
 * await rm(folder, { recursive: true });
 * ```
 */
export function fileSink(file: string | URL | NodeFile | DenoFile, options: FileSinkOptions = {}): Sink {
  if (file === "") throw new TypeError('file must be a path, got ""');
  if (typeof file === "string" || file instanceof URL) {
    const path = resolve(typeof file === "string" ? file : fileURLToPath(file));
    return createSink(
      () => openPart(path, { ...options, ending: UNFINISHED }),
      partialPlace(path, options, (use) => use(path)),
    );
  }
  const open = isDenoFile(file) ? denoFile(file) : isNodeFile(file) ? nodeFile(file) : undefined;
  if (!open)
    throw new TypeError(`file must be a path, a file: URL, a FileHandle or a Deno.FsFile, got ${kindOf(file)}`);
  return createSink(async () => {
    await open.resize(0);
    let end = 0;
    return {
      resize(size) {
        end = size;
        return open.resize(size);
      },
      write(chunk, position) {
        end = Math.max(end, position + chunk.length);
        return open.write(chunk, position);
      },
      async publish() {
        // One that was opened for appending takes each chunk at its end, wherever it belongs.
        const size = await open.size();
        if (size !== end)
          throw new Error(`Cannot write: the file has ${size} bytes instead of ${end}; was it opened for appending?`);
        if (options.fsync) await open.sync();
      },
      discard: () => open.resize(0),
    };
  });
}

/**
 * Where the unfinished file of a resumable download is, each with a name of its own.
 * @param name the path, as it was given
 * @param options whether to wait for the disk
 * @param at finds the path, its folders made, for a use of it
 */
export function partialPlace(
  name: string,
  options: FileSinkOptions,
  at: <T>(use: (path: string) => Promise<T>) => Promise<T>,
): PartialPlace {
  const endingOf = (tag: string): string => `.${tag}${UNFINISHED}`;
  return {
    name,
    begin: (tag) => at((path) => openPart(path, { ...options, ending: endingOf(tag), keep: true })),
    discard: (tag) => at((path) => removePart(partOf(path, endingOf(tag)))),
  };
}
