/**
 * How far an upload has come that an earlier visit left.
 * @module
 */
import { type Client, listParts, pages, type UploadRecord } from "oss-fetch";

/** Asks the storage for the bytes that it has of an upload; none where it cannot tell. */
export async function heldBytes(client: Client, { key, uploadId, size = 0 }: UploadRecord): Promise<number> {
  if (uploadId === undefined) return 0;
  let bytes = 0;
  try {
    for await (const { parts } of pages(client, listParts, { key, uploadId }))
      for (const part of parts) bytes += part.size;
  } catch {
    // Resuming finds out what is the matter.
  }
  return Math.min(bytes, size);
}
