/**
 * Finds out at once what is wrong, for those who cannot wait until a body is opened.
 * @module
 */
import { kindOf } from "../../codec/kind.ts";

/**
 * Checks a body, as far as that needs no time.
 * @param body what the caller gave
 * @param contentLength its length in bytes, when the caller tells
 * @throws TypeError when it is nothing that can be uploaded, or was read already
 * @throws RangeError when `contentLength` contradicts it
 */
export function checkBody(body: unknown, contentLength: number | undefined): void {
  if (typeof body === "string") return;
  const facts = Object(body) as { locked?: unknown; bodyUsed?: unknown; byteLength?: unknown; size?: unknown };
  const kinds = ["getReader", "bodyUsed", "byteLength", "size", Symbol.asyncIterator, "getFile", "open"];
  if (typeof body !== "object" || !kinds.some((kind) => kind in facts)) {
    throw new TypeError(`body must be text, a buffer, a Blob, a stream or a Response, got ${kindOf(body)}`);
  }
  if (facts.bodyUsed === true || facts.locked === true)
    throw new TypeError("body must be unread, got one that was read already or is locked");
  const size = facts.byteLength ?? facts.size;
  if (contentLength !== undefined && typeof size === "number" && size !== contentLength)
    throw new RangeError(`contentLength must be the body's ${size} bytes or left out, got ${contentLength}`);
}
