/**
 * Walks two folders side by side.
 * @module
 */
import type { BaseInput } from "../../core/operation.ts";
import { each } from "../../core/pages.ts";
import { compareKeys } from "../../operations/byte_order.ts";
import { type ListedObject, type ListItem, listObjectsV2 } from "../../operations/object/list.ts";
import type { CallOptions, Client } from "../../types.ts";

/** An object, and what its copy is called. */
export interface Pair {
  readonly original: ListedObject;
  readonly key: string;
  /** What has the copy's key now, if that was looked for. */
  readonly existing?: ListedObject | undefined;
  /** The object that only marks the folder: at the top of a bucket it has no name. */
  readonly marker: boolean;
}

/**
 * Walks the objects of one prefix and finds those of the same name below another one: both lists have the same order,
 * so that each is read once.
 * @param client the client
 * @param source where the originals are
 * @param sourcePrefix what their keys begin with
 * @param target where the copies are, if they are looked for
 * @param prefix what their keys begin with
 */
export async function* pairs(
  client: Client,
  source: BaseInput,
  sourcePrefix: string,
  target: BaseInput | undefined,
  prefix: string,
  call: CallOptions,
): AsyncGenerator<Pair, void, undefined> {
  const walk = ({ bucket, requestPayer }: BaseInput, below: string): AsyncGenerator<ListItem, void, undefined> =>
    each(client, listObjectsV2, { bucket, requestPayer, prefix: below, maxKeys: 1000 }, call);
  const copies = target && walk(target, prefix);
  let copy = await copies?.next();
  for await (const original of walk(source, sourcePrefix)) {
    if (original.isPrefix) continue;
    const key = prefix + original.key.slice(sourcePrefix.length);
    while (copy?.value && compareKeys(copy.value.key, key) < 0) copy = await copies?.next();
    const existing = copy?.value && copy.value.key === key && !copy.value.isPrefix ? copy.value : undefined;
    yield { original, key, existing, marker: key === "" };
  }
}
