/**
 * Which objects a scenario reads, which it writes, and what has their keys before.
 * @module
 */
import type { Kind, Plan } from "./plan.ts";
import { bytesOf } from "./random.ts";
import type { Seeded } from "./stage_types.ts";

/** Keys of what is read: the first one's, where there is one alone. */
export const SOURCE = "0";
/** The key of what is written, where there is one object alone. */
export const TARGET = "an object";

const READING: readonly Kind[] = ["get", "download", "cancel", "downloadTo", "copy", "pipe", "downloadAll"];
const WRITING: readonly Kind[] = ["put", "upload", "job", "abort", "copy", "pipe"];

/** The bytes of an object of the plan. */
export function bytesAt({ seed, sizes }: Plan, index: number = 0): Uint8Array<ArrayBuffer> {
  return bytesOf(sizes[index] ?? 0, seed + index);
}

/** The key of the n-th file of many. */
export function uploadedKey(index: number): string {
  return `all/${index}`;
}

/** The objects that are there when the scenario begins. */
export function objectsBefore({ kind, seed, sizes, before }: Plan): Seeded[] {
  const read = READING.includes(kind)
    ? sizes.map((length, index) => ({ key: `${index}`, length, seed: seed + index }))
    : [];
  if (before === undefined) return read;
  const targets = WRITING.includes(kind) ? [TARGET] : kind === "uploadAll" ? sizes.map((_, at) => uploadedKey(at)) : [];
  return [...read, ...targets.map((key, index) => ({ key, length: before, seed: ~(seed + index) }))];
}

/** What of the object is to be read. */
export function bytesRead(plan: Plan): Uint8Array<ArrayBuffer> {
  const bytes = bytesAt(plan);
  const [first, last = bytes.length] = plan.range ?? [0];
  return bytes.subarray(first < 0 ? Math.max(0, bytes.length + first) : first, last + 1);
}
