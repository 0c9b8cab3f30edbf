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
  owned ??= new Request("http://localhost", { method: "POST", headers: { "content-length": "1" } }).headers.has(
    "content-length",
  );
  return owned;
}

/**
 * Deno hands over compressed bytes as they are once a script names Accept-Encoding; the others decode them anyway.
 * @returns false in Deno
 */
export function decodesAlways(): boolean {
  return !("Deno" in globalThis);
}
