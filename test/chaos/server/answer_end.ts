/**
 * When a client has all of an answer.
 * @module
 */
import { createChunkedScanner, readHead } from "./frames.ts";

/**
 * Follows an answer as a client gets it.
 * @param method of the request
 * @returns takes the next bytes, and tells whether the answer is complete
 */
export function createAnswerEnd(method: string): (bytes: Buffer) => boolean {
  let waiting: Buffer = Buffer.alloc(0);
  let scan: ReturnType<typeof createChunkedScanner> | undefined;
  let left: number | undefined;
  let done = false;
  return (bytes) => {
    let rest = bytes;
    if (!scan && left === undefined) {
      waiting = Buffer.concat([waiting, bytes]);
      const head = readHead(waiting);
      if (!head) return false;
      rest = waiting.subarray(head.length);
      if (method === "HEAD" || /^HTTP\S+ (204|304)/.test(head.start)) left = 0;
      else if (head.headers.has("transfer-encoding")) scan = createChunkedScanner();
      // Without a length it ends with the connection.
      else left = head.headers.has("content-length") ? head.body : Number.POSITIVE_INFINITY;
    }
    if (scan) done ||= scan(rest).done;
    else {
      left = (left ?? 0) - rest.length;
      done = left <= 0;
    }
    return done;
  };
}
