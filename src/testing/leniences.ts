/**
 * The strict rules of the service that can be switched off, one by one.
 * @module
 */

/**
 * The names of all strict rules that can be switched off; {@link LENIENCE_NOTES} says what each one changes.
 *
 * The strict answer is the service's own. A client must be right under both, because proxies, emulators and older
 * regions differ: flip each in turn.
 * @example
 * ```ts
 * import { createTestOSS, LENIENCES } from "oss-fetch/testing";
 * for (const lenience of LENIENCES) createTestOSS({ lenient: [lenience] });
 * ```
 */
export const LENIENCES = [
  "skew",
  "region",
  "scope-date",
  "content-sha256",
  "path-style",
  "endpoint",
  "gzip",
  "ranges",
  "cors",
  "force-download",
  "response-overrides",
  "no-crc",
  "opaque-etag",
  "extras",
  "keys",
  "metadata",
  "max-keys",
  "delete-limits",
  "length",
  "part-size",
  "buckets",
  "order",
  "self-copy",
  "copy-region",
  "append-metadata",
  "archive",
] as const;

/** The name of a strict rule that is switched off. */
export type Lenience = (typeof LENIENCES)[number];

/** What each leniency changes, in words. */
export const LENIENCE_NOTES: Readonly<Record<Lenience, string>> = {
  // Signatures (verify.ts).
  skew: "signatures of any time are accepted, not only of 15 minutes around now",
  region: "the V4 scope may name any region",
  "scope-date": "the V4 scope may name another day than the signature's date",
  "content-sha256": "x-oss-content-sha256 may hold anything",
  // Addressing.
  "path-style": "path style is accepted on every host, not only on IP addresses and localhost",
  endpoint: "a bucket answers on every region's endpoint",
  // Answers.
  gzip: "nothing is compressed on the fly",
  ranges: "every range behaves as with x-oss-range-behavior: standard (206 cut to size, 416)",
  cors: "every origin may call everything and sees every header",
  "force-download": "the service's own domains force downloads (Content-Disposition: attachment)",
  "response-overrides": "anonymous reads may carry response-* parameters",
  "no-crc": "no answer carries a CRC-64",
  "opaque-etag": "no ETag is an MD5",
  extras: "answers carry headers and elements that no document mentions, and XML roots a namespace",
  // Limits.
  keys: "keys may be longer than 1,023 bytes and start with / or \\",
  metadata: "metadata may have any name and size",
  "max-keys": "page sizes above 1,000 are cut instead of refused",
  "delete-limits": "DeleteMultipleObjects takes any number of keys, any size, and needs no Content-MD5",
  length: "bodies need neither Content-Length nor chunks",
  "part-size": "parts but the last may be smaller than 100 KiB",
  buckets: "an account may own more than 100 buckets",
  // Behaviour.
  order: "lists are in UTF-16 order instead of UTF-8 byte order",
  "self-copy": "copying an object onto itself honours x-oss-metadata-directive",
  "copy-region": "objects may be copied across regions",
  "append-metadata": "every append may replace the metadata, not only the first",
  archive: "archived objects can be read without restoring them",
};
