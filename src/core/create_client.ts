/**
 * The client: options resolved once, and the one door to the network.
 * @module
 */
import type { Client, ClientContext } from "../types.ts";
import { createClock } from "./clock.ts";
import { createCredentials } from "./credentials.ts";
import { resolveEndpoint } from "./endpoint.ts";
import type { ClientOptions, Fetch } from "./options.ts";
import { createSend } from "./send.ts";
import { checkBucket, checkInteger } from "./validate.ts";

/** The platform's own, looked up at call time, so that a page or test that replaces it later is heard. */
export const platformFetch: Fetch = (url, init) => globalThis.fetch(url, init);

/**
 * Creates a client for a region or an endpoint.
 *
 * Nothing is requested until the first call. A client may live at module level and serve many requests at once.
 * @param options region or endpoint, bucket and credentials; the rest has defaults
 * @returns a value that every operation takes as its first argument
 * @throws TypeError when an option is missing, malformed or contradicts another
 * @throws RangeError when a number is out of bounds
 * @example
 * ```ts
 * import { createClient } from "oss-fetch";
 * const client = createClient({
 *   region: "cn-hangzhou",
 *   bucket: "photos",
 *   credentials: async ({ signal }) => (await fetch("/sts", { signal })).json(),
 * });
 * console.log(client.context.region);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/user-guide/regions-and-endpoints
 */
export function createClient(options: ClientOptions): Client {
  const { signatureVersion = "v4", integrity = "crc64", stallTimeout = 60_000, timeout, retry = {}, sign } = options;
  const credentials = options.credentials ?? (sign && "anonymous");
  if (!credentials || !(options.endpoint || (options.region && !options.cname))) {
    throw new TypeError("credentials must be given, and region or endpoint (cname: endpoint)");
  }
  if (!/^v[14]$/.test(signatureVersion)) {
    throw new TypeError(`signatureVersion must be "v4" or "v1", got ${signatureVersion}`);
  }
  if (options.bucket !== undefined) checkBucket(options.bucket);
  checkInteger("stallTimeout", stallTimeout, 1);
  checkInteger("retry.attempts", retry.attempts ?? 1, 1);
  if (timeout !== undefined) checkInteger("timeout", timeout, 1);
  const endpoint = resolveEndpoint(options);
  if (!endpoint.region && signatureVersion === "v4" && credentials !== "anonymous") {
    throw new TypeError(`region must be given with ${options.endpoint}`);
  }

  const warned = new Set<string>();
  const warn = (message: string): void => {
    if (warned.has(message)) return;
    warned.add(message);
    (options.onWarning ?? console.warn)(message);
  };
  const clock = createClock(options.now);
  const source = createCredentials(credentials, clock.now, warn);
  const context: ClientContext = {
    bucket: options.bucket,
    region: endpoint.region,
    signatureVersion,
    additionalHeaders: options.additionalHeaders ?? [],
    integrity,
    hash: options.hash,
    url(named, key) {
      const bucket = named === null ? undefined : (named ?? options.bucket);
      // Only a service call has none.
      if (key !== undefined || named !== null) checkBucket(bucket);
      return endpoint.url(bucket, key);
    },
    credentials: source.get,
    now: clock.now,
    warn,
  };
  const fetch = (options.use ?? []).reduceRight((next, layer) => layer(next), options.fetch ?? platformFetch);
  const direct = !(options.fetch || options.use);
  const send = createSend({ ...options, context, source, clock, fetch, direct, retry, stallTimeout, integrity });
  return { send, context };
}
