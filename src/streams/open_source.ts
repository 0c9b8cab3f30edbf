/**
 * Opens bodies as sources. What nearly every body is, is here; the rest is loaded on demand.
 * @module
 */
import { openBlob, readable } from "./blob_source.ts";
import { toBytes } from "./bytes.ts";
import type { Source, SourceBody } from "./source.ts";

/**
 * Opens a body for reading. Nothing is read yet, and nothing is ever read as a whole.
 * @param body text, buffer, Blob or File (of any realm), stream, iterable, Response, file handle of a page, or a source
 * @param contentLength the length in bytes, for streams that do not tell it
 * @throws TypeError when the body is none of these, or was read already
 * @throws RangeError when `contentLength` contradicts the body
 */
export async function openSource(body: SourceBody, contentLength?: number): Promise<Source> {
  const bytes = toBytes(body);
  const source = bytes
    ? readable(bytes.length, undefined, async (start, end) => bytes.subarray(start, end))
    : isBlob(body)
      ? openBlob(body)
      : ((await (await import("./open_other.ts")).openOther(body, contentLength)) ?? (await openSource("")));
  if (contentLength !== undefined && source.size !== contentLength) {
    source.close();
    throw new RangeError(`contentLength must be the body's ${source.size} bytes or left out, got ${contentLength}`);
  }
  return source;
}

/** Told by its shape: `instanceof` fails for what another realm or a polyfill made. */
function isBlob(body: unknown): body is Blob {
  return typeof body === "object" && body !== null && "arrayBuffer" in body && "slice" in body && "size" in body;
}
