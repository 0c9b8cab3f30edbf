/**
 * Where the requests on a connection begin and end.
 * @module
 */

/** A stretch of bytes of one request. */
export interface Stretch {
  readonly bytes: Buffer;
  /** The head, with the first stretch. */
  readonly head?: Head;
  /** Is it the last one? */
  readonly last: boolean;
}

export interface Head {
  /** The first line. */
  readonly start: string;
  readonly method: string;
  readonly headers: ReadonlyMap<string, string>;
  /** Bytes, the empty line included. */
  readonly length: number;
  /** Bytes of the body, where the head tells. */
  readonly body: number | undefined;
}

/** Reads a head, if it is there as a whole. */
export function readHead(bytes: Buffer): Head | undefined {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const [start = "", ...lines] = bytes.toString("latin1", 0, end).split("\r\n");
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  const length = headers.get("content-length");
  const body = length !== undefined ? Number(length) : headers.has("transfer-encoding") ? undefined : 0;
  return { start, method: start.split(" ")[0] ?? "", headers, length: end + 4, body };
}

/** Finds the end of a chunked body: tells how many of these bytes belong to it, and whether that is all. */
export function createChunkedScanner(): (bytes: Buffer) => { length: number; done: boolean } {
  let line = "";
  let left = 0;
  let final = false;
  return (bytes) => {
    let at = 0;
    while (at < bytes.length) {
      if (left > 0) {
        const step = Math.min(left, bytes.length - at);
        left -= step;
        at += step;
        continue;
      }
      line += String.fromCharCode(bytes[at++] ?? 0);
      if (!line.endsWith("\r\n")) continue;
      const text = line.slice(0, -2);
      line = "";
      if (final && text === "") return { length: at, done: true };
      const size = final ? 0 : Number.parseInt(text, 16);
      if (size === 0) final = true;
      // The line break after the bytes of a chunk belongs to them.
      else left = size + 2;
    }
    return { length: at, done: false };
  };
}

/** Cuts the bytes of a connection into stretches, none of which belongs to two requests. */
export function createFramer(): (chunk: Buffer) => Stretch[] {
  let waiting: Buffer = Buffer.alloc(0);
  let left = 0;
  let chunked: ReturnType<typeof createChunkedScanner> | undefined;
  return (chunk) => {
    const found: Stretch[] = [];
    let rest = Buffer.concat([waiting, chunk]);
    waiting = Buffer.alloc(0);
    while (rest.length > 0) {
      let head: Head | undefined;
      let length = 0;
      if (left === 0 && !chunked) {
        head = readHead(rest);
        if (!head) {
          waiting = rest;
          break;
        }
        length = head.length;
        if (head.body === undefined) chunked = createChunkedScanner();
        else left = head.body;
      }
      if (chunked) {
        const scanned = chunked(rest.subarray(length));
        length += scanned.length;
        if (scanned.done) chunked = undefined;
      } else {
        const step = Math.min(left, rest.length - length);
        length += step;
        left -= step;
      }
      found.push({ bytes: rest.subarray(0, length), ...(head && { head }), last: left === 0 && !chunked });
      rest = rest.subarray(length);
    }
    return found;
  };
}
