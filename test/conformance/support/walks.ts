/** Many objects, and what is left of them. */
import { type Client, each, listObjectsV2, putObject, TransferError } from "../../../src/mod.ts";
import { failureOf } from "./world.ts";

/** Stores an object under each key, some at once. */
export async function fill(client: Client, keys: readonly string[], body = "x"): Promise<void> {
  for (let at = 0; at < keys.length; at += 50) {
    await Promise.all(keys.slice(at, at + 50).map((key) => putObject(client, { key, body })));
  }
}

/** All keys of a bucket, by default the client's. */
export async function keysOf(client: Client, bucket?: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of each(client, listObjectsV2, { bucket, maxKeys: 1000 })) keys.push(key);
  return keys;
}

/** So many keys, in order. */
export function numbered(count: number, prefix = "k"): string[] {
  return Array.from({ length: count }, (_, at) => `${prefix}${String(at).padStart(5, "0")}`);
}

/** The error that a job over many objects ends with. */
export async function transferErrorOf(promise: Promise<unknown>): Promise<TransferError> {
  const error = await failureOf(promise);
  if (!(error instanceof TransferError)) throw error;
  return error;
}
