/**
 * Uploads for `await using`.
 * @module
 */
import type { Progress } from "../../streams/progress.ts";
import type { Upload } from "./types.ts";

/** An upload without what only some runtimes have. */
export type UndisposedUpload = Omit<Upload, symbol> & AsyncIterable<Progress>;

/**
 * Makes an upload one that `await using` discards, where the runtime has a symbol for it.
 * @param upload the job; it is changed
 */
export function disposable(upload: UndisposedUpload): Upload {
  const { asyncDispose } = Symbol as { readonly asyncDispose?: symbol };
  const dispose = async (): Promise<void> => {
    if (upload.state === "running" || upload.state === "paused") await upload.discard();
  };
  // Where a compiler knows of the symbol, whoever uses it sees to it that the runtime does.
  return Object.assign(upload, asyncDispose && { [asyncDispose]: dispose }) as Partial<Upload> as Upload;
}
