/**
 * Downloads of many objects into a folder.
 * @module
 */
import { each } from "../core/pages.ts";
import { show } from "../core/validate.ts";
import { listObjectsV2 } from "../operations/object/list.ts";
import type { SinkFolder } from "../streams/sink.ts";
import type { CallOptions, Client, MaybePromise } from "../types.ts";
import type { DownloadInput, DownloadToOptions } from "./download/types.ts";
import { downloadTo } from "./download_to.ts";
import { createClaims } from "./files/claims.ts";
import { type FileUnit, runFiles } from "./files/run.ts";
import type { FilesOptions, FilesResult } from "./files/types.ts";

/** An object to download. */
export interface ObjectToDownload {
  readonly key: string;
  readonly versionId?: string | undefined;
  /** Bytes, for the progress. */
  readonly size?: number | undefined;
  /** The higher is downloaded first, among those found. @default 0 */
  readonly priority?: number | undefined;
}

/** Input of `downloadAll`: which objects, and the fields of `downloadTo` for all of them. */
export interface DownloadAllInput
  extends Pick<DownloadInput, "bucket" | "headers" | "query" | "requestPayer" | "process" | "trafficLimit"> {
  /** What the keys begin with: `photos/` for a folder, `""` for the whole bucket. */
  readonly prefix?: string | undefined;
  /** These objects instead of a prefix. */
  readonly objects?: Iterable<string | ObjectToDownload> | AsyncIterable<string | ObjectToDownload> | undefined;
}

/** How to download many objects; nothing of it goes on the wire. */
export interface DownloadAllOptions extends FilesOptions, Pick<DownloadToOptions, "verify"> {
  /** The path of an object in the folder. @default its key, without the folders that `prefix` names */
  readonly path?: ((object: ObjectToDownload) => string) | undefined;
  /** Leaves out what it says false of. */
  readonly filter?: ((object: ObjectToDownload) => MaybePromise<boolean>) | undefined;
}

interface DownloadUnit extends FileUnit {
  readonly versionId: string | undefined;
}

/**
 * Downloads all objects below a prefix, or those named, into a folder: as they are listed, several at once, all of
 * them sharing one pool of requests.
 *
 * No object gets out of the folder: a key whose path would, on any system (`../a`, `/a`, `a\b`, `CON`), fails. No
 * object overwrites another: the second of two keys that are one path, if only for a file system that ignores case,
 * fails, and so does `a/b` beside `a`. Name such objects with `path`. Files that were there before are replaced, each
 * when its object is there as a whole. Folder markers (`a/`, without a byte) are left out.
 *
 * With `checkpoints` the same call goes on after a crash, an abort or a failure: of each object that had begun to arrive
 * it fetches the rest. Those that are done are fetched again: leave them out with `filter`.
 *
 * @param client the client
 * @param input which objects
 * @param folder where they go: `directorySink(handle)`, or `folderSink(path)` of `oss-fetch/node`
 * @param options how to do it
 * @returns how many objects of how many bytes were downloaded
 * @throws TypeError, RangeError on bad arguments, before any request
 * @throws TransferError when objects failed: `failures` names them by `key` and `path`, `result` counts the others
 * @example
 * ```ts
 * import { createClient, downloadAll, memorySink, putObject } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putObject(client, { key: "2025/a/b.txt", body: "hello" });
 * const folder = { file: (path: string) => (console.log(path), memorySink()) }; // a/b.txt
 * console.log(await downloadAll(client, { prefix: "2025/" }, folder)); // { files: 1, size: 5, skipped: 0 }
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getobject
 */
export async function downloadAll(
  client: Client,
  input: DownloadAllInput,
  folder: SinkFolder,
  options: DownloadAllOptions = {},
): Promise<FilesResult> {
  const { prefix, objects, ...shared } = input;
  const { path: pathOf = ({ key }): string => key.slice((prefix ?? "").lastIndexOf("/") + 1), filter } = options;
  const { verify } = options;
  if ((prefix === undefined) === (objects === undefined))
    throw new TypeError("Cannot download all objects: give either prefix or objects");
  if (prefix !== undefined && typeof prefix !== "string")
    throw new TypeError(`prefix must be text, got ${show(prefix)}`);
  if (objects !== undefined && (typeof objects === "string" || !isIterable(objects)))
    throw new TypeError(`objects must be iterable, got ${show(objects)}`);
  if (typeof (Object(folder) as Partial<SinkFolder>).file !== "function")
    throw new TypeError(`folder must have a function file(path), got ${show(folder)}`);
  for (const [name, value] of Object.entries({ path: pathOf, filter }))
    if (value !== undefined && typeof value !== "function")
      throw new TypeError(`${name} must be a function, got ${show(value)}`);
  if (verify !== undefined) (await import("./download/check.ts")).checkDownload({ verify });

  const claims = createClaims();
  const unitOf = (object: ObjectToDownload): DownloadUnit => {
    const { key, versionId, size, priority = 0 } = object;
    const path = pathOf(object);
    try {
      claims.take(path);
      return { path, key, versionId, size, priority };
    } catch (refused) {
      return { path, key, versionId, size, priority, refused };
    }
  };
  const listed = (call: CallOptions): AsyncIterable<string | ObjectToDownload> => {
    const { bucket, headers, query, requestPayer } = input;
    return each(client, listObjectsV2, { bucket, headers, query, requestPayer, prefix, maxKeys: 1000 }, call);
  };
  return runFiles<DownloadUnit>({
    client,
    title: `Cannot download all ${prefix === undefined ? "objects" : `below ${show(prefix)}`}`,
    options,
    async *walk(call) {
      for await (const found of objects ?? listed(call)) {
        const object = typeof found === "string" ? { key: found } : found;
        if (typeof Object(object).key !== "string") throw new TypeError(`objects must have keys, got ${show(object)}`);
        const marker = object.key.endsWith("/") && object.size === 0;
        yield !marker && (!filter || (await filter(object))) ? unitOf(object) : undefined;
      }
    },
    transfer: ({ key, versionId, path }, call) =>
      downloadTo(client, { ...shared, key, versionId }, folder.file(path), { ...call, verify }),
  });
}

function isIterable(value: unknown): boolean {
  return Symbol.iterator in Object(value) || Symbol.asyncIterator in Object(value);
}
