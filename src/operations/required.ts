/**
 * Properties without which a call would be another one.
 * @module
 */
import { need } from "../core/validate.ts";

/**
 * A row's `request` that only asks for properties.
 * @param names of those that must be given, and not be empty
 * @returns the `request` of a row; it throws a TypeError naming what is missing
 */
export function required<I extends object>(
  ...names: readonly (keyof I & string)[]
): (input: I) => Record<never, never> {
  return (input) => {
    need(input, ...names);
    return {};
  };
}
