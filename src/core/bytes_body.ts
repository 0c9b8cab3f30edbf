/**
 * Bytes as a request body.
 * @module
 */
import type { Bytes } from "../types.ts";
import type { SendableBody } from "./call.ts";

/**
 * Wraps bytes: they are sent as they are, without a copy.
 * @param bytes all of them
 */
export function bytesBody(bytes: Bytes): SendableBody {
  return {
    length: bytes.length,
    open: (checksum) => ({
      init: { body: bytes },
      checksum: async () =>
        checksum === undefined ? undefined : (await import("../checksum/crc64.ts")).crc64(bytes, checksum),
    }),
  };
}
