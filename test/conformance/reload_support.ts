/** What the tests of resumed downloads share: a disk that outlives the runs on it, and runs that are killed. */
import type { CheckpointStore, TransferRecord } from "../../src/checkpoints.ts";
import { createSink, type PartialTarget } from "../../src/streams/create_sink.ts";
import type { Sink } from "../../src/streams/sink.ts";
import type { Bytes } from "../../src/types.ts";
import { type TestStore, testStore } from "./resume_support.ts";

/** Files by name; what is unfinished is called `NAME.TAG`. */
export interface Disk {
  readonly files: Map<string, Bytes>;
  readonly store: TestStore;
  /** Unfinished files. */
  left(): string[];
  /** A run that may die. */
  run(): Run;
}

export interface Run {
  readonly checkpoints: CheckpointStore;
  readonly signal: AbortSignal;
  /** Of the one object that it may write. */
  readonly sink: Sink;
  /** The sink of another file. */
  file(name: string): Sink;
  /** Called at each step, before and after it: `kill` may be called there. */
  onStep: (step: string) => void;
  /** From now on nothing of it happens. */
  kill(): void;
  readonly killed: Promise<"killed">;
}

/** Makes an empty disk with a store beside it. */
export function createDisk(): Disk {
  const files = new Map<string, Bytes>();
  const store = testStore();
  const left = (): string[] => [...files.keys()].filter((name) => name !== "a");
  return { files, store, left, run: () => createRun(files, store) };
}

function createRun(files: Map<string, Bytes>, store: CheckpointStore): Run {
  const gone = new AbortController();
  let dead = false;
  let die = (): void => {};
  const killed = new Promise<"killed">((resolve) => {
    die = () => resolve("killed");
  });
  const step = <T>(name: string, work: () => T): T => {
    const check = (): void => {
      run.onStep(name);
      if (dead) throw new Error("killed");
    };
    check();
    const value = work();
    check();
    return value;
  };
  const write = (name: string, bytes: Bytes, position: number): void => {
    const file = files.get(name) ?? new Uint8Array(0);
    const longer = new Uint8Array(Math.max(file.length, position + bytes.length));
    longer.set(file);
    longer.set(bytes, position);
    files.set(name, longer);
  };
  const targetOf = (whole: string, name: string): PartialTarget => ({
    left: files.get(name)?.length ?? 0,
    resize: (size) =>
      step("resize", () => {
        const file = new Uint8Array(size);
        file.set((files.get(name) ?? file).subarray(0, size));
        files.set(name, file);
      }),
    // Half of a chunk may be there when a program dies.
    write(chunk, position) {
      const half = chunk.length >> 1;
      step("write", () => write(name, chunk.subarray(0, half), position));
      step("write", () => write(name, chunk.subarray(half), position + half));
    },
    read: (start, end) => step("read", () => (files.get(name) ?? new Uint8Array(0)).slice(start, end)),
    sync: () => step("sync", () => {}),
    publish: () =>
      step("publish", () => {
        files.set(whole, files.get(name) ?? new Uint8Array(0));
        files.delete(name);
      }),
    keep: () => step("keep", () => {}),
    discard: () => step("discard", () => files.delete(name)),
  });
  const file = (name: string): Sink =>
    createSink(() => step("begin", () => targetOf(name, `${name}.part`)), {
      name: `/disk/${name}`,
      begin: (tag) => step("begin", () => targetOf(name, `${name}.${tag}`)),
      discard: (tag) => step("remove", () => files.delete(`${name}.${tag}`)),
    });
  const run: Run = {
    signal: gone.signal,
    killed,
    onStep: () => {},
    kill() {
      dead = true;
      // So that nothing of it waits; what it still tries is in vain.
      gone.abort();
      die();
    },
    sink: file("a"),
    file,
    checkpoints: {
      get: async (id) => step("get", () => store.get(id)),
      set: async (id, record: TransferRecord) => step("set", () => store.set(id, record)),
      delete: async (id) => step("delete", () => store.delete(id)),
      list: async () => step("list", () => store.list()),
    },
  };
  return run;
}
