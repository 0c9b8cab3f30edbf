/**
 * Sinks for files, in Node.js, Bun and Deno.
 * @module
 */
import { createSink } from "../streams/create_sink.ts";
import type { Sink } from "../streams/sink.ts";
import { type DenoFile, denoFile, isDenoFile, isNodeFile, type NodeFile, nodeFile } from "./open_file.ts";
import { openPart, type PartOptions } from "./part_file.ts";

/** How a file is written. */
export interface FileSinkOptions {
  /** Waits until the disk has the file, so that it survives a power failure. @default false */
  readonly fsync?: boolean | undefined;
}

/**
 * Makes a sink of a path, or of a file that is open for writing.
 *
 * A path is written as `PATH.part` and renamed when all is there: the file is the old or the whole new one. After an
 * abort the part is removed. An open file (`FileHandle` of `node:fs/promises`, `Deno.FsFile`) is written in place from
 * its beginning: it is incomplete until `close`, empty after an abort, and stays the caller's, who closes it.
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
  if (typeof file === "string" || file instanceof URL) return partSink(file, { ...options, ending: ".part" });
  const open = isDenoFile(file) ? denoFile(file) : isNodeFile(file) ? nodeFile(file) : undefined;
  if (!open)
    throw new TypeError(`file must be a path, a file: URL, a FileHandle or a Deno.FsFile, got ${String(file)}`);
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

/** A sink that writes beside a path. */
export function partSink(file: string | URL, options: PartOptions): Sink {
  if (file === "") throw new TypeError('file must be a path, got ""');
  return createSink(() => openPart(file, options));
}
