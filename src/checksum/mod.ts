/**
 * CRC-64/XZ as OSS computes it (`x-oss-hash-crc64ecma`), to check bytes yourself.
 *
 * ```ts
 * import { crc64 } from "oss-fetch/crc64";
 * import { createClient, putObject } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const client = createClient({ ...createTestOSS({ buckets: ["photos"] }).clientOptions, bucket: "photos" });
 * const body = new TextEncoder().encode("hello");
 * const { crc64: stored } = await putObject(client, { key: "a.txt", body });
 * console.log(stored === crc64(body)); // true
 * ```
 * @module
 */
export { type Crc64, combineCrc64, crc64, createCrc64 } from "./crc64.ts";
export { useCrc64Module } from "./crc64_kernel.ts";
export { type Crc64Stream, createCrc64Stream } from "./crc64_stream.ts";
