/**
 * The signature check against the signing vectors, rebuilt as requests on the wire.
 */
import { createAccounts } from "../../../src/testing/accounts.ts";
import { toBinary } from "../../../src/testing/percent.ts";
import { type VerifyOptions, verify } from "../../../src/testing/verify.ts";
import { spellQuery } from "../../conformance/raw_signer.ts";
import { assert, test } from "../../harness.ts";
import v1Headers from "../../vectors/sign-v1-header.json";
import v1Urls from "../../vectors/sign-v1-presign.json";
import v4Headers from "../../vectors/sign-v4-header.json";
import v4Urls from "../../vectors/sign-v4-presign.json";

type Values = Readonly<Record<string, string | null | readonly string[] | undefined>>;

interface Vector {
  readonly name: string;
  readonly method: string;
  readonly bucket: string | null;
  readonly key: string | null;
  readonly region?: string;
  readonly product?: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
  readonly time?: string;
  readonly expiresAt?: number;
  readonly ambiguous?: string;
  readonly subResources?: readonly string[];
  readonly query?: Values;
  readonly headers?: Values;
  readonly expect: { readonly authorization?: string; readonly query?: Values };
}

/** Another product needs another service; unlisted sub-resources are a client's own business. */
function usable({ product = "oss", ambiguous, subResources }: Vector): boolean {
  return product === "oss" && ambiguous === undefined && subResources === undefined;
}

function optionsFor(vector: Vector): VerifyOptions {
  const { accessKeyId, accessKeySecret, securityToken, region = "cn-hangzhou", time, expiresAt = 0 } = vector;
  const now = time === undefined ? expiresAt * 1000 : Date.parse(time);
  const accounts = createAccounts(securityToken ? [{ accessKeyId: "owner" }] : [{ accessKeyId, accessKeySecret }]);
  if (securityToken) accounts.issue({ seconds: 60, fixed: { accessKeyId, accessKeySecret, securityToken } }, now);
  // Vectors name regions as their author pleased, "oss-" included.
  return { region: region.replace(/^oss-/, ""), now, accounts, v1: true, lenient: new Set() };
}

function spell(values: Values): string {
  const parts = Object.entries(values).map(([name, value]) =>
    [value ?? null].flat().map((one) => spellQuery({ [name]: one })),
  );
  return parts.flat().join("&");
}

/** What a signer adds to the caller's headers. */
function signerHeaders({ expect, time = "", securityToken }: Vector, given: ReadonlySet<string>): [string, string][] {
  const { authorization } = expect;
  if (authorization === undefined) return [];
  const token: [string, string][] = securityToken ? [["x-oss-security-token", securityToken]] : [];
  if (authorization.startsWith("OSS ")) {
    const date: [string, string] = ["date", new Date(time).toUTCString()];
    return [["authorization", authorization], ...(given.has("x-oss-date") ? [] : [date]), ...token];
  }
  const stamp = time.replace(/[-:]|\.\d+/g, "");
  return [
    ["authorization", authorization],
    ["x-oss-date", stamp],
    ["x-oss-content-sha256", "UNSIGNED-PAYLOAD"],
    ...token,
  ];
}

function headersOf(vector: Vector): [string, string][] {
  const own = Object.entries(vector.headers ?? {}).flatMap(([name, value]): [string, string][] =>
    typeof value === "string" ? [[name.toLowerCase(), toBinary(value)]] : [],
  );
  const added = signerHeaders(vector, new Set(own.map(([name]) => name)));
  const replaced = new Set(added.map(([name]) => name));
  return [...own.filter(([name]) => !replaced.has(name)), ...added];
}

const SETS: Readonly<Record<string, { readonly vectors: readonly Vector[]; readonly atLeast: number }>> = {
  "V4 headers": { vectors: v4Headers, atLeast: 30 },
  "V4 URLs": { vectors: v4Urls, atLeast: 12 },
  "V1 headers": { vectors: v1Headers, atLeast: 15 },
  "V1 URLs": { vectors: v1Urls, atLeast: 8 },
};

for (const [name, { vectors, atLeast }] of Object.entries(SETS)) {
  test(`accepts the vectors of ${name}`, async () => {
    const chosen = vectors.filter(usable);
    assert.isAtLeast(chosen.length, atLeast);
    for (const vector of chosen) {
      const { method, bucket, key, expect, query = {} } = vector;
      const wire = { method, headers: headersOf(vector), bucket: bucket ?? undefined, key: key ?? undefined };
      const target = `/?${spell(expect.query ?? query)}`;
      const outcome = await verify({ ...wire, target }, optionsFor(vector)).catch((error: unknown) => error);
      assert.notInstanceOf(outcome, Error, `${vector.name}: ${outcome}`);
      assert.isDefined(outcome, vector.name);
    }
  });
}
