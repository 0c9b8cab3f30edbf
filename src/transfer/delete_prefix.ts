/**
 * Deletes everything below a prefix.
 * @module
 */
import type { BaseInput } from "../core/operation.ts";
import { pages } from "../core/pages.ts";
import { show } from "../core/validate.ts";
import { DecodeError } from "../errors.ts";
import { listObjectsV2 } from "../operations/object/list.ts";
import { listObjectVersions } from "../operations/object/list_versions.ts";
import type { CallOptions, Client } from "../types.ts";
import { type DeleteOptions, type Doomed, runDeletion } from "./objects/delete_batches.ts";

/** Input of `deletePrefix`. */
export interface DeletePrefixInput extends BaseInput {
  /** What the keys begin with; end it with `/` for a folder, or `2025` takes `2025-old/` along. */
  readonly prefix: string;
}

/** How to delete below a prefix; nothing of it goes on the wire. */
export interface DeletePrefixOptions extends DeleteOptions {
  /** Only counts, and tells `onDeleted` what would be deleted. @default false */
  readonly dryRun?: boolean | undefined;
  /** Allows the prefix `""`: every object of the bucket. @default false */
  readonly all?: boolean | undefined;
  /**
   * In a bucket that keeps versions: deletes every version and every delete marker, for good, instead of adding delete
   * markers. Each counts as an object. @default false
   */
  readonly versions?: boolean | undefined;
}

/** What was deleted, or with `dryRun` would be. */
export interface DeletePrefixResult {
  /** How many objects. */
  readonly deleted: number;
  /** Their bytes. */
  readonly size: number;
}

/**
 * Deletes every object whose key begins with a prefix, while they are listed.
 *
 * Memory holds a few pages of keys, however many there are. Stopped or failed, it is simply called again: what was
 * deleted is not listed any more. Unfinished multipart uploads stay. In a bucket that keeps versions, the objects get
 * delete markers, unless `versions` is set.
 *
 * @param client the client
 * @param input the prefix
 * @param options how to do it
 * @returns how many objects of how many bytes were deleted
 * @throws TypeError when the prefix is no text, or empty without `all`: before any request
 * @throws TransferError when listing failed, listed other keys, or an object was not deleted: `failures` names those,
 *   `result` counts
 * @example
 * ```ts
 * import { createClient, deletePrefix } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const { deleted, size } = await deletePrefix(client, { prefix: "2019/" }, { dryRun: true });
 * console.log(`${deleted} objects, ${size} bytes`);
 * await deletePrefix(client, { prefix: "2019/" }, { onProgress: ({ done }) => console.log(done) });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/user-guide/delete-objects-18
 */
export async function deletePrefix(
  client: Client,
  input: DeletePrefixInput,
  options: DeletePrefixOptions = {},
): Promise<DeletePrefixResult> {
  const { bucket, headers, query, requestPayer, prefix } = input;
  if (typeof prefix !== "string") throw new TypeError(`prefix must be text, got ${show(prefix)}`);
  if (prefix === "" && options.all !== true)
    throw new TypeError('prefix must not be empty, got "": that is the whole bucket, which takes { all: true }');
  const result = { deleted: 0, size: 0 };
  const base = { bucket, headers, query, requestPayer };
  const list = { ...base, prefix, maxKeys: 1000 };
  async function* found(call: CallOptions): AsyncGenerator<readonly Doomed[], void, undefined> {
    if (options.versions)
      for await (const page of pages(client, listObjectVersions, list, call)) yield checked(page.entries);
    else for await (const page of pages(client, listObjectsV2, list, call)) yield checked(page.objects);
  }
  /** A proxy, or a parameter of the caller's, may have widened the list. */
  function checked(page: readonly Doomed[]): readonly Doomed[] {
    const foreign = page.find(({ key }) => !key.startsWith(prefix));
    if (foreign) throw new DecodeError(`the list has ${show(foreign.key)}, which does not begin with ${show(prefix)}`);
    return page;
  }
  await runDeletion({
    client,
    input: base,
    options,
    title: `Cannot delete all below ${show(prefix)}`,
    dryRun: options.dryRun,
    source: found,
    deleted(objects, size) {
      result.deleted += objects.length;
      result.size += size;
    },
    result: () => ({ ...result }),
  });
  return result;
}
