/** Folders of sinks in memory, and a layer that counts requests. */
import { type Fetch, type MemorySink, memorySink, type SinkFolder } from "../../../src/mod.ts";
import { splitPath } from "../../../src/streams/safe_path.ts";

export interface MemoryFolder extends SinkFolder {
  /** What is there, by path. */
  files(): Record<string, string>;
  /** Paths that were opened and neither closed nor aborted. */
  readonly open: Set<string>;
  /** Paths in the order in which they were opened. */
  readonly opened: string[];
}

/** A folder in memory. */
export function memoryFolder(): MemoryFolder {
  const done = new Map<string, MemorySink>();
  const open = new Set<string>();
  const opened: string[] = [];
  return {
    open,
    opened,
    files: () => {
      const texts = [...done].map(([path, sink]) => [path, new TextDecoder().decode(sink.bytes())]);
      return Object.fromEntries(texts);
    },
    file(path) {
      splitPath(path);
      const sink = memorySink();
      return {
        async open(size) {
          opened.push(path);
          open.add(path);
          await sink.open?.(size);
        },
        write: sink.write,
        async close() {
          await sink.close();
          open.delete(path);
          done.set(path, sink);
        },
        async abort(reason) {
          await sink.abort(reason);
          open.delete(path);
        },
      };
    },
  };
}

export interface Traffic {
  readonly layer: (next: Fetch) => Fetch;
  now: number;
  most: number;
}

/** Counts requests under way, from when they are sent until their answer is there. */
export function traffic(): Traffic {
  const counts: Traffic = {
    now: 0,
    most: 0,
    layer: (next) => async (url, init) => {
      counts.now++;
      counts.most = Math.max(counts.most, counts.now);
      try {
        // Others get the chance to come.
        await new Promise((resolve) => setTimeout(resolve, 0));
        return await next(url, init);
      } finally {
        counts.now--;
      }
    },
  };
  return counts;
}
