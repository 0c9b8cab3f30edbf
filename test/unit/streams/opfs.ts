/** The origin private file system of browsers, and where it is missing. */
import type { TestOptions } from "../../harness.ts";

const servers = "no File System API outside browsers";

/** Where there is no OPFS. */
export const NO_OPFS: TestOptions = {
  skip: {
    node: servers,
    deno: servers,
    bun: servers,
    workerd: servers,
    webkit: "WebKitGTK has no OPFS without flags: sinks and walkers are proved there with made-up handles alone",
  },
};

/** Are the tests loaded by a dedicated worker that a test has started? */
export const inWorker: boolean = "DedicatedWorkerGlobalScope" in globalThis;

/** A new folder of the OPFS. */
export async function opfsFolder(): Promise<{ folder: FileSystemDirectoryHandle; dispose(): Promise<void> }> {
  const root = await navigator.storage.getDirectory();
  const name = `test-${crypto.randomUUID()}`;
  const folder = await root.getDirectoryHandle(name, { create: true });
  return { folder, dispose: () => root.removeEntry(name, { recursive: true }) };
}

/** The bytes of a file. */
export async function bytesOf(file: FileSystemFileHandle): Promise<Uint8Array> {
  return new Uint8Array(await (await file.getFile()).arrayBuffer());
}

/** Names of the entries of a folder. */
export async function namesIn(folder: FileSystemDirectoryHandle): Promise<string[]> {
  const names: string[] = [];
  for await (const name of folder.keys()) names.push(name);
  return names.sort();
}

/** Writes a file at once. */
export async function fill(folder: FileSystemDirectoryHandle, name: string, bytes: BufferSource): Promise<void> {
  const file = await folder.getFileHandle(name, { create: true });
  const writable = await file.createWritable();
  await writable.write(bytes);
  await writable.close();
}
