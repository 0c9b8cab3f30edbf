/**
 * Folders and files of the File System API in memory, for runtimes without one, and for disks that are full.
 * @module
 */
import type { Bytes } from "../../../src/types.ts";
import { concat } from "./support.ts";

export type Step = "create" | "write" | "truncate" | "close" | "move";

/** What the whole tree shares. */
export interface FakeDisk {
  /** Throws at the step that shall fail. */
  fault: (step: Step) => void;
  /** Files that are open for writing. */
  open: number;
  /** Names of the entries that were looked for, in order. */
  readonly asked: string[];
}

class FakeFile {
  readonly kind = "file";
  bytes: Bytes = new Uint8Array(0);
  readonly parent: FakeFolder;
  name: string;
  constructor(parent: FakeFolder, name: string) {
    this.parent = parent;
    this.name = name;
  }

  async getFile(): Promise<File> {
    return new File([this.bytes], this.name);
  }

  async createWritable(): Promise<object> {
    const { disk } = this.parent;
    disk.fault("create");
    disk.open++;
    let space = new Uint8Array(0);
    const act = (step: Step, resize: number, change: () => void): void => {
      disk.fault(step);
      const larger = new Uint8Array(resize);
      larger.set(space.subarray(0, resize));
      space = larger;
      change();
    };
    return {
      truncate: async (size: number) => act("truncate", size, () => {}),
      write: async ({ position, data: given }: { position: number; data: Bytes | Blob }) => {
        const data = given instanceof Blob ? new Uint8Array(await given.arrayBuffer()) : given;
        act("write", Math.max(space.length, position + data.length), () => space.set(data, position));
      },
      close: async () => {
        disk.fault("close");
        disk.open--;
        this.bytes = space;
      },
      abort: async () => {
        disk.open--;
        throw new Error("an abort that fails");
      },
    };
  }
}

/** As in a worker: it is opened in place, and can be renamed. */
class FakeWorkerFile extends FakeFile {
  async createSyncAccessHandle(): Promise<object> {
    const { disk } = this.parent;
    disk.fault("create");
    disk.open++;
    let isOpen = true;
    const truncate = (size: number): void => {
      disk.fault("truncate");
      const resized = new Uint8Array(size);
      resized.set(this.bytes.subarray(0, size));
      this.bytes = resized;
    };
    return {
      truncate,
      write: (data: Bytes, { at = 0 }: { at?: number } = {}) => {
        disk.fault("write");
        if (at + data.length > this.bytes.length) truncate(at + data.length);
        // Not all at once, as a file may.
        const some = data.subarray(0, Math.ceil(data.length / 2));
        this.bytes.set(some, at);
        return some.length;
      },
      read: (into: Bytes, { at = 0 }: { at?: number } = {}) => {
        const found = this.bytes.subarray(at, at + into.length);
        into.set(found);
        return found.length;
      },
      getSize: () => this.bytes.length,
      flush: () => disk.fault("close"),
      close: () => {
        if (isOpen) disk.open--;
        isOpen = false;
      },
    };
  }

  async move(name: string): Promise<void> {
    this.parent.disk.fault("move");
    this.parent.entries.delete(this.name);
    this.name = name;
    this.parent.entries.set(name, this);
  }
}

export class FakeFolder {
  readonly kind = "directory";
  readonly entries: Map<string, FakeFile | FakeFolder> = new Map();
  readonly name: string;
  readonly worker: boolean;
  readonly disk: FakeDisk;
  constructor(name = "", worker = false, disk: FakeDisk = { fault: () => {}, open: 0, asked: [] }) {
    this.name = name;
    this.worker = worker;
    this.disk = disk;
  }

  async getDirectoryHandle(name: string, { create = false } = {}): Promise<FakeFolder> {
    const found = this.#find(name);
    if (found instanceof FakeFile) throw new DOMException("a file", "TypeMismatchError");
    if (!found && !create) throw new DOMException("nothing", "NotFoundError");
    const folder = found ?? new FakeFolder(name, this.worker, this.disk);
    this.entries.set(name, folder);
    return folder;
  }

  async getFileHandle(name: string, { create = false } = {}): Promise<FakeFile & { createWritable(): Promise<never> }> {
    const found = this.#find(name);
    if (found instanceof FakeFolder) throw new DOMException("a folder", "TypeMismatchError");
    if (!found && !create) throw new DOMException("nothing", "NotFoundError");
    const file = found ?? (this.worker ? new FakeWorkerFile(this, name) : new FakeFile(this, name));
    this.entries.set(name, file);
    // The fakes are typed as loosely as a script sees them.
    return file as FakeFile & { createWritable(): Promise<never> };
  }

  async removeEntry(name: string): Promise<void> {
    if (!this.entries.delete(name)) throw new DOMException("nothing", "NotFoundError");
  }

  async *values(): AsyncGenerator<FakeFile | FakeFolder> {
    yield* this.entries.values();
  }

  #find(name: string): FakeFile | FakeFolder | undefined {
    this.disk.asked.push(name);
    return this.entries.get(name);
  }

  /** All files by path. */
  files(prefix = ""): Record<string, string> {
    const found: Record<string, string> = {};
    for (const [name, entry] of this.entries) {
      if (entry instanceof FakeFolder) Object.assign(found, entry.files(`${prefix}${name}/`));
      else found[prefix + name] = String.fromCharCode(...concat([entry.bytes]));
    }
    return found;
  }
}
