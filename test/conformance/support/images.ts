/** The smallest images of each kind, and what their headers tell. */

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
}

const at = (
  size: number,
  ...parts: readonly [place: number, ...values: readonly number[]][]
): Uint8Array<ArrayBuffer> => {
  const made = new Uint8Array(size);
  for (const [place, ...values] of parts) made.set(values, place);
  return made;
};
const codes = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));

export interface Sample {
  readonly format: string;
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A GIF of one transparent pixel. */
export const PIXEL: Uint8Array<ArrayBuffer> = bytes("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const webp = (
  kind: string,
  ...rest: readonly [place: number, ...values: readonly number[]][]
): Uint8Array<ArrayBuffer> => at(34, [0, ...codes("RIFF")], [8, ...codes(`WEBP${kind}`)], ...rest);

export const SAMPLES: readonly Sample[] = [
  { format: "gif", width: 1, height: 1, frames: 1, bytes: PIXEL },
  {
    format: "gif",
    width: 0x102,
    height: 3,
    frames: 2,
    bytes: new Uint8Array([
      ...codes("GIF87a"),
      ...[2, 1, 3, 0, 0, 0, 0],
      ...[0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 1, 0x44, 0],
      ...[0x21, 0xfe, 2, 0x2c, 0x2c, 0],
      ...[0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0x80, 1, 2, 3, 4, 5, 6, 2, 2, 0x44, 1, 0],
      0x3b,
    ]),
  },
  {
    format: "png",
    width: 0x010203,
    height: 0x0405,
    frames: 1,
    bytes: at(33, [0, ...PNG], [12, ...codes("IHDR"), 0, 1, 2, 3, 0, 0, 4, 5]),
  },
  {
    format: "jpg",
    width: 0x0203,
    height: 0x0405,
    frames: 1,
    // A segment with a table, which has a marker of the same range, comes before the frame header.
    bytes: at(30, [0, 0xff, 0xd8, 0xff, 0xc4, 0, 4, 9, 9, 0xff, 0xff, 0xc2, 0, 11, 8, 4, 5, 2, 3]),
  },
  { format: "webp", width: 0x010203, height: 0x040506, frames: 1, bytes: webp("VP8X", [24, 2, 2, 1, 5, 5, 4]) },
  { format: "webp", width: 2, height: 3, frames: 1, bytes: webp("VP8L", [20, 0x2f, 1, 0x80, 0, 0]) },
  { format: "webp", width: 0x0123, height: 0x0145, frames: 1, bytes: webp("VP8 ", [26, 0x23, 0x41, 0x45, 0x81]) },
];
