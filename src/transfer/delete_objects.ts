/**
 * Deletes any number of objects.
 * @module
 */
import type { BaseInput } from "../core/operation.ts";
import { show } from "../core/validate.ts";
import type { ObjectIdentifier } from "../operations/object/delete_many.ts";
import type { Client } from "../types.ts";
import { type DeleteOptions, type Doomed, identify, runDeletion } from "./objects/delete_batches.ts";

/** Objects to delete: keys, or keys with versions, such as those that `each` finds. */
export type ObjectsToDelete =
  | Iterable<string | ObjectIdentifier>
  | AsyncIterable<string | ObjectIdentifier>
  | readonly (string | ObjectIdentifier)[];

/** Input of `deleteObjects`. */
export interface DeleteObjectsInput extends BaseInput {
  /** Any number of them; what is no array is read as it is deleted. */
  readonly objects: ObjectsToDelete;
}

/** What was deleted. */
export interface DeleteObjectsResult {
  /** How many objects, those that did not exist included. */
  readonly deleted: number;
  /** Their keys, in the order given; empty where `onDeleted` takes them, so that memory stays bounded. */
  readonly deletedKeys: readonly string[];
}

/**
 * Deletes any number of objects, 1,000 keys or 2 MB a request, several requests at once.
 *
 * Keys that do not exist count as deleted. A request that fails stops the job, after those under way: `failures` of
 * the error names what was not deleted, and can be given to this function again. Memory holds the keys of the requests
 * under way, and those of the result unless `onDeleted` is given.
 *
 * @param client the client
 * @param input the objects
 * @param options how to do it
 * @returns how many were deleted, and which
 * @throws TypeError when a key is malformed, or a common prefix is among the objects; RangeError when an array is
 *   empty; both before any request where the objects are an array
 * @throws TransferError when an object was not deleted: `cause` tells why, `failures` which, `result` what was
 * @example
 * ```ts
 * import { createClient, deleteObjects, each, listObjectsV2 } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * console.log((await deleteObjects(client, { objects: ["a.txt", "b.txt"] })).deletedKeys);
 * const old = each(client, listObjectsV2, { prefix: "2019/" }); // whatever can be iterated
 * console.log((await deleteObjects(client, { objects: old }, { onDeleted: (list) => console.log(list) })).deleted);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/deletemultipleobjects
 */
export async function deleteObjects(
  client: Client,
  input: DeleteObjectsInput,
  options: DeleteOptions = {},
): Promise<DeleteObjectsResult> {
  const { objects } = input;
  const list: ObjectIdentifier[] | undefined = Array.isArray(objects) ? objects.map(identify) : undefined;
  if (list?.length === 0) throw new RangeError("objects must not be empty, got []");
  if (!list && !isIterable(objects)) throw new TypeError(`objects must be iterable, got ${show(objects)}`);
  let deleted = 0;
  const keys: string[][] = [];
  const result = (): DeleteObjectsResult => ({ deleted, deletedKeys: keys.flat() });
  await runDeletion({
    client,
    input,
    options,
    title: "Cannot delete all objects",
    total: list?.length,
    source: () => (list ? once(list) : each(objects)),
    deleted(gone, _, index) {
      deleted += gone.length;
      if (!options.onDeleted) keys[index] = gone.map(({ key }) => key);
    },
    result,
    untried: list && ((taken) => list.slice(taken)),
  });
  return result();
}

function isIterable(objects: unknown): boolean {
  return (
    typeof objects === "object" && objects !== null && (Symbol.iterator in objects || Symbol.asyncIterator in objects)
  );
}

async function* once(list: readonly Doomed[]): AsyncGenerator<readonly Doomed[], void, undefined> {
  yield list;
}

async function* each(objects: ObjectsToDelete): AsyncGenerator<readonly Doomed[], void, undefined> {
  for await (const item of objects) yield [identify(item)];
}
