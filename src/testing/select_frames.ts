/**
 * Frames of SelectObject's answers.
 * @module
 */
import { crc32 } from "../checksum/crc32.ts";
import { encodeUtf8 } from "../codec/utf8.ts";
import type { Bytes } from "../types.ts";

/** Types of frames, as the service numbers them. */
export const FRAME = {
  data: 8_388_609,
  continuous: 8_388_612,
  end: 8_388_613,
  csvMetaEnd: 8_388_614,
  jsonMetaEnd: 8_388_615,
} as const;

/**
 * Makes a frame.
 * @param type its type
 * @param offset bytes that were scanned
 * @param payload what follows the offset
 * @param checked whether it carries the payload's CRC-32
 */
export function frame(type: number, offset: number, payload: Uint8Array, checked: boolean): Bytes {
  const bytes = new Uint8Array(24 + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, (1 << 24) | type);
  view.setUint32(4, payload.length + 8);
  view.setBigUint64(12, BigInt(offset));
  bytes.set(payload, 20);
  if (checked) view.setUint32(20 + payload.length, crc32(bytes.subarray(12, 20 + payload.length)));
  return bytes;
}

/**
 * What follows the offset in a last frame.
 * @param scanned bytes
 * @param status HTTP status of the whole
 * @param counts further numbers: of 4 bytes, or bigint of 8
 * @param message error code and details
 */
export function ending(
  scanned: number,
  status: number,
  counts: readonly (number | bigint)[],
  message: string,
): Uint8Array {
  const text = encodeUtf8(message);
  const bytes = new Uint8Array(
    12 + counts.reduce<number>((sum, one) => sum + (typeof one === "bigint" ? 8 : 4), 0) + text.length,
  );
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(scanned));
  view.setUint32(8, status);
  let at = 12;
  for (const count of counts) {
    if (typeof count === "bigint") view.setBigUint64(at, count);
    else view.setUint32(at, count);
    at += typeof count === "bigint" ? 8 : 4;
  }
  bytes.set(text, at);
  return bytes;
}

/** Puts frames together. */
export function joined(parts: readonly Uint8Array[]): Bytes {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
