/**
 * Deleting a file, or a folder with everything in it.
 * @module
 */
import { type Client, deleteObject, each, listObjectsV2 } from "oss-fetch";

const AT_ONCE = 4;

/** Deletes one file. */
export async function removeFile(client: Client, key: string, signal: AbortSignal): Promise<void> {
  await deleteObject(client, { key }, { signal });
}

/**
 * Deletes everything below a folder.
 * @param onRemoved told how many are gone
 */
export async function removeFolder(
  client: Client,
  prefix: string,
  signal: AbortSignal,
  onRemoved: (count: number) => void,
): Promise<void> {
  // Markers are keys, so a list may be walked while what it names disappears.
  const keys = each(client, listObjectsV2, { prefix, maxKeys: 1000 }, { signal });
  let count = 0;
  const work = async (): Promise<void> => {
    for (let next = await keys.next(); !next.done; next = await keys.next()) {
      await removeFile(client, next.value.key, signal);
      onRemoved(++count);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
