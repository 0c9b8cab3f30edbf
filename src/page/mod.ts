/**
 * What only a page has: files that somebody chose or dropped, and a place to save objects.
 *
 * ```ts
 * import { walkInput } from "oss-fetch/page";
 * console.log(walkInput([new File(["hello"], "hello.txt")]).length); // of an <input type="file">
 * ```
 * @module
 */
export { askToRead, type ReadPermission, readPermission } from "./ask_to_read.ts";
export { matchTransfers, type TransferMatch } from "./match_transfers.ts";
export {
  type PickedFile,
  type ReadableDirectoryHandle,
  type ReadableFileHandle,
  type WalkOptions,
  walkInput,
} from "./picked_file.ts";
export { type SaveAsOptions, type SaveAsResult, saveAs } from "./save_as.ts";
export { walkDirectory } from "./walk_directory.ts";
export { type DroppedData, type DroppedItem, walkDrop } from "./walk_drop.ts";
