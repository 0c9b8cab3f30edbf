/** What a bucket needs so that pages of any origin can do everything with it. */
import type { CorsConfiguration } from "../../src/testing/mod.ts";

/** What a page sees beside, where it writes objects anew: the tests' objects have no metadata. */
export const KEPT = [
  "x-oss-storage-class",
  "Content-Disposition",
  "Content-Language",
  "x-oss-server-side-encryption",
  "x-oss-server-side-encryption-key-id",
  "x-oss-server-side-data-encryption",
] as const;

/**
 * Rules for every origin.
 * @param more headers that pages see, beside those that transfers and appends need
 */
export function openCors(...more: readonly string[]): CorsConfiguration {
  const exposeHeaders = [
    "ETag",
    "x-oss-request-id",
    "x-oss-hash-crc64ecma",
    "x-oss-version-id",
    "x-oss-next-append-position",
    "Content-Encoding",
    "Content-Range",
    ...more,
  ];
  const allowedMethods = ["GET", "PUT", "POST", "DELETE", "HEAD"];
  return { rules: [{ allowedOrigins: ["*"], allowedMethods, allowedHeaders: ["*"], exposeHeaders }] };
}
