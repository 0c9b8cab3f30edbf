/** What tests of downloads share: a sink in memory, and a reader without `for await`. */
import type { Sink } from "../../src/mod.ts";

/** A sink that keeps what it was given. */
export interface MemorySink extends Sink {
  readonly state: "new" | "open" | "closed" | "aborted";
  /** What `open` was told. */
  readonly size: number | undefined;
  readonly reason: unknown;
  bytes(): Uint8Array<ArrayBuffer>;
}

/** Makes a sink in memory; `onWrite` may delay a write or fail it. */
export function memory(onWrite?: (position: number) => unknown): MemorySink {
  const chunks = new Map<number, Uint8Array<ArrayBuffer>>();
  let state: MemorySink["state"] = "new";
  let size: number | undefined;
  let reason: unknown;
  let writing = 0;
  const over = (next: MemorySink["state"]): void => {
    if (writing > 0 || state === "closed" || state === "aborted")
      throw new Error(`${next} after ${state}, ${writing} writes`);
    state = next;
  };
  return {
    async open(bytes) {
      if (state !== "new") throw new Error(`opened when ${state}`);
      state = "open";
      size = bytes;
    },
    async write(chunk, position) {
      if (state !== "open") throw new Error(`written when ${state}`);
      writing++;
      try {
        await onWrite?.(position);
        chunks.set(position, chunk.slice());
      } finally {
        writing--;
      }
    },
    async close() {
      over("closed");
    },
    async abort(why) {
      over("aborted");
      reason = why;
    },
    get state() {
      return state;
    },
    get size() {
      return size;
    },
    get reason() {
      return reason;
    },
    bytes() {
      const ordered = [...chunks].sort(([a], [b]) => a - b);
      const whole = new Uint8Array(ordered.reduce((sum, [, { length }]) => sum + length, 0));
      let at = 0;
      for (const [position, chunk] of ordered) {
        if (position !== at) throw new Error(`a hole or an overlap at ${at}: ${position}`);
        whole.set(chunk, at);
        at += chunk.length;
      }
      return whole;
    },
  };
}

/** Reads a stream to its end. */
export async function read(body: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    chunks.push(next.value);
    length += next.value.length;
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
