/**
 * What a structured clone would lose: the classes and fields of errors, and headers.
 * @module
 */
import * as errors from "../errors.ts";

const MARK = "oss-fetch";
/** The class of a name. */
const classOf = (name: string): unknown =>
  ({ ...errors, TypeError, RangeError, SyntaxError })[name as keyof typeof errors | "TypeError"];

/** Is it an object that nobody made with `new`? */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const mapped = (value: object, change: (value: unknown) => unknown): object =>
  Object.fromEntries(Object.entries(value).map(([name, one]) => [name, change(one)]));

/**
 * Packs a result or an error.
 * @param value anything
 * @returns something that can be cloned; of what cannot, of a request for example, only its kind
 */
export function pack(value: unknown): unknown {
  return packWithin(value, []);
}

/** @param above what it is a part of: an error may be its own cause */
function packWithin(value: unknown, above: readonly object[]): unknown {
  if (typeof value === "function" || typeof value === "symbol") return String(value);
  if (typeof value !== "object" || value === null) return value;
  const kind = Object.prototype.toString.call(value);
  if (above.includes(value)) return kind;
  const packOne = (one: unknown): unknown => packWithin(one, [...above, value]);
  if (Array.isArray(value)) return value.map(packOne);
  if (kind === "[object Headers]") return { [MARK]: "headers", entries: [...(value as Headers)] };
  if (value instanceof Error || errors.isOSSError(value)) {
    const { name, message, stack, cause } = value;
    const how = kind === "[object DOMException]" ? "exception" : "error";
    const fields = mapped({ ...value, ...(cause !== undefined && { cause }) }, packOne);
    return { [MARK]: how, name, message, stack, fields: how === "error" ? fields : {} };
  }
  if (isPlain(value)) return mapped(value, packOne);
  try {
    structuredClone(value);
    return value;
  } catch {
    return kind;
  }
}

/**
 * Unpacks what the other side has packed.
 * @param value as it came
 * @returns an equal of what was packed: errors are of the same class
 */
export function unpack(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(unpack);
  if (!isPlain(value)) return value;
  const { [MARK]: mark, ...rest } = value as Readonly<Record<string, unknown>>;
  if (mark === "headers") return new Headers(rest["entries"] as [string, string][]);
  if (mark === undefined) return mapped(rest, unpack);
  const { name, message, stack, fields } = rest as { name: string; message: string; stack?: string; fields: object };
  if (mark === "exception") return new DOMException(message, name);
  const error = new Error(message);
  const found = classOf(name) ?? (errors.isOSSError(fields) ? errors.OSSError : undefined);
  // Our constructors would blank and wrap once more what was blanked and wrapped already.
  if (typeof found === "function") Object.setPrototypeOf(error, found.prototype as object);
  else if (!("name" in fields))
    Object.defineProperty(error, "name", { value: name, configurable: true, writable: true });
  Object.defineProperty(error, "stack", { value: stack, configurable: true, writable: true });
  return Object.assign(error, mapped(fields, unpack));
}
