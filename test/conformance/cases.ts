/**
 * Declares the conformance cases: one operation against a fresh in-process OSS.
 *
 * `exports.test.ts` looks for `operationCase("PutObject", ...)` and `presignCase("PutObject", ...)` by name and
 * fails when an operation of the catalogue has none. The files live in `operations/`.
 * @module
 */
import { type ClientOptions, createClient, type Operation, presign } from "../../src/mod.ts";
import { createTestOSS, type TestOSS, type TestOSSOptions } from "../../src/testing/mod.ts";
import type { Client } from "../../src/types.ts";
import { assert, environment, type TestContext, type TestOptions, test } from "../harness.ts";

/** What a case works with. */
export interface Stage {
  readonly client: Client;
  readonly oss: TestOSS;
  /** The client's bucket, empty. */
  readonly bucket: string;
  readonly signal: AbortSignal;
}

export interface CaseOptions extends TestOptions {
  /** What differs from a strict OSS with one account and one empty bucket. */
  readonly service?: TestOSSOptions | undefined;
  /** What differs from a V4 client of that account and bucket. */
  readonly client?: Partial<ClientOptions> | undefined;
}

/** A fresh OSS and a client of it. */
export function stage(t: TestContext, options: CaseOptions = {}): Stage {
  const { account, region, bucket } = environment;
  const oss = createTestOSS({ region, accounts: [account], buckets: [bucket], ...options.service });
  const client = createClient({ region, bucket, credentials: account, fetch: oss.fetch, ...options.client });
  return { client, oss, bucket, signal: t.signal };
}

/**
 * Declares a case of one operation.
 * @param operationName OSS's name of the call: `PutObject`
 * @param title what is shown
 */
export function operationCase(
  operationName: string,
  title: string,
  run: (stage: Stage) => unknown,
  options: CaseOptions = {},
): void {
  test(`${operationName}: ${title}`, options, (t) => run(stage(t, options)));
}

export interface PresignCase<I> {
  /** Makes what the call needs. */
  readonly prepare?: ((stage: Stage) => unknown) | undefined;
  /** The input, or how to find it once the stage is prepared. */
  readonly input: Omit<I, "body"> | ((stage: Stage) => Omit<I, "body"> | Promise<Omit<I, "body">>);
  /** What the holder of the URL sends. */
  readonly body?: BodyInit | undefined;
  /** Further headers that the holder of the URL sends. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Status of the answer. @default 200 */
  readonly status?: number | undefined;
  readonly options?: CaseOptions | undefined;
}

/**
 * Declares that the URL of an operation works for somebody without keys, with V4 and with V1, and that the same URL
 * with another signature does not.
 */
export function presignCase<I extends object, O>(
  operationName: string,
  operation: Operation<I, O>,
  facts: PresignCase<I>,
): void {
  for (const signatureVersion of ["v4", "v1"] as const) {
    const options = { ...facts.options, client: { ...facts.options?.client, signatureVersion } };
    test(`${operationName}: presigned (${signatureVersion})`, options, async (t) => {
      const set = stage(t, options);
      await facts.prepare?.(set);
      const input = typeof facts.input === "function" ? await facts.input(set) : facts.input;
      const { url, method, headers } = await presign(set.client, operation, input, { expiresIn: 60 });
      const init: RequestInit = { method, headers: { ...headers, ...facts.headers }, signal: t.signal };
      if (facts.body !== undefined) init.body = facts.body;
      const forged = await set.oss.fetch(forge(url), init);
      assert.equal(forged.status, 403, "a forged signature is refused");
      await forged.body?.cancel();
      const answer = await set.oss.fetch(url, init);
      const text = await answer.text();
      assert.equal(answer.status, facts.status ?? 200, text.slice(0, 500));
    });
  }
}

/** The URL with one character of its signature changed. */
function forge(url: string): string {
  return url.replace(/([?&](?:x-oss-s|S)ignature=)(.)/, (_, name, first) => `${name}${first === "a" ? "b" : "a"}`);
}
