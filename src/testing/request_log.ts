/**
 * The log of requests, without secrets, for tests to look at.
 * @module
 */

import type { QueryMap } from "./query.ts";
import type { HeaderMap } from "./wire.ts";

/** One request that was answered, or broke. */
export interface RequestRecord {
  /** OSS's name of the call: `PutObject`; `Unknown` where no route was found. */
  readonly operation: string;
  readonly method: string;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  /** Decoded, secrets left out. */
  readonly query: Readonly<Record<string, string>>;
  /** By lower-case name, secrets left out. */
  readonly headers: Readonly<Record<string, string>>;
  /** The answer's status; 0 when the connection was lost before one. */
  readonly status: number;
  /** The `<Code>` of an error answer. */
  readonly code: string | undefined;
  /** The server's clock when the request came in, in milliseconds. */
  readonly time: number;
}

/** Older requests are forgotten beyond this. */
const MAX_RECORDS = 10_000;

const SECRETS: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "authorization",
  "x-oss-security-token",
  "security-token",
  "signature",
  "x-oss-signature",
  "x-oss-credential",
  "ossaccesskeyid",
]);

/** Copies what may be shown. */
export function withoutSecrets(values: HeaderMap | QueryMap): Record<string, string> {
  return Object.fromEntries([...values].filter(([name]) => !SECRETS.has(name.toLowerCase())));
}

/** The log. */
export interface RequestLog {
  readonly records: readonly RequestRecord[];
  add(record: RequestRecord): void;
  clear(): void;
}

/** Makes an empty log. */
export function createRequestLog(): RequestLog {
  const records: RequestRecord[] = [];
  return {
    records,
    add(record) {
      // Cut in blocks: a shift for each request would cost more than the request.
      if (records.length >= MAX_RECORDS * 1.1) records.splice(0, records.length - MAX_RECORDS);
      records.push(record);
    },
    clear: () => void records.splice(0),
  };
}
