/**
 * Files as sources of uploads, in Node.js, Bun and Deno.
 * @module
 */

import { open, stat } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { kindOf } from "../codec/kind.ts";
import { SourceChangedError } from "../errors.ts";
import { readable } from "../streams/blob_source.ts";
import { createBuffers } from "../streams/buffers.ts";
import type { Bytes, MaybePromise, Source, SourceOpener } from "../types.ts";
import {
  isReadableDeno,
  isReadableNode,
  type ReadableDenoFile,
  type ReadableNodeFile,
  type ReadFile,
  readDeno,
  readNode,
} from "./read_file.ts";

/** A file that is open, and how it is let go of. */
interface Held {
  readonly file: ReadFile;
  readonly name?: string;
  /** For messages. */
  readonly title: string;
  close(): MaybePromise<void>;
}

/**
 * Makes a body of a path, or of a file that is open for reading.
 *
 * A path is opened when the upload begins, and closed with it. An open file (`FileHandle` of `node:fs/promises`,
 * `Deno.FsFile`) is read from its beginning and stays the caller's, who closes it; the cursor of a `Deno.FsFile` moves.
 * It is read in parts, never as a whole, and as often as retries need it. A file that is written to meanwhile is
 * noticed by its size and date after each read: `SourceChangedError`.
 *
 * @param file a path, a `file:` URL, or an open file: a regular one (give a pipe as a stream)
 * @returns a body for `upload`, `putObject` and others; it can be used again
 * @throws TypeError when it is none of these; when opened, for a folder or device, and what the system tells: `ENOENT`
 * @example
 * ```ts
 * import { mkdtemp, rm, writeFile } from "node:fs/promises";
 * import { createClient, upload } from "oss-fetch";
 * import { fileSource } from "oss-fetch/node";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const folder = await mkdtemp("/tmp/source-");
 * await writeFile(`${folder}/trip.mp4`, new Uint8Array(10_000_000));
 * const { size } = await upload(client, { key: "trip.mp4", body: fileSource(`${folder}/trip.mp4`) });
 * console.log(size); // 10000000
 * await rm(folder, { recursive: true });
 * ```
 */
export function fileSource(file: string | URL | ReadableNodeFile | ReadableDenoFile): SourceOpener {
  if ((typeof file === "string" && file !== "") || file instanceof URL) {
    const path = typeof file === "string" ? file : fileURLToPath(file);
    return { open: () => openPath(path) };
  }
  const borrowed = isReadableDeno(file) ? readDeno(file) : isReadableNode(file) ? readNode(file) : undefined;
  if (!borrowed) {
    throw new TypeError(
      `file must be a path, a file: URL, a FileHandle or a Deno.FsFile, got ${file === "" ? '""' : kindOf(file)}`,
    );
  }
  return { open: () => openHeld({ file: borrowed, title: "the open file", close() {} }) };
}

async function openPath(path: string): Promise<Source> {
  // To open a pipe waits for its other end, in a thread that nothing calls back. What is missing `open` tells.
  if (
    await stat(path).then(
      (found) => !found.isFile(),
      () => false,
    )
  )
    throw irregular(JSON.stringify(path));
  const handle = await open(path, "r");
  return openHeld({
    file: readNode(handle),
    name: basename(path),
    title: JSON.stringify(path),
    close: () => handle.close(),
  });
}

async function openHeld(held: Held): Promise<Source> {
  const { file, title, name } = held;
  try {
    const { regular, size, modified } = await file.facts();
    // A pipe has no length and no positions, and a folder no bytes.
    if (!regular) throw irregular(title);
    // Those that the system makes up, in /proc, say that they are empty.
    if (size === 0 && (await file.read(new Uint8Array(1), 0, 0)) > 0) {
      throw new TypeError(`file must tell its length, got ${title}: give a stream of it`);
    }
    const buffers = createBuffers();
    const doors = createDoors(held);
    const read = async (start: number, end: number): Promise<Bytes> => {
      const part = buffers.take(end - start);
      let position = 0;
      while (position < part.length) {
        const count = await file.read(part, position, start + position);
        if (count === 0) throw changed(title, `it ends at ${start + position}`);
        position += count;
      }
      const now = await file.facts();
      if (now.size !== size) throw changed(title, `it has ${now.size} bytes`);
      if (now.modified !== modified) throw changed(title, "it was written to");
      return part;
    };
    return {
      ...readable(size, undefined, (start, end) => doors.pass(() => read(start, end))),
      name,
      lastModified: modified,
      recycle: buffers.recycle,
      close: doors.close,
    };
  } catch (error) {
    await held.close();
    throw error;
  }
}

function irregular(title: string): TypeError {
  return new TypeError(`file must be a regular file, got ${title}: give a stream of a pipe or device`);
}

function changed(title: string, how: string): SourceChangedError {
  return new SourceChangedError(`Cannot read ${title}: ${how}, so it changed since the upload began`);
}

/** Lets nobody in once it is closed, and lets go of the file when the last one is out. */
function createDoors({ close, title }: Held): { pass<T>(work: () => Promise<T>): Promise<T>; close(): void } {
  let inside = 0;
  let closed = false;
  const leave = (): void => {
    // The system may refuse to close what failed before; nothing is lost by that, for nothing was written.
    if (closed && inside === 0) Promise.resolve(close()).catch(() => undefined);
  };
  return {
    async pass(work) {
      if (closed) throw new Error(`Cannot read ${title}: the source was closed`);
      inside++;
      try {
        return await work();
      } finally {
        inside--;
        leave();
      }
    },
    close() {
      if (closed) return;
      closed = true;
      leave();
    },
  };
}
