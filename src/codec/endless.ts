/**
 * Lists that would never end. Loaded when one is met.
 * @module
 */
import { DecodeError } from "../errors.ts";

/**
 * Describes a list whose pages lead back to one that was there already.
 * @param operation that lists
 * @returns the error that the caller sees
 */
export function endless(operation: string): DecodeError {
  return new DecodeError(`${operation}: the same marker came twice, the list would not end`);
}
