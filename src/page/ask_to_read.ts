/**
 * Permission to read files again whose handles were kept.
 * @module
 */
import type { FileHandle } from "../types.ts";

/**
 * Whether a file may be read. `granted`: now. `prompt`: once somebody was asked. `denied`: only when it is chosen again.
 */
export type ReadPermission = "granted" | "denied" | "prompt";

/** A `FileSystemFileHandle` of Chromium, as far as it is asked; others give handles of the origin's own files alone. */
interface AskableHandle extends FileHandle {
  readonly name?: string;
  isSameEntry?(other: object): Promise<boolean>;
  queryPermission?(descriptor: { mode: "read" }): Promise<ReadPermission>;
  requestPermission?(descriptor: { mode: "read" }): Promise<ReadPermission>;
}

/**
 * Tells whether a file may be read, and asks nobody. Files of the origin private file system always may.
 * @param handle a `FileSystemFileHandle`: of a picker, a drop, or a record
 * @returns the permission; it never rejects
 * @example
 * ```ts
 * import { readPermission } from "oss-fetch/page";
 * const handle = { getFile: async () => new File(["hello"], "hello.txt") };
 * console.log(await readPermission(handle)); // granted
 * ```
 */
export function readPermission(handle: FileHandle): Promise<ReadPermission> {
  return answered(handle, "queryPermission");
}

/**
 * Asks whoever looks at the page whether files may be read, each file once; those that are known are not asked for. To
 * be called in the listener of a click, before any `await`: a browser asks nobody else.
 *
 * Where the answer is `denied`, the browser does not ask again: the file has to be chosen again, which allows it.
 * @param handles a `FileSystemFileHandle` each, of records for example
 * @returns their permissions, in the same order; still `prompt` where nobody answered, or nobody had clicked. It never
 *   rejects
 * @example
 * ```ts
 * import { createClient, type UploadRecord, upload } from "oss-fetch";
 * import { askToRead } from "oss-fetch/page";
 * import { indexedDBStore } from "oss-fetch/stores/indexed-db";
 * const client = createClient({ region: "cn-hangzhou", bucket: "photos", credentials: "anonymous" });
 * const checkpoints = indexedDBStore();
 * async function onclick({ key, name, handle }: UploadRecord): Promise<void> {
 *   const [permission] = await askToRead(handle ? [handle] : []);
 *   if (handle && permission === "granted") await upload(client, { key, body: handle }, { checkpoints });
 *   else console.log(`Choose ${name} again`);
 * }
 * console.log(typeof onclick);
 * ```
 */
export async function askToRead(handles: Iterable<FileHandle>): Promise<ReadPermission[]> {
  const asked: { readonly handle: AskableHandle; readonly answer: Promise<ReadPermission> }[] = [];
  const answers: Promise<ReadPermission>[] = [];
  for (const handle of handles as Iterable<AskableHandle>) {
    let answer: Promise<ReadPermission> | undefined;
    for (const before of asked) if (await isSame(before.handle, handle)) answer = before.answer;
    if (!answer) {
      answer = answered(handle, "requestPermission");
      asked.push({ handle, answer });
    }
    answers.push(answer);
  }
  return Promise.all(answers);
}

async function answered(
  handle: AskableHandle,
  method: "queryPermission" | "requestPermission",
): Promise<ReadPermission> {
  try {
    return (await handle[method]?.({ mode: "read" })) ?? "granted";
  } catch {
    // Nobody had clicked, or the page is about to go.
    return "prompt";
  }
}

/** The same file, by two records. */
async function isSame(a: AskableHandle, b: AskableHandle): Promise<boolean> {
  // The click counts for some seconds: what has another name is not compared.
  return a === b || (a.name === b.name && ((await a.isSameEntry?.(b).catch(() => false)) ?? false));
}
