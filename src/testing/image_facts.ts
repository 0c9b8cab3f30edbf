/**
 * What the first bytes of an image tell: format and size.
 * @module
 */

/** Format, size in pixels, frames. */
export interface ImageFacts {
  readonly format: "png" | "gif" | "jpg" | "webp";
  readonly width: number;
  readonly height: number;
  readonly frames: number;
}

const has = (bytes: Uint8Array, at: number, text: string): boolean =>
  [...text].every((letter, index) => bytes[at + index] === letter.charCodeAt(0));

/** Counts the images of a GIF, block by block. */
function gifFrames(bytes: Uint8Array): number {
  const byte = (at: number): number => bytes[at] ?? 0;
  const table = (flags: number): number => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  /** The end of a chain of sub-blocks. */
  const skip = (at: number): number => {
    let place = at;
    while (byte(place) > 0) place += byte(place) + 1;
    return place + 1;
  };
  let frames = 0;
  let at = 13 + table(byte(10));
  while (at < bytes.length) {
    if (byte(at) === 0x21) at = skip(at + 2);
    else if (byte(at) === 0x2c) {
      frames++;
      at = skip(at + 11 + table(byte(at + 9)));
    } else break;
  }
  return frames;
}

/** The size that the frame header of a JPEG names. */
function jpegSize(view: DataView): { width: number; height: number } | undefined {
  for (let at = 2; at + 9 <= view.byteLength; ) {
    const marker = view.getUint8(at + 1);
    if (view.getUint8(at) !== 0xff) return undefined;
    if (marker === 0xff) at++;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    } else at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

function webpSize(bytes: Uint8Array, view: DataView): { width: number; height: number } | undefined {
  const uint24 = (at: number): number => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  if (has(bytes, 12, "VP8X")) return { width: uint24(24) + 1, height: uint24(27) + 1 };
  if (has(bytes, 12, "VP8L")) {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (!has(bytes, 12, "VP8 ")) return undefined;
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
}

/**
 * Reads an image's headers.
 * @param bytes the image
 * @returns what they tell, `undefined` for what is no image, or one cut short
 */
export function imageFacts(bytes: Uint8Array): ImageFacts | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (has(bytes, 0, "\x89PNG\r\n\x1a\n") && has(bytes, 12, "IHDR")) {
      return { format: "png", width: view.getUint32(16), height: view.getUint32(20), frames: 1 };
    }
    if (has(bytes, 0, "GIF87a") || has(bytes, 0, "GIF89a")) {
      const [width, height] = [view.getUint16(6, true), view.getUint16(8, true)];
      return { format: "gif", width, height, frames: gifFrames(bytes) };
    }
    const jpeg = has(bytes, 0, "\xff\xd8\xff") ? jpegSize(view) : undefined;
    if (jpeg) return { format: "jpg", ...jpeg, frames: 1 };
    const webp = has(bytes, 0, "RIFF") && has(bytes, 8, "WEBP") ? webpSize(bytes, view) : undefined;
    return webp && { format: "webp", ...webp, frames: 1 };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
