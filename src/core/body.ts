/**
 * Request bodies: what can be sent, its length, type and CRC-64, and whether it can be sent again.
 * @module
 */
import { encodeUtf8 } from "../codec/utf8.ts";
import type { Body } from "../types.ts";
import type { SendableBody } from "./call.ts";

/** Wraps bytes: they are sent as they are, without a copy. */
function bytesBody(bytes: Uint8Array): SendableBody {
  return {
    length: bytes.byteLength,
    type: undefined,
    replayable: () => true,
    open: (checksum) => ({
      init: { body: bytes as Uint8Array<ArrayBuffer> },
      visible: false,
      checksum: async () =>
        checksum === undefined ? undefined : (await import("../checksum/crc64.ts")).crc64(bytes, checksum),
    }),
  };
}

/**
 * Makes a body sendable.
 * @param body what the caller gave
 * @param length bytes of a stream, where the caller knows
 * @param maxBuffer bytes of a stream that may be kept in memory where the runtime cannot send streams
 * @param signal stops the reading of a stream into memory
 * @returns the body, to be opened once for each attempt
 * @throws TypeError when it is nothing that can be sent
 */
export async function prepareBody(
  body: Body | undefined,
  length: number | undefined,
  maxBuffer: number | undefined,
  signal: AbortSignal,
): Promise<SendableBody> {
  if (typeof body === "string") return bytesBody(encodeUtf8(body));
  // By its length, for buffers come from other realms as well.
  if ("byteLength" in Object(body)) {
    const { buffer, byteOffset, byteLength } = body as ArrayBufferView;
    return bytesBody(new Uint8Array(buffer ?? body, byteOffset, byteLength));
  }
  return (await import("./source_body.ts")).prepareSource(body, length, maxBuffer, signal);
}
