/**
 * Pieces of an unfinished object as files, closed one by one and put together at the end. Loaded on demand.
 * @module
 */
import type { Bytes } from "../types.ts";
import { anew, type BlobTarget, type PartialTarget } from "./create_sink.ts";
import type { WritableFile, WritableFileHandle } from "./file_system.ts";

/** The folder of all pieces. */
const FOLDER = "oss-fetch-pieces";

/** A folder of the OPFS. */
export interface PieceFolder {
  getDirectoryHandle(name: string, options?: { create?: boolean }): Promise<PieceFolder>;
  getFileHandle(name: string, options?: { create?: boolean }): Promise<PieceHandle>;
  removeEntry(name: string, options?: { recursive?: boolean }): Promise<void>;
  values(): AsyncIterableIterator<{ readonly kind: string; readonly name: string }>;
}

interface PieceHandle extends WritableFileHandle {
  getFile(): Promise<Blob>;
}

/** A piece that is closed. The later run is right where two overlap. */
interface Piece {
  readonly run: number;
  readonly start: number;
  readonly blob: Blob;
}

/** A piece that is being written. */
interface OpenPiece {
  readonly start: number;
  end: number;
  readonly handle: Promise<PieceHandle>;
  readonly file: Promise<WritableFile>;
}

/**
 * Removes pieces, if there are some.
 * @param root the OPFS
 * @param tag of the object
 */
export async function removePieces(root: () => Promise<PieceFolder>, tag: string): Promise<void> {
  const ignore = (): undefined => undefined;
  const folder = await root()
    .then((opfs) => opfs.getDirectoryHandle(FOLDER))
    .catch(ignore);
  await folder?.removeEntry(tag, { recursive: true }).catch(ignore);
}

/** What closed files of earlier runs hold, the latest run last. */
async function listPieces(folder: PieceFolder): Promise<Piece[]> {
  const names: string[] = [];
  for await (const { name } of folder.values()) names.push(name);
  const pieces: Piece[] = [];
  for (const name of names) {
    const [, run, start] = /^(\d+)-(\d+)$/.exec(name) ?? [];
    // What a browser that was killed left of a file that was not closed.
    if (run === undefined) await folder.removeEntry(name).catch(() => undefined);
    else
      pieces.push({ run: Number(run), start: Number(start), blob: await (await folder.getFileHandle(name)).getFile() });
  }
  return pieces.sort((a, b) => a.run - b.run || a.start - b.start);
}

/**
 * Opens the pieces of an object. Where the browser has no room for them, in a private window for example, it is written
 * to its place at once, and begins anew each time.
 * @param root the OPFS
 * @param tag of the object
 * @param openWhole opens its place, when all is there
 */
export async function openPieces(
  root: () => Promise<PieceFolder>,
  tag: string,
  openWhole: () => Promise<BlobTarget>,
): Promise<PartialTarget> {
  let folder: PieceFolder;
  let pieces: Piece[];
  try {
    const all = await (await root()).getDirectoryHandle(FOLDER, { create: true });
    folder = await all.getDirectoryHandle(tag, { create: true });
    pieces = await listPieces(folder);
  } catch {
    return anew(await openWhole());
  }
  const run = (pieces.at(-1)?.run ?? 0) + 1;
  const open = new Set<OpenPiece>();
  let size = 0;

  const begin = (start: number): OpenPiece => {
    const handle = folder.getFileHandle(`${run}-${start}`, { create: true });
    const file = handle.then((created) => created.createWritable({ keepExistingData: false }));
    const piece = { start, end: start, handle, file };
    open.add(piece);
    return piece;
  };
  const close = async (piece: OpenPiece): Promise<void> => {
    open.delete(piece);
    await (await piece.file).close();
    pieces.push({ run, start: piece.start, blob: await (await piece.handle).getFile() });
  };
  let synced: Promise<unknown> = Promise.resolve();
  const sync = async (): Promise<void> => {
    // A piece that is still being closed for the record is not there yet.
    synced = synced.then(() => Promise.all([...open].map(close)));
    await synced;
  };
  const read = async (start: number, end: number): Promise<Bytes> => {
    const bytes = new Uint8Array(end - start);
    for (const { start: at, blob } of pieces) {
      const [from, to] = [Math.max(start, at), Math.min(end, at + blob.size)];
      if (from < to) bytes.set(new Uint8Array(await blob.slice(from - at, to - at).arrayBuffer()), from - start);
    }
    return bytes;
  };
  const remove = (): Promise<void> => removePieces(root, tag);
  const putTogether = async (): Promise<void> => {
    let at = 0;
    for (const { start, blob } of [...pieces].sort((a, b) => a.start - b.start))
      if (start <= at) at = Math.max(at, start + blob.size);
    if (at < size) throw new Error(`Cannot put the file together: a piece at ${at} has been removed`);
    const whole = await openWhole();
    try {
      await whole.resize(size);
      // The browser copies them: they are not read into memory.
      for (const { start, blob } of pieces) await whole.write(blob, start);
      await whole.publish();
    } catch (error) {
      await Promise.resolve(whole.discard(error)).catch(() => undefined);
      throw error;
    }
  };

  return {
    left: Math.max(0, ...pieces.map(({ start, blob }) => start + blob.size)),
    resize(bytes) {
      size = bytes;
    },
    async write(chunk, position) {
      const piece = [...open].find(({ end }) => end === position) ?? begin(position);
      const offset = position - piece.start;
      piece.end += chunk.length;
      await (await piece.file).write({ type: "write", position: offset, data: chunk });
    },
    read,
    sync,
    async publish() {
      await sync();
      await putTogether();
      await remove();
    },
    keep: sync,
    async discard(reason) {
      await Promise.allSettled([...open].map(async ({ file }) => (await file).abort(reason)));
      await remove();
    },
  };
}
