/**
 * What the runtime can do, found out at call time: the only place that asks.
 * @module
 */

/** workerd's stream with a length, the only kind of stream body that it aborts instead of truncating. */
export interface FixedLengthStreamConstructor {
  new (
    length: number,
  ): { readonly readable: ReadableStream<Uint8Array>; readonly writable: WritableStream<Uint8Array> };
}

/**
 * Finds `FixedLengthStream`.
 * @returns its constructor, in workerd
 */
export function fixedLengthStream(): FixedLengthStreamConstructor | undefined {
  return (globalThis as { FixedLengthStream?: FixedLengthStreamConstructor }).FixedLengthStream;
}

let owned: boolean | undefined;

/**
 * Does a script set Content-Length and Accept-Encoding itself? Browsers keep both for themselves, and they can stream
 * no request body over HTTP/1.1; the usual test for `duplex` says otherwise.
 * @returns false in browsers
 */
export function scriptOwnsRequests(): boolean {
  owned ??= new Request("http://localhost", { headers: { "content-length": "1" } }).headers.has("content-length");
  return owned;
}

/**
 * Deno hands over compressed bytes as they are once a script names Accept-Encoding; the others decode them anyway.
 * @returns false in Deno
 */
export function decodesAlways(): boolean {
  return !("Deno" in globalThis);
}

/** Bytes from which it is worth asking how they leave fastest. */
export const LARGE = 262_144;

/**
 * Can a stream be sent as a stream?
 * @param size its bytes, where they are known
 * @returns false in browsers, and for a stream of unknown length in workerd
 */
export function sendsStreams(size: number | undefined): boolean {
  return fixedLengthStream() ? size !== undefined : scriptOwnsRequests();
}

/**
 * May a part of a file be handed to the network without being read first? That is the fastest way out of a page, by far.
 * Chromium notices a file that changed and fails; Firefox and WebKit would hang.
 * @returns true in Chromium, where the page is secure
 */
export function sendsSlices(): boolean {
  return !scriptOwnsRequests() && "userAgentData" in navigator;
}

/**
 * Do bytes leave faster as a stream of views? `fetch` copies a buffer as a whole, some of them more than once.
 * @param size how many there are
 * @param operation OSS's name of the call
 * @returns true in Node; in Bun from a length that makes up for its slower streams; in Deno, which gives no stream a
 *   length, only where the service needs none
 */
export function sendsViews(size: number, operation: string | undefined): boolean {
  if (fixedLengthStream() || !scriptOwnsRequests() || size < LARGE) return false;
  return "Bun" in globalThis ? size >= 16 << 20 : decodesAlways() || operation === "PutObject";
}

/**
 * Does each chunk of a streamed body cost more than copying it into a larger one? Up to a third of the time in Node,
 * less in Bun, nothing in Deno.
 * @returns true in Node and Bun
 */
export function mindsSmallChunks(): boolean {
  return scriptOwnsRequests() && !fixedLengthStream() && decodesAlways();
}
