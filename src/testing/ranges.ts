/**
 * Byte ranges, as the service reads them: anything odd is ignored unless the request asks for the standard.
 * @module
 */
import { ServiceFault } from "./service_fault.ts";

/** A span of an object. */
export interface Span {
  /** First byte. */
  readonly start: number;
  /** Byte after the last one. */
  readonly end: number;
}

/**
 * Finds the span that a request asks for.
 *
 * Without `x-oss-range-behavior: standard` a range that does not lie wholly inside the object is ignored: 200 and
 * everything. With it, the range is cut to the object's end, and a start beyond the end is 416.
 * @param range value of `Range`
 * @param size length of the object in bytes
 * @param standard whether the request asks for standard behaviour
 * @returns the span, or `undefined` for the whole object
 * @throws ServiceFault 416 InvalidRange
 */
export function findSpan(range: string | undefined, size: number, standard: boolean): Span | undefined {
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(range?.trim() ?? "") ?? [];
  if (from === "" && to === "") return undefined;
  const suffix = from === "";
  const start = suffix ? size - Number(to) : Number(from);
  const end = suffix || to === "" ? size : Number(to) + 1;
  if (!suffix && to !== "" && end <= start) return undefined;
  const inside = start >= 0 && start < end && end <= size;
  if (inside) return { start, end };
  if (!standard) return undefined;
  if (start < size && size > 0) return { start: Math.max(0, start), end: Math.min(end, size) };
  throw new ServiceFault(416, "InvalidRange", "The requested range cannot be satisfied.", {
    extras: { ActualObjectSize: String(size), RangeHeader: range ?? "" },
    headers: { "content-range": `bytes */${size}` },
  });
}
