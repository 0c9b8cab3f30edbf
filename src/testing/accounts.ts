/**
 * Who may call the in-process OSS: accounts with permanent keys, and the STS sessions issued for them.
 * @module
 */
import { encodeBase64 } from "../codec/base64.ts";

/** An owner of buckets, with one permanent key pair. */
export interface Account {
  /** The owner's id, as lists show it. */
  readonly id: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

/** Temporary keys of an account. */
export interface Session {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken: string;
  /** When the keys end. */
  readonly expiration: Date;
  /** The only keys it may touch start so. */
  readonly prefix?: string | undefined;
  /** The only bucket it may touch. */
  readonly bucket?: string | undefined;
  /** On whose behalf it acts. */
  readonly account: Account;
}

/** The three secrets of a session. */
export type SessionKeys = Pick<Session, "accessKeyId" | "accessKeySecret" | "securityToken">;

/** What a session is asked with. */
export interface IssueOptions {
  /** @default the first account */
  readonly account?: Account | undefined;
  /** Lifetime in seconds. */
  readonly seconds: number;
  readonly prefix?: string | undefined;
  readonly bucket?: string | undefined;
  /** Keys to use instead of random ones. */
  readonly fixed?: SessionKeys | undefined;
}

/** The accounts of one in-process OSS. */
export interface Accounts {
  readonly list: readonly Account[];
  /** The keys' owner; expired sessions are still found, revoked ones are not. */
  find(accessKeyId: string): Account | Session | undefined;
  /** Issues temporary keys; `now` in milliseconds. */
  issue(options: IssueOptions, now: number): Session;
  /** Forgets a session: its keys become unknown at once. */
  revoke(session: Session): void;
}

/** Sessions beyond this are forgotten, the oldest first, so that a long-lived server does not grow. */
const MAX_SESSIONS = 10_000;

/** Random text, in base64 so that tokens hold `+`, `/` and `=`, which clients must escape in URLs. */
function random(bytes: number): string {
  return encodeBase64(crypto.getRandomValues(new Uint8Array(bytes)));
}

/** Completes an account; the defaults are fixed texts, so that a test can print and repeat them. */
function account(given: Partial<Account>, index: number): Account {
  return {
    id: given.id ?? String(1_000_000_000_000_001 + index),
    accessKeyId: given.accessKeyId ?? `LTAItest${index + 1}`,
    accessKeySecret: given.accessKeySecret ?? `testAccessKeySecret${index + 1}`,
  };
}

/**
 * Tells temporary keys from permanent ones.
 * @param owner what {@link Accounts.find} returned
 */
export function isSession(owner: Account | Session): owner is Session {
  return "securityToken" in owner;
}

/**
 * Makes the register of accounts and sessions.
 * @param accounts the accounts, missing fields filled in; none = one default account
 * @throws TypeError when two accounts share an AccessKeyId
 */
export function createAccounts(accounts: readonly Partial<Account>[]): Accounts {
  const list = (accounts.length > 0 ? accounts : [{}]).map(account);
  const permanent = new Map(list.map((one) => [one.accessKeyId, one] as const));
  if (permanent.size < list.length) throw new TypeError("Cannot create accounts: two share an AccessKeyId");
  const sessions = new Map<string, Session>();
  const [first] = list;
  return {
    list,
    find: (accessKeyId) => permanent.get(accessKeyId) ?? sessions.get(accessKeyId),
    issue({ account: owner = first, seconds, prefix, bucket, fixed }, now) {
      if (owner === undefined) throw new TypeError("Cannot issue a token: there is no account");
      const keys = fixed ?? {
        accessKeyId: `STS.${random(15).replace(/\W/g, "x")}`,
        accessKeySecret: random(33),
        securityToken: `CAIS+/${random(64)}`,
      };
      const session = { ...keys, expiration: new Date(now + seconds * 1000), prefix, bucket, account: owner };
      sessions.set(session.accessKeyId, session);
      const [oldest] = sessions.keys();
      if (sessions.size > MAX_SESSIONS && oldest !== undefined) sessions.delete(oldest);
      return session;
    },
    revoke(session) {
      if (sessions.get(session.accessKeyId) === session) sessions.delete(session.accessKeyId);
    },
  };
}
