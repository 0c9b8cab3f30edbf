/**
 * Faults at a byte of one message.
 * @module
 */
import type { ByteFault } from "../wire_script.ts";
import { type Head, readHead } from "./frames.ts";

/** What the bytes of a message turn into. */
export interface Tampered {
  readonly bytes: Buffer;
  /** What happens after them: nothing else passes on this way. */
  readonly end?: "cut" | "reset" | "stall";
}

function placeOf({ where, share }: ByteFault, head: Head): number {
  const [start, length] = where === "head" ? [0, head.length] : [head.length, head.body ?? 4096];
  return start + Math.min(Math.floor(share * length), Math.max(0, length - 1));
}

/**
 * Lets faults strike the bytes of one message, in order.
 * @param faults what strikes
 */
export function createTamper(faults: readonly ByteFault[]): (chunk: Buffer) => Tampered {
  let waiting: Buffer = Buffer.alloc(0);
  let position = 0;
  let places: { readonly fault: ByteFault; readonly at: number }[] | undefined;
  if (faults.length === 0) return (bytes) => ({ bytes });
  return (chunk) => {
    let bytes = chunk;
    if (!places) {
      bytes = Buffer.concat([waiting, chunk]);
      const head = readHead(bytes);
      if (!head) {
        waiting = bytes;
        return { bytes: Buffer.alloc(0) };
      }
      places = faults.map((fault) => ({ fault, at: placeOf(fault, head) })).sort((a, b) => a.at - b.at);
    }
    const start = position;
    position += bytes.length;
    for (const { fault, at } of places) {
      const offset = at - start;
      if (offset < 0 || offset >= bytes.length) continue;
      const { kind } = fault;
      if (kind === "flip") {
        bytes = Buffer.from(bytes);
        bytes[offset] = (bytes[offset] ?? 0) ^ (1 << fault.bit);
      } else if (kind === "repeat") bytes = Buffer.concat([bytes, bytes.subarray(offset)]);
      else return { bytes: bytes.subarray(0, offset), end: kind };
    }
    return { bytes };
  };
}
