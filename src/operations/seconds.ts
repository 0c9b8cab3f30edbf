/**
 * Times that a document counts in seconds.
 * @module
 */
import type { ScalarField } from "../codec/shape.ts";

/** Seconds since 1970. */
export const seconds = (): ScalarField<"date"> => ({
  kind: "date",
  read: (word) => (/^\d+$/.test(word) ? new Date(Number(word) * 1000) : undefined),
});
