/**
 * How much lies below a prefix.
 * @module
 */
import type { BaseInput } from "../core/operation.ts";
import { pages } from "../core/pages.ts";
import { show } from "../core/validate.ts";
import { listObjectsV2 } from "../operations/object/list.ts";
import type { CallOptions, Client } from "../types.ts";

/** Input of `folderSize`. */
export interface FolderSizeInput extends BaseInput {
  /** What the keys begin with: `photos/` for a folder, `""` for the whole bucket. */
  readonly prefix: string;
}

/** How to measure; nothing of it goes on the wire. */
export interface FolderSizeOptions extends CallOptions {
  /** Milliseconds for each page of the list. @default the client's `timeout` */
  readonly timeout?: number | undefined;
  /** Measures each folder directly below the prefix as well; mostly `/`. */
  readonly delimiter?: string | undefined;
  /** Called after each page with what was found so far; the next page waits for it. What it throws ends the call. */
  readonly onProgress?: ((progress: Amount) => void) | undefined;
}

/** So many objects of so many bytes. */
export interface Amount {
  readonly objects: number;
  /** Bytes. */
  readonly size: number;
}

interface Sum {
  objects: number;
  size: number;
}

/** What lies below the prefix. */
export interface FolderSize extends Amount {
  /** The same by storage class: `Standard`, `IA`, ... */
  readonly byStorageClass: Readonly<Record<string, Amount>>;
  /** With `delimiter`: the same by folder, in order; what lies in none is in the sum alone. */
  readonly folders?: readonly (Amount & { readonly prefix: string })[];
}

/**
 * Adds up the sizes of all objects whose keys begin with a prefix. Memory holds a page of the list and the folders.
 * @param client the client
 * @param input the prefix
 * @param options how to measure
 * @returns bytes and objects, in all and by storage class
 * @throws TypeError when the prefix or the delimiter is no text: before any request
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, folderSize, putObject } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putObject(client, { key: "2025/a.txt", body: "hello" });
 * const { size, objects, folders } = await folderSize(client, { prefix: "" }, { delimiter: "/" });
 * console.log(size, objects, folders); // 5 1 [{ prefix: "2025/", size: 5, objects: 1 }]
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/listobjectsv2
 */
export async function folderSize(
  client: Client,
  input: FolderSizeInput,
  options: FolderSizeOptions = {},
): Promise<FolderSize> {
  const { bucket, headers, query, requestPayer, prefix } = input;
  const { delimiter, onProgress, ...call } = options;
  if (typeof prefix !== "string") throw new TypeError(`prefix must be text, got ${show(prefix)}`);
  if (delimiter !== undefined && typeof delimiter !== "string")
    throw new TypeError(`delimiter must be text, got ${show(delimiter)}`);
  if (onProgress !== undefined && typeof onProgress !== "function")
    throw new TypeError(`onProgress must be a function, got ${show(onProgress)}`);
  const sum = { objects: 0, size: 0 };
  const classes = new Map<string, Sum>();
  const folders: (Sum & { prefix: string })[] = [];
  const list = { bucket, headers, query, requestPayer, prefix, maxKeys: 1000 };
  for await (const page of pages(client, listObjectsV2, list, call)) {
    for (const { key, size, storageClass = "Standard" } of page.objects) {
      const byClass = classes.get(storageClass) ?? { objects: 0, size: 0 };
      classes.set(storageClass, byClass);
      const folder = folderOf(key);
      for (const amount of folder ? [sum, byClass, folder] : [sum, byClass]) {
        amount.objects += 1;
        amount.size += size;
      }
    }
    // One that is asynchronous would otherwise fail outside of the call, where it would end a server.
    await onProgress?.({ ...sum });
  }
  return { ...sum, byStorageClass: Object.fromEntries(classes), ...(delimiter && { folders }) };

  /** Keys come in order, so those of a folder come together. */
  function folderOf(key: string): Sum | undefined {
    const cut = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
    if (!delimiter || cut < 0) return undefined;
    const name = key.slice(0, cut + delimiter.length);
    const last = folders.at(-1);
    if (last?.prefix === name) return last;
    const folder = { prefix: name, objects: 0, size: 0 };
    folders.push(folder);
    return folder;
  }
}
