/**
 * What the runtime can do with streamed bodies, found out at call time. Apart from `runtime.ts`, since only chunks on
 * demand ask: a bundler would move it to what every page loads first.
 * @module
 */
import { decodesAlways, scriptOwnsRequests } from "./runtime.ts";

/** Bytes from which it is worth asking whether they leave faster as a stream. */
const LARGE = 262_144;

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

/**
 * Can a stream be sent as a stream?
 * @param size its bytes, where they are known
 * @returns false in browsers, and for a stream of unknown length in workerd
 */
export function sendsStreams(size: number | undefined): boolean {
  return fixedLengthStream() ? size !== undefined : scriptOwnsRequests();
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

/**
 * Does `fetch` keep a second stream of each body, in case an answer redirects it? That takes a seventh of the time of a small
 * put in Node; the Fetch standard lets requests do without that have no window and fail when they are redirected.
 * @returns true in Node, for the others keep none, and workerd knows no such requests
 */
export function keepsBodies(): boolean {
  // Bun is asked after first: what is not there, it looks for long.
  return !("Bun" in globalThis) && mindsSmallChunks();
}
