/**
 * Own domains that buckets are bound to: kept with each bucket as the document that ListCname answers.
 * @module
 */
import type { Bucket } from "./records.ts";
import type { SortedMap } from "./sorted_map.ts";

/** The kind of document that holds a bucket's domains. */
export const CNAME_DOCUMENT = "cname";

/**
 * The bucket that an own domain is bound to.
 * @param buckets all of them: few enough to be asked one by one, for only hosts that nobody else knows come here
 * @param host in lower case, without port
 */
export function boundBucket(buckets: SortedMap<Bucket>, host: string): string | undefined {
  for (const [name, { record }] of buckets.from(() => false)) {
    if (record.documents?.[CNAME_DOCUMENT]?.includes(`<Domain>${host}</Domain>`)) return name;
  }
  return undefined;
}
