/**
 * Checks of arguments, made before any request.
 * @module
 */
import { encodeUtf8 } from "../codec/utf8.ts";

/**
 * Checks a bucket name: 3 to 63 of `a-z 0-9 -`, not starting or ending with `-`.
 * @param bucket the name
 * @throws TypeError naming the value
 */
export function checkBucket(bucket: unknown): asserts bucket is string {
  if (typeof bucket !== "string" || !/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(bucket)) {
    throw new TypeError(`bucket must be 3 to 63 of a-z, 0-9 and inner "-", got ${show(bucket)}`);
  }
}

/**
 * Checks an object key: 1 to 1,023 bytes of well-formed text that no URL parser folds away.
 * @param key the key
 * @throws TypeError naming the value
 */
export function checkKey(key: unknown): asserts key is string {
  const fits =
    typeof key === "string" &&
    /^(?!\.{1,2}$)[^/\\]/.test(key) &&
    !/\p{Cs}/u.test(key) &&
    // A UTF-16 unit takes at most three bytes, and to encode them costs as much as a hash.
    (key.length < 342 || encodeUtf8(key).length < 1024);
  if (!fits) {
    throw new TypeError(`key must be 1 to 1,023 bytes of Unicode, not "." or "..", no leading slash, got ${show(key)}`);
  }
}

/**
 * Checks a header value: `fetch` sends other characters differently in each runtime, so the signature would not match.
 * @param name the header
 * @param value its value
 * @throws TypeError naming the header
 */
export function checkHeader(name: string, value: string): void {
  if (!/^[\w!#-'*+.^`|~-]+\n[\t -~]*$/.test(`${name}\n${value}`)) {
    throw new TypeError(`${name} must be printable ASCII (use encodeURIComponent), got ${show(value)}`);
  }
}

/**
 * Checks a whole number within bounds.
 * @param name the argument
 * @param value its value
 * @param least smallest allowed
 * @param most largest allowed
 * @throws RangeError naming the argument and the value
 */
export function checkInteger(name: string, value: number, least: number, most: number = 2 ** 53 - 1): void {
  if (!Number.isSafeInteger(value) || value < least || value > most) {
    throw new RangeError(`${name} must be a whole number from ${least} to ${most}, got ${value}`);
  }
}

/**
 * Writes a value for a message, shortened.
 * @param value anything
 * @returns at most some 70 characters, quoted if it is text
 */
export function show(value: unknown): string {
  if (Object(value) === value) return typeof value;
  if (typeof value !== "string") return String(value);
  return JSON.stringify(value.length > 64 ? `${value.slice(0, 64)}...` : value);
}

/**
 * Checks that input is complete where a missing field would make another call of this one: UploadPart without an
 * upload id would be PutObject.
 * @param input of the call
 * @param names of the fields
 * @throws TypeError naming the field
 */
export function need<I extends object>(input: I, ...names: readonly (keyof I & string)[]): void {
  for (const name of names) {
    const value: unknown = input[name];
    if (value === undefined || value === null || value === "")
      throw new TypeError(`${name} must be given, got ${show(value)}`);
  }
}
