/**
 * Uploads of many files and folders.
 * @module
 */
import type { CheckpointStore } from "../checkpoints.ts";
import { checkKey, show } from "../core/validate.ts";
import { abortable } from "../streams/abort.ts";
import type { SourceBody } from "../streams/source.ts";
import type { Client, MaybePromise } from "../types.ts";
import { type FileUnit, runFiles } from "./files/run.ts";
import type { FilesOptions, FilesResult } from "./files/types.ts";
import type { DoneKeeper } from "./resume/keep_done.ts";
import type { UploadInput, UploadResult } from "./upload/types.ts";
import { upload } from "./upload.ts";

/** A file to upload, as walkers find it. */
export interface FileToUpload {
  /** Relative, with `/`; its key is made of it. */
  readonly path: string;
  /** What `upload` takes as a body, or what opens it when its turn has come. */
  readonly file: SourceBody | (() => MaybePromise<SourceBody>);
  /** Bytes, where `file` does not tell. */
  readonly size?: number | undefined;
  /** The higher is uploaded first, among those found. @default 0 */
  readonly priority?: number | undefined;
}

/** Input of `uploadAll`: what is uploaded, and the fields of `upload` for all of it. */
export interface UploadAllInput extends Omit<UploadInput, "key" | "body" | "contentLength"> {
  /** The files: of `walkDrop`, `walkDirectory`, `walkInput`, `walkFolder`, or your own; a `File` is its name and itself. */
  readonly files: Iterable<FileToUpload | File> | AsyncIterable<FileToUpload | File>;
  /** What keys begin with: `photos/`. @default "" */
  readonly prefix?: string | undefined;
}

/** How to upload many files; nothing of it goes on the wire. */
export interface UploadAllOptions extends FilesOptions {
  /** The key of a file, instead of `prefix` and its path. */
  readonly key?: ((file: FileToUpload) => string) | undefined;
  /** Leaves out what it says false of. */
  readonly filter?: ((file: FileToUpload) => MaybePromise<boolean>) | undefined;
  /** Fields of `upload` for one file, such as its content type. */
  readonly describe?: ((file: FileToUpload) => Partial<Omit<UploadInput, "key" | "body">>) | undefined;
}

interface UploadUnit extends FileUnit {
  readonly source: FileToUpload;
}

/**
 * Uploads files and folders, however many: as they are found, several at once, all of them sharing one pool of
 * requests. Small files take one request, large ones parallel parts.
 *
 * A file that fails does not keep others from being uploaded; a network that is down, keys that are refused or a bucket
 * that is missing do. Two files never become one object: the second one fails. Memory holds the names of the files,
 * and as many parts as there are requests.
 *
 * With `checkpoints` the same call goes on after a crash, an abort or a failure: of large files it sends what the service
 * does not have, nothing of those that are done. Files of one request are sent again. The store forgets the files that
 * are done, those of this call, when all of them are.
 *
 * @param client the client
 * @param input the files, and what all objects have in common
 * @param options how to do it
 * @returns how many files of how many bytes were uploaded
 * @throws TypeError, RangeError on bad arguments, before any request
 * @throws TransferError when files failed: `failures` names them by `path` and `key`, `result` counts the others
 * @example
 * ```ts
 * import { createClient, uploadAll } from "oss-fetch";
 * import { memoryStore } from "oss-fetch/stores/memory";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const files = [{ path: "2025/a.txt", file: "hello" }, { path: "2025/b.txt", file: new Blob(["you"]) }];
 * const { size } = await uploadAll(client, { files, prefix: "backup/" }, {
 *   concurrency: 8,
 *   checkpoints: memoryStore(), // of oss-fetch/stores; fileSystemStore or indexedDBStore outlive a crash
 *   onProgress: ({ acknowledged, total, final }) => console.log(acknowledged, total, final),
 * });
 * console.log(size); // 8
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putobject
 */
export async function uploadAll(
  client: Client,
  input: UploadAllInput,
  options: UploadAllOptions = {},
): Promise<FilesResult> {
  const { files, prefix = "", ...shared } = input;
  const { key: keyOf = ({ path }): string => prefix + path, filter, describe } = options;
  if (typeof prefix !== "string") throw new TypeError(`prefix must be text, got ${show(prefix)}`);
  if (typeof files === "string" || !(Symbol.iterator in Object(files) || Symbol.asyncIterator in Object(files)))
    throw new TypeError(`files must be iterable, got ${show(files)}`);
  for (const [name, value] of Object.entries({ key: keyOf, filter, describe }))
    if (value !== undefined && typeof value !== "function")
      throw new TypeError(`${name} must be a function, got ${show(value)}`);

  const keys = new Set<string>();
  const unitOf = (source: FileToUpload): UploadUnit => {
    const { path, size = sizeOf(source.file), priority = 0 } = source;
    const key = keyOf(source);
    try {
      if (typeof path !== "string") throw new TypeError(`path must be text, got ${show(path)}`);
      checkKey(key);
      if (keys.has(key)) throw new TypeError(`Cannot upload ${show(path)} as ${show(key)}: another file has that key`);
      keys.add(key);
      return { path, key, size, priority, source };
    } catch (refused) {
      return { path, key, size, priority, source, refused };
    }
  };
  let keeper: DoneKeeper | undefined;
  const result = await runFiles<UploadUnit>({
    client,
    title: "Cannot upload all files",
    options,
    async *walk() {
      const { checkpoints } = options;
      if (checkpoints) keeper = (await import("./resume/keep_done.ts")).keepDone(checkpoints, client.context.warn);
      for await (const found of files) {
        if (Object(found) !== found) throw new TypeError(`files must be Files or { path, file }, got ${show(found)}`);
        const source = isFile(found) ? { path: found.webkitRelativePath || found.name, file: found } : found;
        yield !filter || (await filter(source)) ? unitOf(source) : undefined;
      }
    },
    async transfer({ key, source }, call) {
      const { file } = source;
      // What opens it may take its time, or never answer.
      const body = typeof file === "function" ? await abortable((async () => file())(), call.signal) : file;
      const send = (checkpoints?: CheckpointStore): Promise<UploadResult> =>
        upload(client, { ...shared, ...describe?.(source), key, body }, { ...call, checkpoints });
      return keeper ? keeper.file(send) : send();
    },
  });
  await keeper?.forget();
  return result;
}

/** Told by its shape: `instanceof` fails for what another realm made. */
function isFile(found: FileToUpload | File): found is File {
  return "arrayBuffer" in found && "name" in found;
}

/** Bytes of what tells them at once. */
function sizeOf(file: FileToUpload["file"]): number | undefined {
  if (file instanceof ArrayBuffer || ArrayBuffer.isView(file)) return file.byteLength;
  const { arrayBuffer, size } = Object(file) as Partial<Blob>;
  return arrayBuffer && size;
}
