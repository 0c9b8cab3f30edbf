/**
 * What the signature check reads and answers.
 * @module
 */
import type { Account, Accounts, Session } from "./accounts.ts";

/** A request as it was on the wire. */
export interface WireRequest {
  readonly method: string;
  /** Path and query, raw. */
  readonly target: string;
  /** In any case and order; values as the runtime gives them (latin1-decoded). */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The bucket that the address names. */
  readonly bucket: string | undefined;
  /** The object key, decoded. */
  readonly key: string | undefined;
}

/**
 * What the signature check may overlook:
 * `skew` the 15 minutes, `region` the scope's region, `scope-date` the scope's day, `content-sha256` the
 * declared hash of the payload.
 */
export type VerifyLenience = "skew" | "region" | "scope-date" | "content-sha256";

/** How strict the check is, and whom it knows. */
export interface VerifyOptions {
  /** The region that a V4 scope must name: `cn-hangzhou`. */
  readonly region: string;
  /** The server's clock, in milliseconds. */
  readonly now: number;
  readonly accounts: Accounts;
  /** Whether V1 signatures are accepted. */
  readonly v1: boolean;
  /** Each {@link VerifyLenience} in force; other words are ignored. */
  readonly lenient: ReadonlySet<string>;
  /** Which of its two answers the service gives to expired temporary keys. @default "SecurityTokenExpired" */
  readonly expired?: "SecurityTokenExpired" | "InvalidAccessKeyId" | undefined;
}

/** Who signed. */
export interface Identity {
  readonly account: Account;
  /** The temporary keys in use, with their limits. */
  readonly session?: Session | undefined;
}

/** A form of PostObject, without its file. */
export interface PolicyForm {
  readonly fields: ReadonlyMap<string, string>;
  readonly bucket: string;
  readonly key: string;
  /** Bytes of the file, once known. */
  readonly size: number | undefined;
}
