/**
 * Which parts that the service has belong to the plan of an upload.
 * @module
 */
import { MAX_PART, MAX_PARTS } from "../plan.ts";
import type { ListedPart } from "../upload/part_list.ts";

/** How an upload was cut. */
export interface Cut {
  /** Bytes of the body, where they are known. */
  readonly size?: number | undefined;
  /** Bytes of each part but the last. */
  readonly partSize: number;
  /** Bytes of parts 1, 2 and so on, where they are unequal, as far as they are known. */
  readonly sizes?: readonly number[] | undefined;
}

/** A part of the plan that the service has, and where it begins. */
export interface HeldPart extends ListedPart {
  readonly start: number;
}

/**
 * Chooses the parts to go on with: those of the right size, where the plan has them. Of a body whose length nobody knows
 * the last one may be shorter, which only reading it tells.
 * @param cut the plan
 * @param listed what the service has
 * @returns the parts, in ascending order, and the sizes of all parts as far as they are certain
 */
export function heldParts(
  cut: Cut,
  listed: readonly ListedPart[],
): { readonly parts: readonly HeldPart[]; readonly sizes: number[] } {
  const { size: total = MAX_PART * MAX_PARTS, partSize } = cut;
  const byNumber = new Map(listed.map((part) => [part.partNumber, part]));
  const last = Math.max(0, ...byNumber.keys());
  const parts: HeldPart[] = [];
  const sizes: number[] = [];
  for (let start = 0; start < total; ) {
    const number = sizes.length + 1;
    const part = byNumber.get(number);
    // Of the parts of an automatic plan behind the first gap that was not written down nobody knows where they begin.
    const planned = cut.sizes ? (cut.sizes[number - 1] ?? part?.size) : number > last ? undefined : partSize;
    if (planned === undefined) break;
    const size = Math.min(planned, total - start);
    sizes.push(size);
    if (part && (part.size === size || (cut.size === undefined && part.size < size))) parts.push({ ...part, start });
    start += size;
  }
  return { parts, sizes };
}
