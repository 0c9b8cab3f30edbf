/** Frames of SelectObject, made by hand. */

import type { SelectObjectResult } from "../../../src/mod.ts";
import { createClient, selectObject } from "../../../src/mod.ts";

export const DATA = 8388609;
export const CONTINUOUS = 8388612;
export const END = 8388613;

/** CRC-32, bit by bit. */
export function slowCrc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

export function join(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function integer(size: 4 | 8, value: number): Uint8Array {
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  if (size === 8) view.setBigUint64(0, BigInt(value));
  else view.setUint32(0, value);
  return bytes;
}

/** One frame; with `crc` its payload's checksum. */
export function frame(type: number, offset: number, payload: Uint8Array | string, crc = true): Uint8Array<ArrayBuffer> {
  const content = typeof payload === "string" ? new TextEncoder().encode(payload) : payload;
  const all = join(integer(8, offset), content);
  const start = join(integer(4, 0x01000000 + type), integer(4, all.length), integer(4, 0));
  return join(start, all, integer(4, crc ? slowCrc32(all) : 0));
}

export function endFrame(offset: number, status = 200, message = "", crc = true): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(message);
  return frame(END, offset, join(integer(8, offset), integer(4, status), text), crc);
}

/** A body in these pieces; `state` tells what became of it. */
export function bodyOf(pieces: readonly Uint8Array[], state: { pulled: number; cancelled?: unknown } = { pulled: 0 }) {
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = pieces[state.pulled++];
        if (piece === undefined) controller.close();
        else controller.enqueue(piece);
      },
      cancel(reason) {
        state.cancelled = reason;
      },
    },
    { highWaterMark: 0 },
  );
}

/** What SelectObject makes of an answer. */
export function selected(
  body: BodyInit,
  headers: Record<string, string | undefined> = {},
  signal?: AbortSignal,
  outputRawData?: boolean,
): Promise<SelectObjectResult> {
  const all = { "x-oss-select-output-raw": "false", "x-oss-request-id": "5C3D", ...headers };
  const answer = Object.entries(all).filter((line): line is [string, string] => line[1] !== undefined);
  const client = createClient({
    region: "cn-hangzhou",
    bucket: "photos",
    credentials: "anonymous",
    retry: { attempts: 1 },
    fetch: async () => new Response(body, { status: 206, headers: answer }),
  });
  return selectObject(
    client,
    { key: "a.csv", expression: "select 1", outputSerialization: { outputRawData } },
    { signal },
  );
}

/** Bytes written in hexadecimal. */
export function hex(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
