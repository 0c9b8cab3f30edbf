/**
 * Buckets that no host name can be made of. Addresses are made as text, for to parse each one costs as much as its signature.
 * @module
 */
import type { Addressed } from "./address.ts";
import { show } from "./validate.ts";

/**
 * Says that a request has no address: `xn--a` is a name that OSS allows, and Punycode of nothing.
 * @param target the request
 * @returns what to throw; nothing where there is an address
 */
export function unaddressable({ url, bucket }: Addressed): TypeError | undefined {
  return URL.canParse(url) ? undefined : new TypeError(`bucket must make a host name, got ${show(bucket)}`);
}
