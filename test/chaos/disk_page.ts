/**
 * The origin private file system of pages.
 * @module
 */
import { fileHandleSink } from "../../src/mod.ts";
import type { Disk } from "./disk.ts";

/** Makes a folder of the OPFS. */
export async function pageDisk(): Promise<Disk> {
  const root = await navigator.storage.getDirectory();
  const name = `chaos-${crypto.randomUUID()}`;
  const folder = await root.getDirectoryHandle(name, { create: true });
  const names = new Set<string>();
  const create = async (bytes: Uint8Array<ArrayBuffer>): Promise<FileSystemFileHandle> => {
    const fileName = `${names.size}.bin`;
    names.add(fileName);
    const file = await folder.getFileHandle(fileName, { create: true });
    const writable = await file.createWritable();
    await writable.write(bytes);
    await writable.close();
    return file;
  };
  return {
    async source(bytes, isOpen) {
      const file = await create(bytes);
      return { body: isOpen ? file : await file.getFile(), leak: () => undefined };
    },
    async sink(_, before = new Uint8Array(0)) {
      const file = await create(before);
      const seen = async (): Promise<Uint8Array> => new Uint8Array(await (await file.getFile()).arrayBuffer());
      return { sink: fileHandleSink(file), seen, undone: [before] };
    },
    async left() {
      const left: string[] = [];
      for await (const entry of folder.keys()) if (!names.has(entry)) left.push(entry);
      return left;
    },
    dispose: () => root.removeEntry(name, { recursive: true }),
  };
}
