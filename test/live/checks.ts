/** What cases check in the same words. */

import { md5 } from "../../src/checksum/md5.ts";
import { encodeHex } from "../../src/codec/hex.ts";
import { ServiceError } from "../../src/mod.ts";
import { assert } from "../harness.ts";
import type { Site } from "./site.ts";

export { bytesOf, noise } from "../conformance/support/world.ts";

/** What an error answer must be; `ec` only where the real service's own is known for certain. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly ec?: string | undefined;
}

/** The error answer that a call ends with. */
async function refusalOf(call: Promise<unknown>): Promise<ServiceError> {
  const outcome = await call.then(
    () => new Error("The service accepted what it should refuse"),
    (error: unknown) => error,
  );
  if (outcome instanceof ServiceError) return outcome;
  throw outcome;
}

/** Checks that a call is refused in exactly this way, and shows the EC that nobody has confirmed yet. */
export async function assertRefused(site: Site, call: Promise<unknown>, expected: Refusal): Promise<ServiceError> {
  const error = await refusalOf(call);
  const { status, code, ec, requestId } = error;
  const found = { status, code, ...(expected.ec !== undefined && { ec }) };
  assert.deepEqual(
    found,
    expected.ec === undefined ? { status: expected.status, code: expected.code } : { ...expected },
  );
  assert.match(requestId ?? "", /^[0-9A-F]{24}$/);
  if (expected.ec === undefined) site.saw(`${error.operation}: ${code} has EC ${ec ?? "(none)"}`);
  return error;
}

/** Checks an error answer that a plain `fetch` got. */
export async function assertRefusedPlainly(site: Site, answer: Response, { status, code }: Refusal): Promise<void> {
  const text = await answer.text();
  const found = { status: answer.status, code: /<Code>([^<]*)<\/Code>/.exec(text)?.[1] };
  assert.deepEqual(found, { status, code });
  site.saw(`plain ${code} has EC ${answer.headers.get("x-oss-ec") ?? "(none)"}`);
}

/** Checks some properties of a result; a Response carries them beside its own. */
export function assertHas(found: object, facts: object): void {
  assert.deepInclude({ ...found }, facts);
}

/** Checks that an ETag is the MD5 of the bytes, which the real service promises only without KMS encryption. */
export async function assertMd5Etag(site: Site, etag: string | undefined, bytes: Uint8Array): Promise<void> {
  const expected = `"${encodeHex(await md5(bytes)).toUpperCase()}"`;
  if (site.target === "in-process") assert.equal(etag, expected);
  else if (etag !== expected) site.saw(`the ETag of a put is no MD5: ${etag}`);
  assert.match(etag ?? "", /^".+"$/);
}

/** The result, or the error answer if it is one of these: for facts that nobody has confirmed. */
export async function orRefusal<T>(call: Promise<T>, ...codes: readonly string[]): Promise<T | ServiceError> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ServiceError && codes.includes(error.code)) return error;
    throw error;
  }
}

/** Why the account's keys may not do something, if they may not: for `unless`. */
export async function deniedFor(call: Promise<unknown>): Promise<string | undefined> {
  const outcome = await orRefusal(call, "AccessDenied");
  return outcome instanceof ServiceError ? `the keys may not call ${outcome.operation}: ${outcome.message}` : undefined;
}
