/**
 * The way to pieces in the origin private file system (OPFS): what a page writes to a file vanishes with the page, unless
 * the file was closed.
 * @module
 */
import type { BlobTarget, PartialPlace } from "./create_sink.ts";
import type { PieceFolder } from "./piece_files.ts";

/** `navigator`, as far as it is used. */
interface Storing {
  readonly navigator?: { readonly storage?: { getDirectory?(): Promise<unknown> } };
}

/**
 * Where the pieces of an unfinished object are.
 * @param name of the place that the object goes to
 * @param openWhole opens that place, when all pieces are there
 * @returns nothing where there is no OPFS
 */
export function piecesOf(name: string, openWhole: () => Promise<BlobTarget>): PartialPlace | undefined {
  const storage = (globalThis as Storing).navigator?.storage;
  if (!storage?.getDirectory) return undefined;
  // The types of the DOM are not there everywhere.
  const root = async (): Promise<PieceFolder> => (await storage.getDirectory?.()) as PieceFolder;
  return {
    name,
    ambiguous: true,
    begin: async (tag) => (await import("./piece_files.ts")).openPieces(root, tag, openWhole),
    discard: async (tag) => (await import("./piece_files.ts")).removePieces(root, tag),
  };
}
