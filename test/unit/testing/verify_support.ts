/** What the tests of the signature check share: accounts, a clock, and requests signed by the raw signer. */
import { type Accounts, createAccounts, type Session } from "../../../src/testing/accounts.ts";
import { ServiceFault } from "../../../src/testing/service_fault.ts";
import { type Identity, type VerifyOptions, verify, type WireRequest } from "../../../src/testing/verify.ts";
import { type Keys, type RawRequest, type Signing, signRaw, spellQuery } from "../../conformance/raw_signer.ts";

export const NOW: number = Date.parse("2026-01-02T03:04:05Z");
export const KEYS: Keys = { accessKeyId: "LTAIone", accessKeySecret: "secret-one" };

/** One account and one session that lives for an hour. */
export function setUp(options: Partial<VerifyOptions> = {}): {
  readonly accounts: Accounts;
  readonly session: Session;
  readonly options: VerifyOptions;
} {
  const accounts = createAccounts([KEYS]);
  const session = accounts.issue({ seconds: 3600 }, NOW);
  const rest = { region: "cn-hangzhou", now: NOW, accounts, v1: true, lenient: new Set<string>() };
  return { accounts, session, options: { ...rest, ...options } };
}

/** Changes made after signing; `null` removes. */
export interface Tampering {
  readonly method?: string | undefined;
  readonly bucket?: string | undefined;
  readonly key?: string | undefined;
  readonly query?: Readonly<Record<string, string | null>> | undefined;
  readonly without?: readonly string[] | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Signs a request and puts it on the wire, changed as asked. */
export async function onWire(
  request: RawRequest,
  keys: Keys,
  signing: Signing,
  tampering: Tampering = {},
): Promise<WireRequest> {
  const signed = await signRaw(request, keys, signing);
  const without = new Set(tampering.without);
  const keep = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).filter(([name]) => !without.has(name)));
  const query = spellQuery({ ...keep(signed.query), ...tampering.query });
  const headers = Object.entries({ ...keep(signed.headers), ...tampering.headers });
  return {
    method: tampering.method ?? request.method,
    target: `/ignored${query === "" ? "" : `?${query}`}`,
    headers: [["Host", "photos.oss-cn-hangzhou.aliyuncs.com"], ...headers],
    bucket: tampering.bucket ?? request.bucket,
    key: tampering.key ?? request.key,
  };
}

/** The answer of the check: who it was, or the fault. */
export async function outcome(wire: WireRequest, options: VerifyOptions): Promise<Identity | ServiceFault | undefined> {
  try {
    return await verify(wire, options);
  } catch (error) {
    if (error instanceof ServiceFault) return error;
    throw error;
  }
}

/** `403 AccessDenied 0002-...`, or how the request was accepted. */
export function summary(result: Identity | ServiceFault | undefined): string {
  if (result === undefined) return "anonymous";
  if (!(result instanceof ServiceFault)) return result.session === undefined ? "account" : "session";
  return [result.status, result.code, result.ec].filter((part) => part !== undefined).join(" ");
}
