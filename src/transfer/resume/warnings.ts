/**
 * What a caller is warned of. Loaded on demand.
 * @module
 */
import { show } from "../../core/validate.ts";
import { redact } from "../../errors.ts";

/** Is told. */
type Warn = (message: string) => void;

/** A checkpoint store failed. */
export function storeFailed(warn: Warn, error: unknown): void {
  warn(`The checkpoint store failed, so a transfer may not be resumable: ${redact(String(error))}`);
}

/** A record is none. */
export function recordSkipped(warn: Warn, id: string, reason: string): void {
  warn(`The record ${show(id)} is not used: ${reason}`);
}
