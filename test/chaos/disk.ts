/**
 * Files that take part in a scenario, as far as the runtime has some.
 * @module
 */
import { memorySink, type Sink } from "../../src/mod.ts";
import { environment, runtime } from "../harness.ts";
import type { Plan } from "./plan.ts";
import type { TrackedSource } from "./sources.ts";

/** A sink, and what others see of it. */
export interface TrackedSink {
  readonly sink: Sink;
  /** What is in its place; nothing where there is no file. */
  seen(): Promise<Uint8Array | undefined>;
  /** What may be there when the transfer was not done. */
  readonly undone: readonly (Uint8Array | undefined)[];
}

/** A folder of a file system. */
export interface Disk {
  /** Writes a file, and makes a body of it: of its name, or of the open file. */
  source(bytes: Uint8Array<ArrayBuffer>, open: boolean): Promise<TrackedSource>;
  /** Makes a sink of a file: of its name, or open. `before` is what it holds, if it is there. */
  sink(open: boolean, before: Uint8Array<ArrayBuffer> | undefined): Promise<TrackedSink>;
  /** Files beside those that were made here, and files that are still open. */
  left(): Promise<string[]>;
  /** Closes what is open, and removes the folder. */
  dispose(): Promise<void>;
}

/** Makes a disk where the runtime has one. */
export async function openDisk(): Promise<Disk | undefined> {
  if (environment.chaosDisk !== undefined && /^(node|deno|bun)$/.test(runtime)) {
    const { nodeDisk }: typeof import("./disk_node.ts") = await import(environment.chaosDisk);
    return nodeDisk();
  }
  // WebKitGTK has none without flags, and plain-http pages neither.
  const { storage }: { storage?: Partial<StorageManager> } = globalThis.navigator ?? {};
  return storage?.getDirectory ? (await import("./disk_page.ts")).pageDisk() : undefined;
}

/** The sink of a plan: in memory where the runtime has no files. */
export function sinkOf(
  { sink }: Plan,
  disk: Disk | undefined,
  before: Uint8Array<ArrayBuffer> | undefined,
): Promise<TrackedSink> {
  if (disk && sink !== "memory") return disk.sink(sink === "open file", before);
  const memory = memorySink();
  const seen = async (): Promise<Uint8Array | undefined> => {
    try {
      return memory.bytes();
    } catch {
      return undefined;
    }
  };
  return Promise.resolve({ sink: memory, seen, undone: [undefined] });
}
