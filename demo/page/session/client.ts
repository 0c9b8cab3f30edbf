/**
 * The page's OSS client.
 * @module
 */
import { type Client, createClient } from "oss-fetch";
import { xhrFetch } from "oss-fetch/xhr";
import { fetchKeys, type Settings } from "./session.ts";

/** Milliseconds that a transfer waits for a storage that does not answer. */
export const PATIENCE = 3_600_000;

/**
 * Makes the client; it fetches keys when it needs them, and again before they end.
 * @param onKeys told when new keys end
 */
export function createPageClient({ region, bucket, endpoint }: Settings, onKeys: (end: Date) => void): Client {
  return createClient({
    region,
    bucket,
    endpoint,
    // Tells of every byte of an upload, so that the bar moves within a part.
    fetch: xhrFetch(),
    // A phone that changes networks is gone for some seconds.
    retry: { attempts: 5, base: 300, max: 5000 },
    async credentials({ signal }) {
      const keys = await fetchKeys(signal);
      onKeys(new Date(keys.expiration));
      return keys;
    },
  });
}
