/**
 * Bodies that must not be stored: streams that were read before, answers that are errors.
 * @module
 */

/**
 * Tells whether nothing, or not all, is to be had from a stream any more: it would be stored as an empty object.
 * @param stream any stream
 */
export function isSpent(stream: ReadableStream<Uint8Array>): boolean {
  if (stream.locked) return true;
  try {
    // The platform keeps to itself whether a stream was read, but it makes no answer of one that was.
    return new Response(stream).bodyUsed;
  } catch {
    return true;
  }
}

/**
 * Refuses an answer that is an error: its page would be stored in the place of what was asked for.
 * @param response what is to be stored
 * @throws TypeError naming its status
 */
export function refuseFailed({ type, ok, status }: Response): void {
  if (type === "error" || ok === false)
    throw new TypeError(`body must be a Response that succeeded, got status ${status}`);
}

/**
 * Refuses a Node Readable that was read already: it would look like an empty one.
 * @param iterable any iterable
 * @throws TypeError when it was read or destroyed
 */
export function refuseRead(iterable: object): void {
  const { readableDidRead, readableEnded, destroyed } = iterable as Readonly<Record<string, unknown>>;
  if (readableDidRead === true || readableEnded === true || destroyed === true) {
    throw new TypeError("body must be an unread stream, got a Readable that was read already or destroyed");
  }
}
