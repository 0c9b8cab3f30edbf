/**
 * What the runtime can do, found out at call time: the only place that asks.
 * @module
 */

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

/**
 * May a part of a file be handed to the network without being read first? That is the fastest way out of a page, by far.
 * Chromium notices a file that changed and fails; Firefox and WebKit would hang.
 * @returns true in Chromium, where the page is secure
 */
export function sendsSlices(): boolean {
  return !scriptOwnsRequests() && "userAgentData" in navigator;
}
