/**
 * Files of Node.js, Bun and Deno. It is bundled apart from the scenarios, which other runtimes load as well.
 * @module
 */
import { mkdtemp, open, readdir, readFile, readlink, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ReadableDenoFile, ReadableNodeFile } from "../../src/node/mod.ts";
import { type DenoFile, fileSink, fileSource, type NodeFile } from "../../src/node/mod.ts";
import type { Disk } from "./disk.ts";

interface Handle {
  close(): unknown;
}

/** `Deno.FsFile` in Deno, a `FileHandle` elsewhere. */
async function openFile(
  file: string,
  write: boolean,
): Promise<NodeFile & DenoFile & ReadableDenoFile & ReadableNodeFile & Handle> {
  const deno = Reflect.get(globalThis, "Deno");
  const handle: unknown = deno ? await deno.open(file, { read: true, write }) : await open(file, write ? "r+" : "r");
  // Each has what its own kind of file has; who takes it looks for that.
  return handle as NodeFile & DenoFile & ReadableDenoFile & ReadableNodeFile & Handle;
}

/** Makes a temporary folder. */
export async function nodeDisk(): Promise<Disk> {
  const folder = await mkdtemp(path.join(tmpdir(), "chaos-"));
  const handles = new Map<string, Handle>();
  const names = new Set<string>();
  const create = async (bytes: Uint8Array | undefined): Promise<string> => {
    const name = `${names.size}.bin`;
    names.add(name);
    const file = path.join(folder, name);
    if (bytes) await writeFile(file, bytes);
    return file;
  };
  return {
    async source(bytes, isOpen) {
      const file = await create(bytes);
      if (!isOpen) return { body: fileSource(file), leak: () => undefined };
      const handle = await openFile(file, false);
      handles.set(file, handle);
      return { body: fileSource(handle), leak: () => undefined };
    },
    async sink(isOpen, before) {
      const untouched = isOpen ? (before ?? new Uint8Array(9)) : before;
      const file = await create(untouched);
      const seen = (): Promise<Uint8Array | undefined> =>
        readFile(file).catch((error: NodeJS.ErrnoException) => {
          if (error.code !== "ENOENT") throw error;
          return undefined;
        });
      if (!isOpen) return { sink: fileSink(file), seen, undone: [untouched] };
      const handle = await openFile(file, true);
      handles.set(file, handle);
      // Written in place, it is empty after an abort.
      return { sink: fileSink(handle), seen, undone: [untouched, new Uint8Array(0)] };
    },
    async left() {
      const strange = (await readdir(folder)).filter((name) => !names.has(name));
      const numbers = await readdir("/proc/self/fd").catch(() => []);
      const targets = await Promise.all(numbers.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => "")));
      const open = targets.filter((target) => target.startsWith(folder));
      // Those of the caller stay open.
      for (const file of handles.keys()) open.splice(open.indexOf(file) >>> 0, 1);
      return [...strange, ...open.map((target) => `${target} is open`)];
    },
    async dispose() {
      for (const handle of handles.values()) await handle.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
