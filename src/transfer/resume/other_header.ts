/**
 * Compares how objects are described.
 * @module
 */
import type { UploadRecord } from "./types.ts";

type Headers = UploadRecord["headers"];

/** The name of a header that differs. */
export function otherHeader(ours: Headers, theirs: Headers = {}): string | undefined {
  return Object.keys({ ...ours, ...theirs }).find((name) => ours[name] !== theirs[name]);
}
