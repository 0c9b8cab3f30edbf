/**
 * The frames in which SelectObject and CreateSelectObjectMeta answer; loaded with the first such answer.
 *
 * A frame is: version (1 byte), type (3), length of the payload (4), CRC-32 of these (4, or zero), the payload, which
 * begins with the position in the object up to which was scanned (8), and CRC-32 of the payload (4, or zero). All
 * integers are big-endian.
 * @module
 */
import { crc32 } from "../../checksum/crc32.ts";
import { DecodeError, IntegrityError } from "../../errors.ts";
import type { Bytes } from "../../types.ts";

/** Types of frames. */
export const DATA = 0x800001;
export const CONTINUOUS = 0x800004;
export const END = 0x800005;
export const CSV_META_END = 0x800006;
export const JSON_META_END = 0x800007;

/** Bytes of a frame that is not data: the rest is an error message. */
const MOST = 65_536;

/** A frame whose payload has not been read yet. */
export interface Frame {
  readonly type: number;
  /** Bytes of the object that were scanned so far. */
  readonly offset: number;
}

/** The answer, frame by frame. */
export interface FrameReader {
  /** The next frame, once the last one was read. @throws DecodeError where the answer ends without one */
  next(): Promise<Frame>;
  /** The next bytes of the frame's data, `undefined` at its end. @throws IntegrityError */
  data(): Promise<Bytes | undefined>;
  /** All that is left of the frame. @throws DecodeError | IntegrityError */
  rest(): Promise<DataView>;
  /** Makes sure that nothing follows. @throws DecodeError */
  end(): Promise<void>;
  cancel(reason?: unknown): Promise<void>;
}

/**
 * Reads frames.
 * @param body the answer's body
 * @param title the call, for messages
 */
export function readFrames(body: ReadableStream<Uint8Array>, title: string): FrameReader {
  const reader = body.getReader();
  let chunk = new Uint8Array(0) as Uint8Array;
  /** Unread bytes of the frame. */
  let left = 0;
  let open = false;
  let crc = 0;
  const broken = (what: string): DecodeError => new DecodeError(`${title}: ${what}`);

  /** Makes sure that there are unread bytes; false at the end of the body. */
  async function fill(): Promise<boolean> {
    while (chunk.length === 0) {
      const { done, value } = await reader.read();
      if (done) return false;
      chunk = value;
    }
    return true;
  }
  async function some(most: number): Promise<Bytes> {
    if (!(await fill())) throw broken("the answer was cut short");
    const piece = chunk.subarray(0, most);
    chunk = chunk.subarray(piece.length);
    return piece as Bytes;
  }
  async function take(length: number): Promise<DataView<ArrayBuffer>> {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; ) {
      const piece = await some(length - at);
      bytes.set(piece, at);
      at += piece.length;
    }
    return new DataView(bytes.buffer);
  }
  const check = (what: string, expected: number, actual: number): void => {
    // Zero: none was computed.
    if (expected === 0 || expected === actual) return;
    const message = `${title}: the ${what} of a frame has CRC-32 ${actual} instead of ${expected}`;
    throw new IntegrityError(message, "crc32", `${expected}`, `${actual}`);
  };
  const finish = async (): Promise<void> => check("payload", (await take(4)).getUint32(0), crc);

  return {
    async next() {
      const header = await take(12);
      const [first, length] = [header.getUint32(0), header.getUint32(4)];
      const type = first & 0xffffff;
      if (first >>> 24 !== 1 || length < 8 || type < DATA || type > JSON_META_END || (type !== DATA && length > MOST)) {
        throw broken("the answer is not made of frames");
      }
      check("header", header.getUint32(8), crc32(new Uint8Array(header.buffer, 0, 8)));
      const offset = await take(8);
      crc = crc32(new Uint8Array(offset.buffer));
      left = length - 8;
      open = true;
      return { type, offset: Number(offset.getBigUint64(0)) };
    },
    async data() {
      if (!open) return undefined;
      const piece = left === 0 ? new Uint8Array(0) : await some(left);
      crc = crc32(piece, crc);
      left -= piece.length;
      open = left > 0;
      // Before the last piece is handed over: short frames are never seen altered.
      if (!open) await finish();
      return piece.length > 0 ? piece : undefined;
    },
    async rest() {
      const view = await take(left);
      crc = crc32(new Uint8Array(view.buffer), crc);
      await finish();
      return view;
    },
    async end() {
      if (await fill()) throw broken("bytes follow the last frame");
    },
    cancel: (reason) => reader.cancel(reason),
  };
}

/** The answer has a frame that belongs to another call. */
export function foreignFrame(title: string): DecodeError {
  return new DecodeError(`${title}: the answer has a frame of another call`);
}
