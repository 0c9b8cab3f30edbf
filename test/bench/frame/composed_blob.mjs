/**
 * Large Blobs of a page that are no buffer of it.
 */
import { pattern } from "./pattern.mjs";

const PIECE = 1 << 20;

/**
 * A Blob of the pattern, made of pieces that have left the page: each has when its last byte can be read.
 *
 * Chromium loses bytes of a large Blob that is made at once: of 256 MiB, in one buffer or in pieces, slices can be read
 * for a second or two, and then no more, neither by `arrayBuffer` (NotReadableError) nor by raw `fetch` ("Failed to
 * fetch"), in a page that does nothing else; of 128 MiB seldom. Of one that is made like this it has lost none.
 * @param size its bytes
 */
export async function composedBlob(size) {
  const piece = pattern(Math.min(PIECE, size));
  const blobs = [];
  for (let at = 0; at < size; at += PIECE) {
    const blob = new Blob([piece.subarray(0, size - at)]);
    await blob.slice(-1).arrayBuffer();
    blobs.push(blob);
  }
  return new Blob(blobs);
}
