/**
 * What is in a folder, fetched as far as it is looked at.
 * @module
 */
import { type Client, each, type ListItem, listObjectsV2, NetworkError } from "oss-fetch";

/** A folder's content, as far as it is known. Folders come first. */
export interface Listing {
  readonly items: readonly ListItem[];
  /** Is there more to fetch? */
  readonly more: boolean;
}

/**
 * Lists a folder.
 * @param prefix its key, `""` or ending in a slash
 * @param count how many items are wanted
 */
export async function listFolder(client: Client, prefix: string, count: number, signal: AbortSignal): Promise<Listing> {
  const items: ListItem[] = [];
  const waits = new AbortController();
  signal.addEventListener("abort", () => waits.abort(signal.reason), { once: true, signal: waits.signal });
  // Who looks at a folder wants to be told now, not to wait for a network.
  const onWaiting = (): void =>
    waits.abort(new NetworkError("There is no network", { method: "GET", url: location.href, attempts: 0 }));
  const options = { signal: waits.signal, onWaiting };
  for await (const item of each(client, listObjectsV2, { prefix, delimiter: "/", maxKeys: 1000 }, options)) {
    // The mark of an empty folder is the folder itself.
    if (item.key === prefix) continue;
    if (items.length === count) return { items: foldersFirst(items), more: true };
    items.push(item);
  }
  return { items: foldersFirst(items), more: false };
}

function foldersFirst(items: readonly ListItem[]): ListItem[] {
  return [...items.filter(({ isPrefix }) => isPrefix), ...items.filter(({ isPrefix }) => !isPrefix)];
}
