/**
 * Lists, page by page or item by item.
 * @module
 */

import { endless } from "../codec/endless.ts";
import type { CallOptions, Client } from "../types.ts";
import { type Operation, operation, type Row } from "./operation.ts";

/** How one page of a list leads to the next. */
export interface Paging<I, O, T> {
  /** The markers to ask on from; `undefined` after the last page. */
  readonly next: (result: O) => Partial<I> | undefined;
  /** What the page holds, in the service's order. */
  readonly items: (result: O, input: I) => readonly T[];
}

/** An operation that answers one page of a list. */
export interface ListOperation<I extends object, O, T> extends Operation<I, O> {
  readonly paging: Paging<I, O, T>;
}

/**
 * Makes a list operation of a row.
 * @param declare returns the row
 * @param paging how a page leads to the next
 * @returns the operation, which `pages` and `each` can walk
 * @example
 * ```ts
 * import { listBuckets } from "oss-fetch";
 * console.log(listBuckets.paging.next({ buckets: [], isTruncated: false, status: 200, headers: new Headers() })); // undefined
 * ```
 */
export function listOperation<I extends object, O, T>(
  declare: () => NoInfer<Row<I, O>>,
  paging: NoInfer<Paging<I, O, T>>,
): ListOperation<I, O, T> {
  return Object.defineProperty(operation<I, O>(declare), "paging", { value: paging }) as ListOperation<I, O, T>;
}

/**
 * Walks a list page by page; no page is fetched before it is asked for.
 * @param client the client
 * @param list a list operation
 * @param input the operation's input; markers in it say where to begin
 * @param options of each call
 * @throws DecodeError when the service's markers turn in a circle
 * @example
 * ```ts
 * import { createClient, listObjectsV2, pages } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * for await (const page of pages(client, listObjectsV2, { prefix: "2025/" })) console.log(page.objects.length);
 * ```
 */
export async function* pages<I extends object, O, T>(
  client: Client,
  list: ListOperation<I, O, T>,
  input: I,
  options?: CallOptions,
): AsyncGenerator<O, void, undefined> {
  // Markers are compared with one kept from ever further back: that finds a circle of any length, and keeps one text.
  let kept = "{}";
  let number = 0;
  for (let more: Partial<I> | undefined = {}; more; ) {
    const result: O = await list(client, { ...input, ...more }, options);
    yield result;
    more = list.paging.next(result);
    const markers = JSON.stringify(more);
    if (markers === kept) throw endless(list.operationName);
    // At 1, 2, 4, 8...
    if (!(++number & (number - 1))) kept = markers;
  }
}

/**
 * Walks a list item by item; no page is fetched before it is asked for.
 * @param client the client
 * @param list a list operation
 * @param input the operation's input
 * @param options of each call
 * @example
 * ```ts
 * import { createClient, each, listObjectsV2 } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * for await (const item of each(client, listObjectsV2, { delimiter: "/" })) console.log(item.isPrefix, item.key);
 * ```
 */
export async function* each<I extends object, O, T>(
  client: Client,
  list: ListOperation<I, O, T>,
  input: I,
  options?: CallOptions,
): AsyncGenerator<T, void, undefined> {
  for await (const page of pages(client, list, input, options)) yield* list.paging.items(page, input);
}
