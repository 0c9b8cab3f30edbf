/**
 * How a transfer is cut: the defaults, the limits of the service, and the arithmetic of parts.
 * @module
 */
import { scriptOwnsRequests } from "../core/runtime.ts";
import { checkInteger } from "../core/validate.ts";

/** The service refuses smaller parts, but for the last one. */
export const MIN_PART = 102_400;
/** The largest part, and the largest object that one request can put: 5 GiB. */
export const MAX_PART = 5_368_709_120;
/** The most parts that an object may have. */
export const MAX_PARTS = 10_000;
/** Part size unless the caller names one: 8 MiB loses 5 % to a 40 ms turnaround at 10 MB/s, 1 MiB loses 30 %. */
export const DEFAULT_PART = 8_388_608;
/** Bodies up to this length go in one request. */
export const DEFAULT_THRESHOLD = 8_388_608;
/** Parts on their way at once. */
export const DEFAULT_CONCURRENCY = 4;
/** So many at first where their number adapts. */
const AUTO_START = 8;
/** A browser opens six connections to a host: more requests would only wait in its queue, and one is the page's. */
export const BROWSER_CONCURRENCY = 5;

/** What a caller may choose. */
export interface PlanOptions {
  /**
   * Bytes of a part, 100 KiB to 5 GiB; it grows where 10,000 parts would not do. `"auto"` adapts it to what a
   * connection carries, from 1 MiB up. @default 8 MiB
   */
  readonly partSize?: number | "auto" | undefined;
  /**
   * Parts on their way at once; at most 5 in browsers. `"auto"` adapts it to the goodput that is measured: up to 32, and
   * to 5 in browsers and in workerd. What is automatic keeps the memory of all parts below 256 MiB, below 96 MiB
   * in browsers and 48 MiB in workerd, unless a number that you chose beside it asks for more. @default 4
   */
  readonly concurrency?: number | "auto" | undefined;
  /**
   * The longest body that is sent in one request, up to 5 GiB; a stream, which has to be in memory for that, only up to
   * the part size. @default 8 MiB
   */
  readonly multipartThreshold?: number | undefined;
}

/** What was chosen. */
export interface Plan {
  /** Bytes of a part; of the first one, where they adapt. */
  readonly partSize: number;
  /** Parts at once; at the start, where they adapt. */
  readonly concurrency: number;
  readonly threshold: number;
  /** The choices, where something in them is automatic. */
  readonly auto: PlanOptions | undefined;
}

/**
 * Fills in the defaults; nothing is checked (see `check_plan.ts`).
 * @param options the caller's choices
 */
export function fillPlan(options: PlanOptions): Plan {
  const {
    partSize = DEFAULT_PART,
    concurrency = DEFAULT_CONCURRENCY,
    multipartThreshold: threshold = DEFAULT_THRESHOLD,
  } = options;
  return {
    partSize: partSize === "auto" ? DEFAULT_PART : partSize,
    concurrency: boundLanes(concurrency === "auto" ? AUTO_START : concurrency),
    threshold,
    auto: partSize === "auto" || concurrency === "auto" ? options : undefined,
  };
}

/** Bounds what may be on its way at once by what the runtime can do. */
function boundLanes(concurrency: number): number {
  return scriptOwnsRequests() ? concurrency : Math.min(concurrency, BROWSER_CONCURRENCY);
}

/** Decides how many parts of one transfer are on their way at once, and how long each is. */
export interface Pace {
  /** How many parts may be on their way now, at least 1; it may have changed whenever a part has ended. */
  readonly lanes: () => number;
  /** The most bytes in parts on their way, where a bound is kept. */
  readonly memory?: number;
  /**
   * Claims the next part.
   * @param part its number, from 1 up, one after the other
   * @param offset bytes in the parts before it
   * @param remaining bytes from `offset` to the end, where that is known
   * @returns its length in bytes; where the end is unknown it may turn out shorter, and the first one is as planned
   */
  next(part: number, offset: number, remaining?: number): number;
  /** The first byte of a part is about to leave, or to be asked for; again when a part is tried once more. */
  started(part: number, bytes: number): void;
  /** The other side has the whole part, or we have: its memory is free. */
  finished(part: number): void;
  /** An attempt failed for the network's or the service's sake: a lost connection, a time limit, a status 429 or 5xx. */
  failed(part: number): void;
}

/**
 * Chooses the size of parts for an object of known length.
 * @param total bytes of the whole object
 * @param preferred bytes of a part that would be liked. @default 8 MiB
 * @returns bytes of each part but the last: `total` when it fits in one, else `preferred`,
 *   doubled until it is at least 100 KiB and 10,000 parts do
 * @throws RangeError when `total` is no length, or over the service's limit of 10,000 parts of 5 GiB
 * @example
 * ```ts
 * import { determinePartSize } from "oss-fetch";
 * console.log(determinePartSize(1_000_000_000, 10_000_000)); // 10000000
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/user-guide/multipart-upload
 */
export function determinePartSize(total: number, preferred: number = DEFAULT_PART): number {
  checkInteger("total", total, 0, MAX_PART * MAX_PARTS);
  checkInteger("preferred", preferred, 1, MAX_PART);
  if (total < preferred) return total;
  let size = preferred;
  while (size < MIN_PART || size * MAX_PARTS < total) size *= 2;
  return Math.min(size, MAX_PART);
}
