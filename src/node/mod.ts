/**
 * Files and folders of the file system, in Node.js, Bun and Deno.
 *
 * ```ts
 * import { fileSink, fileSource } from "oss-fetch/node";
 * const body = fileSource("/tmp/trip.mp4"); // for upload
 * console.log(typeof body.open);
 * const sink = fileSink("/tmp/trip.mp4"); // for downloadTo
 * await sink.abort();
 * ```
 * @module
 */
export { type FileSinkOptions, fileSink } from "./file_sink.ts";
export { fileSource } from "./file_source.ts";
export { folderSink } from "./folder_sink.ts";
export type { DenoFile, NodeFile } from "./open_file.ts";
export type { ReadableDenoFile, ReadableNodeFile } from "./read_file.ts";
export { type FolderFile, type WalkFolderOptions, walkFolder } from "./walk_folder.ts";
