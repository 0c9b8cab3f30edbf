/**
 * Deletes objects in as few requests as the service allows.
 * @module
 */
import { encodeUtf8 } from "../../codec/utf8.ts";
import type { BaseInput } from "../../core/operation.ts";
import { checkKey, show } from "../../core/validate.ts";
import type { ObjectFailure } from "../../errors.ts";
import {
  type DeletedObject,
  deleteMultipleObjects,
  type ObjectIdentifier,
} from "../../operations/object/delete_many.ts";
import type { CallOptions, Client, MaybePromise } from "../../types.ts";
import { type BatchOptions, runBatch, type Tally } from "../batch.ts";

/** How to delete many objects; nothing of it goes on the wire. */
export interface DeleteOptions extends BatchOptions {
  /**
   * Called with what each request has deleted; the next one of its lane waits for it. Use it to keep a log of more
   * objects than fit into memory.
   */
  readonly onDeleted?: ((deleted: readonly DeletedObject[]) => MaybePromise<void>) | undefined;
}

/** An object to delete, and its size where a list has told it. */
export interface Doomed extends ObjectIdentifier {
  readonly size?: number | undefined;
}

/** Objects for one request. */
interface DeleteBatch {
  /** Counts the requests, from 0. */
  readonly index: number;
  readonly objects: readonly Doomed[];
}

/** Keys that one request may have. */
const MOST_KEYS = 1000;
/** Bytes that its document may have, the elements around the objects included. */
const MOST_BYTES = 2_000_000;

/**
 * Checks what somebody wants to delete.
 * @throws TypeError naming what is no object
 */
export function identify(item: unknown): ObjectIdentifier {
  if (typeof item === "string") {
    checkKey(item);
    return { key: item };
  }
  const { key, versionId, isPrefix } = { ...(item as { isPrefix?: unknown } & Partial<ObjectIdentifier>) };
  checkKey(key);
  // What is deleted then is not what is listed below it.
  if (isPrefix === true) throw new TypeError(`objects must be keys, got the prefix ${show(key)}: use deletePrefix`);
  if (versionId === undefined) return { key };
  if (typeof versionId !== "string" || versionId === "")
    throw new TypeError(`versionId must be a version of ${show(key)}, got ${show(versionId)}`);
  return { key, versionId };
}

/** An upper bound of the bytes that an object takes in the document: escapes have at most six. */
function weigh({ key, versionId = "" }: ObjectIdentifier): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are written as references
  return encodeUtf8(key.replace(/[\0-\x1f"&'<>]/g, "&quot;")).length + versionId.length + 64;
}

/** Cuts what a source names into lists that one request can take; what it named before it failed comes first. */
async function* cutBatches(
  source: AsyncIterable<readonly Doomed[]>,
  keep: (pending: readonly Doomed[]) => void,
): AsyncGenerator<DeleteBatch, void, undefined> {
  let objects: Doomed[] = [];
  let bytes = 100;
  let index = 0;
  let failure: { readonly error: unknown } | undefined;
  keep(objects);
  try {
    for await (const list of source) {
      for (const item of list) {
        const weight = weigh(item);
        if (objects.length === MOST_KEYS || bytes + weight > MOST_BYTES) {
          const full = objects;
          objects = [item];
          bytes = 100 + weight;
          keep(objects);
          yield { index: index++, objects: full };
        } else {
          objects.push(item);
          bytes += weight;
        }
      }
    }
  } catch (error) {
    failure = { error };
  }
  keep([]);
  if (objects.length > 0) yield { index, objects };
  if (failure) throw failure.error;
}

/** What is to be deleted, and how. */
export interface Deletion {
  readonly client: Client;
  /** Its bucket, headers, query and payer go with every request. */
  readonly input: BaseInput;
  readonly options: DeleteOptions;
  readonly title: string;
  readonly total?: number | undefined;
  /** Counts and tells, and deletes nothing. */
  readonly dryRun?: boolean | undefined;
  readonly source: (call: CallOptions) => AsyncIterable<readonly Doomed[]>;
  /** Is told which objects of which bytes the request of this number has deleted. */
  readonly deleted: (objects: readonly Doomed[], size: number, index: number) => void;
  readonly result: () => unknown;
  /** What lies behind so many objects of the source. @default what was read of it and not sent */
  readonly untried?: ((taken: number) => readonly ObjectFailure[]) | undefined;
}

/**
 * Deletes all that a source names.
 * @throws TransferError when an object was not deleted
 */
export function runDeletion(deletion: Deletion): Promise<void> {
  const { source, options, title, total, result, untried } = deletion;
  let taken = 0;
  let pending: readonly Doomed[] = [];
  return runBatch<DeleteBatch>({
    options,
    title,
    total,
    source: (call) => cutBatches(source(call), (list) => (pending = list)),
    work(batch, call, tally) {
      taken += batch.objects.length;
      return deleteBatch(deletion, batch, call, tally);
    },
    result,
    untried: () => (untried ? untried(taken) : pending.map(identifierOf)),
  });
}

async function deleteBatch(deletion: Deletion, batch: DeleteBatch, call: CallOptions, tally: Tally): Promise<void> {
  const { client, input, options, dryRun } = deletion;
  const { bucket, headers, query, requestPayer } = input;
  const objects = batch.objects.map(identifierOf);
  let deleted: readonly DeletedObject[] = objects;
  if (!dryRun) {
    const request = { bucket, headers, query, requestPayer, objects };
    try {
      ({ deleted } = await deleteMultipleObjects(client, request, call));
    } catch (error) {
      tally.stop(
        error,
        objects.map((object) => ({ ...object, error })),
      );
      return call.signal?.throwIfAborted();
    }
  }
  const confirmed = new Set(deleted.flatMap(namesOf));
  const isGone = ({ key, versionId }: Doomed): boolean => confirmed.has(nameOf(key, versionId));
  const gone = batch.objects.filter(isGone);
  const size = gone.reduce((sum, object) => sum + (object.size ?? 0), 0);
  const { onDeleted } = options;
  if (onDeleted) await tally.tell(() => onDeleted(deleted));
  deletion.deleted(gone, size, batch.index);
  tally.done(gone.length, size);
  tally.failed(objects.filter((object) => !isGone(object)));
}

function identifierOf({ key, versionId }: Doomed): { readonly key: string; readonly versionId?: string } {
  return versionId === undefined ? { key } : { key, versionId };
}

/** A version id holds no NUL. */
const nameOf = (key: string, versionId = ""): string => `${versionId}\0${key}`;

/** All that an entry of the answer confirms: a version, a delete marker that was one, or simply the key. */
function namesOf({ key, versionId, deleteMarkerVersionId }: DeletedObject): string[] {
  return [nameOf(key), nameOf(key, versionId), nameOf(key, deleteMarkerVersionId)];
}
