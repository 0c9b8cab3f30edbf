/**
 * The file that an upload reads.
 * @module
 */
import type { FileHandle } from "oss-fetch";
import { rootOf } from "../session/explain.ts";

/** A file that was picked, or that a record has a handle of. */
export interface OneFile {
  /** Its name, with the folders below that of the page. */
  readonly path: string;
  readonly file: Blob;
  readonly handle?: FileHandle | undefined;
}

/** It can be read, but is not the one that its upload began with. */
export class OtherFileError extends Error {
  override readonly name = "OtherFileError";
}

/** The file, if it can be read. */
export async function readFile(source: Blob | FileHandle | undefined): Promise<Blob | undefined> {
  try {
    const file = source && "getFile" in source ? await source.getFile() : source;
    await file?.slice(0, 1).arrayBuffer();
    return file;
  } catch {
    return undefined;
  }
}

/** Tells a file that is another one from a file that is gone, or was changed since it was chosen. */
export async function sourceError(error: unknown, source: Blob | FileHandle | undefined): Promise<unknown> {
  const changed = (rootOf(error) as Error).name === "SourceChangedError";
  return changed && (await readFile(source)) ? new OtherFileError("The file is another one", { cause: error }) : error;
}
