/**
 * MD5 by the host, several times faster than in JavaScript.
 * @module
 */
import { createHash } from "node:crypto";
import type { Bytes } from "../../types.ts";

/**
 * Computes an MD5: the `md5` option of `createTestOSS`.
 * @param data the bytes
 * @returns 16 bytes
 * @example
 * ```ts
 * import { createTestOSS } from "oss-fetch/testing";
 * import { nodeMd5 } from "oss-fetch/testing/node";
 * const oss = createTestOSS({ md5: nodeMd5 });
 * ```
 */
export function nodeMd5(data: Bytes): Bytes {
  return new Uint8Array(createHash("md5").update(data).digest());
}
