/** A stage with ears: what was sent, what the client warned of and told `debug`. */
import {
  type Client,
  type DebugEvent,
  deleteMultipleObjects,
  isOSSError,
  listObjectsV2,
  ServiceError,
} from "../../../src/mod.ts";
import { assert, type TestContext } from "../../harness.ts";
import { type CaseOptions, type Stage, stage } from "../cases.ts";
import { confideKeys } from "./watched_stores.ts";
import { createWire, type Wire } from "./wire.ts";

export const VERSIONS = ["v4", "v1"] as const;

export interface World extends Stage {
  readonly wire: Wire;
  readonly warnings: string[];
  readonly events: DebugEvent[];
}

/** A fresh OSS and a client of it that repeats without long pauses. */
export function world(t: TestContext, options: CaseOptions = {}): World {
  const wire = createWire();
  const warnings: string[] = [];
  const events: DebugEvent[] = [];
  const { use = [], ...client } = options.client ?? {};
  const set = stage(t, {
    ...options,
    client: {
      retry: { base: 1, max: 2 },
      onWarning: (message) => warnings.push(message),
      debug: (event) => events.push(event),
      ...client,
      use: [...use, wire.layer],
    },
  });
  confideKeys(set.oss.credentials);
  return { ...set, wire, warnings, events };
}

/** What a promise is rejected with. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ("error" in outcome) return outcome.error;
  const text = JSON.stringify(outcome.value, (_, value) => (typeof value === "bigint" ? `${value}n` : value));
  return assert.fail(`it should have been refused, and gave ${text?.slice(0, 200)}`);
}

/** What each of some promises is rejected with; all at once, for one that is not awaited yet would count as unhandled. */
export function failuresOf(promises: readonly Promise<unknown>[]): Promise<unknown[]> {
  return Promise.all(promises.map(failureOf));
}

/** The error answer that a call ends with. */
export async function serviceErrorOf(promise: Promise<unknown>): Promise<ServiceError> {
  const error = await failureOf(promise);
  if (!(error instanceof ServiceError)) throw error;
  assert.isTrue(isOSSError(error));
  return error;
}

/** Checks the facts that every error answer carries. */
export async function assertRefused(
  promise: Promise<unknown>,
  facts: { readonly status: number; readonly code: string; readonly ec?: string; readonly operation?: string },
): Promise<ServiceError> {
  const error = await serviceErrorOf(promise);
  const { status, code, ec, operation } = error;
  const found = { status, code, ...(facts.ec && { ec }), ...(facts.operation && { operation }) };
  assert.deepEqual(found, facts);
  assert.match(error.requestId ?? "", /^[0-9A-F]{24}$/);
  assert.include(error.message, code);
  assert.include(error.message, error.requestId ?? "?");
  return error;
}

/** Deletes what a test left in a bucket that it shares with others. */
export async function sweep(client: Client, prefix: string): Promise<void> {
  const { objects } = await listObjectsV2(client, { prefix, maxKeys: 1000 });
  if (objects.length > 0) await deleteMultipleObjects(client, { objects: objects.map(({ key }) => key) });
}

/** The bytes of an object, read by a client. */
export async function bytesOf(response: Response): Promise<Uint8Array> {
  return new Uint8Array(await response.arrayBuffer());
}

/** Result fields that every call has, taken out after a look at them. */
export function own<T extends { status: number; requestId?: string; headers: Headers }>(
  result: T,
  status: number,
): Omit<T, "status" | "requestId" | "headers"> {
  const { status: actual, requestId, headers, ...rest } = result;
  assert.equal(actual, status);
  assert.match(requestId ?? "", /^[0-9A-F]{24}$/);
  assert.equal(headers.get("x-oss-request-id"), requestId ?? "?");
  return rest;
}

/** Bytes that no compression and no accident reproduces. */
export function noise(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let state = seed >>> 0 || 1;
  for (let at = 0; at < length; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = state;
  }
  return bytes;
}
