/**
 * Downloads that end as a file of whoever looks at the page.
 * @module
 */
import { checkKey, show } from "../core/validate.ts";
import { fileHandleSink } from "../streams/file_handle_sink.ts";
import type { WritableFileHandle } from "../streams/file_system.ts";
import { blobSink } from "../streams/memory_sink.ts";
import type { Sink } from "../streams/sink.ts";
import type { DownloadInput, DownloadToOptions, DownloadToResult } from "../transfer/download/types.ts";
import { downloadTo } from "../transfer/download_to.ts";
import type { Client } from "../types.ts";
import { handOver, isPage } from "./hand_over.ts";
import { openTemporary } from "./temporary_file.ts";

/** How to save an object; nothing of it goes on the wire. */
export interface SaveAsOptions extends DownloadToOptions {
  /** The file's name, which a person may change in a picker. @default the last part of the key */
  readonly suggestedName?: string | undefined;
  /** Asks where to save, where the browser can. @default true */
  readonly picker?: boolean | undefined;
}

/** The object that was saved, and how. */
export interface SaveAsResult extends DownloadToResult {
  /**
   * `picker`: written to the file that was chosen. `opfs`: written to a temporary file of the origin and given to the
   * browser's downloads. `blob`: kept by the browser as a Blob and given to its downloads, for want of a file system.
   */
  readonly via: "picker" | "opfs" | "blob";
  /** The file's name; the browser may add to one that is taken. */
  readonly name: string;
}

/** `showSaveFilePicker` of Chromium. */
interface Picking {
  showSaveFilePicker?(options: { suggestedName: string }): Promise<PickedHandle>;
}

interface PickedHandle extends WritableFileHandle {
  readonly name: string;
  getFile(): Promise<Blob>;
  remove?(): Promise<void>;
}

/**
 * Saves an object as a file of whoever looks at the page: where a person chooses (Chromium; call it in a click, before
 * any `await`), else in the folder of downloads. Every byte is checked before the file is there.
 *
 * Without a picker the object is first written to the origin private file system, so the browser needs room for it
 * twice; that file and its URL are removed some minutes later, or by the next call when the page was closed before.
 *
 * @param client the client
 * @param input the object: key, version, range, and the other fields of GetObject
 * @param options how to do it
 * @returns the object's properties, and by which way it was saved under which name
 * @throws TypeError, RangeError on bad arguments, and outside of pages, before any request
 * @throws DOMException `AbortError` when the picker was closed
 * @throws ServiceError, TransferError as `downloadTo` does, also for want of room (its `cause`); nothing is saved then
 * @example
 * ```ts
 * import { createClient } from "oss-fetch";
 * import { saveAs } from "oss-fetch/page";
 * const client = createClient({ region: "cn-hangzhou", bucket: "photos", credentials: "anonymous" });
 * const onclick = async (): Promise<void> => {
 *   const { via, name, size } = await saveAs(client, { key: "2025/trip.mp4" });
 *   console.log(`${name}, ${size} bytes: ${via === "picker" ? "saved" : "in your downloads"}`);
 * };
 * console.log(typeof onclick);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getobject
 */
export async function saveAs(client: Client, input: DownloadInput, options: SaveAsOptions = {}): Promise<SaveAsResult> {
  const { suggestedName, picker = true, ...download } = options;
  checkKey(input.key);
  if (suggestedName !== undefined && (typeof suggestedName !== "string" || suggestedName === ""))
    throw new TypeError(`suggestedName must be a file name, got ${show(suggestedName)}`);
  if (!isPage()) throw new TypeError("Cannot save outside of a page: use downloadTo there");
  options.signal?.throwIfAborted();
  const name = fileName(suggestedName ?? input.key);

  // Nothing is awaited before this: the picker wants the click.
  const picked = picker ? await pick(name) : undefined;
  if (picked) {
    let done = false;
    try {
      const result = await downloadTo(client, input, fileHandleSink(picked), download);
      done = isSaved(result);
      return { ...result, via: "picker", name: picked.name };
    } finally {
      if (!done) await removeEmpty(picked);
    }
  }
  const save = async (
    sink: Sink,
    finish: (type: string | undefined) => Promise<() => void>,
  ): Promise<DownloadToResult> => {
    const result = await downloadTo(client, input, sink, download);
    if (isSaved(result)) await finish(result.contentType);
    return result;
  };
  const temporary = await openTemporary(client.context.now());
  if (temporary) {
    let result: DownloadToResult | undefined;
    try {
      result = await save(temporary.sink, async () => handOver(await temporary.file(), name, temporary.remove));
      return { ...result, via: "opfs", name };
    } finally {
      if (!result || !isSaved(result)) await temporary.remove();
    }
  }
  const sink = blobSink();
  const result = await save(sink, async (type) => handOver(sink.blob(type), name));
  return { ...result, via: "blob", name };
}

/** With 304 there is nothing to save. */
function isSaved({ status }: DownloadToResult): boolean {
  return status < 300;
}

/** Asks for a file; `undefined` where the page may not ask. */
async function pick(suggestedName: string): Promise<PickedHandle | undefined> {
  try {
    return await (globalThis as Picking).showSaveFilePicker?.({ suggestedName });
  } catch (error) {
    // No click, or a frame of another origin: the downloads do without.
    if ((Object(error) as Partial<Error>).name === "SecurityError") return undefined;
    throw error;
  }
}

/** A picker makes an empty file, which would be left behind. */
async function removeEmpty(handle: PickedHandle): Promise<void> {
  try {
    if ((await handle.getFile()).size === 0) await handle.remove?.();
  } catch {
    // The failure that brought us here tells more.
  }
}

/** The last part of a key, without what some system refuses in a name. */
function fileName(key: string): string {
  const last = key.split("/").filter(Boolean).at(-1) ?? key;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return last.replace(/[\x00-\x1f\x7f<>:"\\|?*/]/g, "_").replace(/^\.+|[. ]+$/g, "_");
}
