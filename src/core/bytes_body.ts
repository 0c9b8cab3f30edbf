/**
 * Bytes as a request body.
 * @module
 */

import { then } from "../signing/canonical.ts";
import type { Bytes } from "../types.ts";
import type { SendableBody, Unfollowed } from "./call.ts";
import { once } from "./late.ts";

const checksums = /* @__PURE__ */ once(() => import("../checksum/crc64.ts"));

/**
 * Wraps bytes: they are sent as they are, without a copy.
 * @param bytes all of them
 * @param extra what else `fetch` is told
 */
export function bytesBody(bytes: Bytes, extra?: Unfollowed): SendableBody {
  return {
    length: bytes.length,
    open: (checksum) => ({
      init: { ...extra, body: bytes },
      // It never throws: bytes that went to another thread meanwhile are none, and `fetch` says so.
      checksum: () =>
        checksum === undefined || !bytes.length ? checksum : then(checksums(), ({ crc64 }) => crc64(bytes, checksum)),
    }),
  };
}
