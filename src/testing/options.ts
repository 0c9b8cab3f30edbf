/**
 * The options of an in-process OSS, with their defaults filled in.
 * @module
 */
import type { BucketAcl, Bytes, MaybePromise } from "../types.ts";
import type { Account } from "./accounts.ts";
import { LENIENCE_NOTES, LENIENCES, type Lenience } from "./leniences.ts";
import { memoryStore } from "./memory_store.ts";
import type { CorsConfiguration } from "./records.ts";
import type { Store } from "./store.ts";

/** A bucket that exists from the start. */
export interface BucketSetup {
  readonly name: string;
  /** @default "private" */
  readonly acl?: BucketAcl | undefined;
  /** @default no rules: no page of another origin may call */
  readonly cors?: CorsConfiguration | undefined;
  /** @default the service's `region` */
  readonly region?: string | undefined;
  /** The owner. @default the first account */
  readonly account?: Partial<Account> | undefined;
  /** @default "Standard" */
  readonly storageClass?: string | undefined;
  /** Whether versions are kept. @default they never were */
  readonly versioning?: "Enabled" | "Suspended" | undefined;
}

/** Options of `createTestOSS`. */
export interface TestOSSOptions {
  /** Region of buckets and signatures, where the host names none. @default "cn-hangzhou" */
  readonly region?: string | undefined;
  /** Who may call. @default one account with made-up keys: `oss.credentials` */
  readonly accounts?: readonly Partial<Account>[] | undefined;
  /** Buckets that exist from the start. @default none */
  readonly buckets?: readonly (string | BucketSetup)[] | undefined;
  /** The clock, in milliseconds. @default Date.now */
  readonly now?: (() => number) | undefined;
  /** Whether V1 signatures are accepted. @default true */
  readonly v1?: boolean | undefined;
  /** Strict rules to switch off. @default none */
  readonly lenient?: readonly Lenience[] | undefined;
  /** Where bytes are kept. @default memoryStore() */
  readonly store?: Store | undefined;
  /** Own domains of buckets: host to bucket. @default none */
  readonly cnames?: Readonly<Record<string, string>> | undefined;
  /** Names of resource pools, and of the buckets in each. @default none */
  readonly resourcePools?: Readonly<Record<string, readonly string[]>> | undefined;
  /** What expired temporary keys are answered with. @default "SecurityTokenExpired" */
  readonly expired?: "SecurityTokenExpired" | "InvalidAccessKeyId" | undefined;
  /** The servers that upload callbacks are sent to; a `Host` of the request's own is `x-oss-callback-host`. @default none answers */
  readonly callback?: ((request: Request) => MaybePromise<Response>) | undefined;
  /** Answers asynchronous fetches. @default nobody does, and they fail */
  readonly source?: ((request: Request) => MaybePromise<Response>) | undefined;
  /** A faster MD5, such as `nodeMd5` of `oss-fetch/testing/node`. @default one in JavaScript */
  readonly md5?: ((data: Bytes) => MaybePromise<Bytes>) | undefined;
}

/** A resource pool. */
export interface ResourcePool {
  readonly name: string;
  /** ISO-8601. */
  readonly created: string;
  readonly buckets: readonly string[];
  /** Limits by account and element. */
  readonly requesters: Map<string, Readonly<Record<string, number>>>;
}

/** The options in force. */
export interface Settings {
  readonly region: string;
  readonly now: () => number;
  readonly v1: boolean;
  readonly lenient: ReadonlySet<string>;
  readonly store: Store;
  readonly cnames: Readonly<Record<string, string>>;
  readonly resourcePools: ReadonlyMap<string, ResourcePool>;
  readonly expired: "SecurityTokenExpired" | "InvalidAccessKeyId";
  readonly md5: ((data: Bytes) => MaybePromise<Bytes>) | undefined;
  readonly callback: ((request: Request) => MaybePromise<Response>) | undefined;
  readonly source: ((request: Request) => MaybePromise<Response>) | undefined;
}

/**
 * Fills in the defaults.
 * @throws TypeError for a leniency that does not exist
 */
export function resolveOptions(options: TestOSSOptions): Settings {
  const lenient = new Set<string>(options.lenient);
  for (const name of lenient) {
    if (!Object.hasOwn(LENIENCE_NOTES, name)) {
      throw new TypeError(`Cannot be lenient on ${JSON.stringify(name)}: choose from ${LENIENCES.join(", ")}`);
    }
  }
  const cnames: Record<string, string> = {};
  for (const [host, bucket] of Object.entries(options.cnames ?? {})) cnames[host.toLowerCase()] = bucket;
  const now = options.now ?? (() => Date.now());
  const resourcePools = new Map<string, ResourcePool>();
  for (const [name, buckets] of Object.entries(options.resourcePools ?? {}))
    resourcePools.set(name, { name, created: new Date(now()).toISOString(), buckets, requesters: new Map() });
  return {
    region: (options.region ?? "cn-hangzhou").replace(/^oss-/, ""),
    now,
    v1: options.v1 ?? true,
    lenient,
    store: options.store ?? memoryStore(),
    cnames,
    resourcePools,
    expired: options.expired ?? "SecurityTokenExpired",
    md5: options.md5,
    callback: options.callback,
    source: options.source,
  };
}
