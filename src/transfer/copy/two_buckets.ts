/**
 * Where copies come from and go to.
 * @module
 */
import { show } from "../../core/validate.ts";
import type { Client } from "../../types.ts";

/** The buckets of a copy, as callers name them. */
export interface TwoBuckets {
  readonly bucket?: string | undefined;
  readonly sourceBucket?: string | undefined;
}

/**
 * Resolves the buckets of a copy.
 * @throws TypeError when one is missing or malformed, or when only the target is named and is not the client's own:
 *   either of the two could be meant, and the wrong one has nothing to copy
 */
export function twoBuckets(client: Client, input: TwoBuckets): { bucket: string; sourceBucket: string } {
  const { bucket } = client.context.url(input.bucket, undefined);
  const own = client.context.bucket;
  if (input.sourceBucket === undefined && own !== undefined && bucket !== own)
    throw new TypeError(`sourceBucket must be given with another bucket: is it ${show(own)} or ${show(bucket)}?`);
  const { bucket: sourceBucket } = client.context.url(input.sourceBucket ?? bucket, undefined);
  if (bucket === undefined || sourceBucket === undefined) throw new TypeError("bucket must be given, got undefined");
  return { bucket, sourceBucket };
}
