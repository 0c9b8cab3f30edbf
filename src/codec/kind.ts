/**
 * Words for what was given in the stead of something else.
 * @module
 */

/**
 * Names a value that is wrong as a whole, so that its contents do not matter and may be long or secret.
 * @param value anything
 * @returns `7`, `null`, `text`, `a function`, `a Date`, `an object`
 * @example
 * ```ts
 * import { kindOf } from "./kind.ts";
 * console.log(kindOf(new Date())); // a Date
 * ```
 */
export function kindOf(value: unknown): string {
  if (typeof value === "string") return "text";
  if (typeof value === "function") return "a function";
  if (Object(value) !== value) return String(value);
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  return `${/^[AEIOU]/.test(tag) ? "an" : "a"} ${tag === "Object" ? "object" : tag}`;
}
