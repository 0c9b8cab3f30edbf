/**
 * One request of ours beside one of an official client, and everything that may be said of the two.
 */
import { likeness } from "./bodies.ts";
import { type Difference, explain, HEADERS, type Pair, QUERY, respelled, UNSIGNED } from "./differences.ts";
import type { Sent } from "./drive.ts";
import type { Recorded } from "./recorded.ts";
import { claimsOf, type Signable, signatureOf } from "./signer.ts";

/** What a comparison found. */
export interface Comparison {
  /** What nothing explains. */
  readonly faults: readonly string[];
  /** Rows that were needed. */
  readonly used: readonly Difference[];
  /** Method, path, query and body are the same without a declared difference; documents as trees. */
  readonly exact: boolean;
}

type Map_ = ReadonlyMap<string, string>;

/**
 * Explains what differs in headers or in the query.
 * @returns ours with the declared differences carried over to it
 */
function merged(
  ours: Map_,
  theirs: Map_,
  rows: readonly Difference[],
  pair: Pair,
  faults: string[],
  used: Difference[],
) {
  const result = new Map(ours);
  for (const name of new Set([...ours.keys(), ...theirs.keys()])) {
    const [own, other] = [ours.get(name), theirs.get(name)];
    if (own === other) continue;
    const row = explain(rows, name, pair, [own, other]);
    if (row === undefined) faults.push(`${name}: ours ${own}, theirs ${other}`);
    else {
      used.push(row);
      if (other === undefined) result.delete(name);
      else result.set(name, other);
    }
  }
  return result;
}

function visible(headers: Map_): Map_ {
  return new Map([...headers].filter(([name]) => !(name in UNSIGNED)));
}

/** A client refuses path style on OSS's own hosts, as OSS does: ours spoke to an emulator's. */
function hostOf({ pathStyle }: Recorded, host: string | undefined): string | undefined {
  return pathStyle && host === "oss-cn-hangzhou.aliyuncs.com" ? "emulator.test" : host;
}

/** Compares, and signs our request with the declared differences: that must give the recorded signature. */
export function compare(ours: Sent, theirs: Recorded): Comparison {
  const faults: string[] = [];
  const used: Difference[] = [];
  const pair = { ours, theirs };
  const say = (what: string, own: unknown, other: unknown): void => {
    if (JSON.stringify(own) !== JSON.stringify(other))
      faults.push(`${what}: ours ${JSON.stringify(own)}, theirs ${JSON.stringify(other)}`);
  };
  say("method", ours.method, theirs.method);
  say("host", ours.host, hostOf(theirs, theirs.headers.get("host")));
  say("path", respelled(ours.path, theirs.client, theirs.op), theirs.path);
  say("bucket and key", [ours.bucket, ours.key], [theirs.bucket, theirs.key]);
  const query = merged(ours.query, theirs.query, QUERY, pair, faults, used);
  const exactQuery = used.length === 0;
  const headers = merged(visible(ours.headers), visible(theirs.headers), HEADERS, pair, faults, used);
  const body = likeness(ours.body, theirs.body, theirs.client, theirs.op);
  if (body === "differs") faults.push(`body: ours ${Buffer.from(ours.body)}, theirs ${Buffer.from(theirs.body)}`);

  const own = claimsOf(ours);
  const recorded = claimsOf(theirs);
  say("claims", own.claims, recorded.claims);
  const { method, bucket, key } = ours;
  const sign = (request: Partial<Signable>): string =>
    signatureOf({ method, bucket, key, query, headers, ...request }, theirs.scheme);
  say("signature of our request", sign({ query: ours.query, headers: ours.headers }), own.signature);
  say("signature of the recorded request", sign({ ...theirs }), recorded.signature);
  say("signature of our request as theirs", sign({}), recorded.signature);
  const exact = faults.length === 0 && exactQuery && ours.path === theirs.path && body !== "order";
  return { faults, used, exact };
}
