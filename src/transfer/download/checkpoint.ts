/**
 * What a download that failed leaves behind.
 * @module
 */

import type { InParts } from "./answer.ts";
import type { DownloadJob, Piece } from "./job.ts";
import type { DownloadCheckpoint, DownloadedPiece } from "./types.ts";

/**
 * Tells what has arrived, as plain JSON.
 * @param job the download
 * @param parts the object that it is of
 */
export function checkpointOf({ input, pieces }: DownloadJob, { response, extent }: InParts): DownloadCheckpoint {
  const { start, end, total = end } = extent;
  const { headers } = response;
  const etag = headers.get("etag");
  const crc64 = headers.get("x-oss-hash-crc64ecma");
  return {
    kind: "download",
    ...(input.bucket !== undefined && { bucket: input.bucket }),
    key: input.key,
    ...(input.versionId !== undefined && { versionId: input.versionId }),
    ...(etag !== null && { etag }),
    ...(crc64 !== null && { crc64 }),
    ...{ objectSize: total, start, end },
    done: plainPieces([...pieces].sort((a, b) => a.position - b.position)),
  };
}

/** Pieces as plain JSON. */
export function plainPieces(pieces: readonly Piece[]): DownloadedPiece[] {
  return pieces.map(({ position, length, crc64 }) => ({
    position,
    length,
    ...(crc64 !== undefined && { crc64: `${crc64}` }),
  }));
}
