/**
 * `createTestOSS`: the in-process OSS as an object.
 * @module
 */
import type { Credentials } from "../types.ts";
import { createAccounts, type IssueOptions, isSession, type Session } from "./accounts.ts";
import type { Service } from "./call.ts";
import { createFaults, type Faults } from "./faults.ts";
import { fetchFrom } from "./fetch.ts";
import { type RawRequest, toIncoming, toResponse } from "./in_process.ts";
import { orderOf } from "./list_options.ts";
import { allRoutes } from "./operations/all.ts";
import { resolveOptions, type TestOSSOptions } from "./options.ts";
import { pageFetch } from "./page_fetch.ts";
import { createRequestLog, type RequestRecord } from "./request_log.ts";
import { createRouter } from "./routes.ts";
import { serve } from "./serve.ts";
import { setUp } from "./set_up.ts";
import { createState } from "./state.ts";
import type { Answer, Incoming } from "./wire.ts";

/** Temporary keys, as a client takes them. */
export type TemporaryKeys = Pick<Session, "accessKeyId" | "accessKeySecret" | "securityToken" | "expiration">;

/** An in-process OSS. */
export interface TestOSS {
  /**
   * A `fetch` that this OSS answers, whatever the host: give it to `createClient`. It behaves as a runtime's own:
   * it offers gzip and decompresses, adds content types and lengths, and rejects when the connection breaks.
   */
  readonly fetch: (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;
  /**
   * A `fetch` as a page of another origin has it: it sends preflights, fails where the bucket's CORS rules say no, and
   * hides every header that they do not expose.
   * @param origin the page's origin: `https://app.example.com`
   */
  page(origin: string): TestOSS["fetch"];
  /**
   * Answers one request, as a server behind a socket does: nothing is decompressed.
   * @param raw target and headers as they were on the wire, where the request does not tell
   * @throws ConnectionLost when a fault breaks the connection
   */
  handle(request: Request, raw?: RawRequest): Promise<Response>;
  /** The same without runtime objects, for listeners. */
  serve(request: Incoming): Promise<Answer>;
  /** Keys of the first account. */
  readonly credentials: Credentials;
  /** What `createClient` needs to talk to this OSS as its first account: spread it. */
  readonly clientOptions: {
    readonly region: string;
    readonly credentials: Credentials;
    readonly fetch: TestOSS["fetch"];
    readonly now: () => number;
  };
  /** Issues temporary keys, as STS does; the answer may be sent to a page as it is. */
  issueToken(options: IssueOptions): TemporaryKeys;
  /** Makes temporary keys unknown at once. */
  revokeToken(keys: Pick<TemporaryKeys, "accessKeyId">): void;
  /** What goes wrong. */
  readonly faults: Faults;
  /** The last 10,000 requests, without secrets. */
  readonly requests: readonly RequestRecord[];
  /** Back to the start: buckets of the options, no objects, no faults, no log. */
  clear(): Promise<void>;
}

/**
 * Makes an OSS that lives in this process: strict, verifying every signature, with all its state in memory.
 * @param options region, accounts, buckets, clock, leniences
 * @throws TypeError for leniences that do not exist
 * @example
 * ```ts
 * import { createClient, putObject } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putObject(client, { key: "a.txt", body: "hello" });
 * console.log(oss.requests[0]?.operation); // "PutObject"
 * ```
 */
export function createTestOSS(options: TestOSSOptions = {}): TestOSS {
  const settings = resolveOptions(options);
  const accounts = createAccounts(options.accounts ?? []);
  let count = 0;
  const nextId = (): string => {
    const seconds = Math.floor(settings.now() / 1000)
      .toString(16)
      .padStart(8, "0");
    return `${seconds}${(++count).toString(16).padStart(16, "0")}`.toUpperCase();
  };
  const order = orderOf(settings);
  const service: Service = { settings, accounts, state: createState(settings.store, order), nextId };
  const server = { service, router: createRouter(allRoutes()), faults: createFaults(), log: createRequestLog() };
  let ready: Promise<void> | undefined;
  const answer = async (request: Incoming): Promise<Answer> => {
    ready ??= setUp(service, options.buckets ?? []);
    await ready;
    return serve(server, request);
  };
  const [account] = accounts.list;
  const credentials = { accessKeyId: account?.accessKeyId ?? "", accessKeySecret: account?.accessKeySecret ?? "" };
  const fetch: TestOSS["fetch"] = (input, init) => fetchFrom(answer, input, init);
  return {
    fetch,
    clientOptions: { region: settings.region, credentials, fetch, now: settings.now },
    page: (origin) => pageFetch(answer, origin),
    handle: async (request, raw) => toResponse(await answer(await toIncoming(request, raw))),
    serve: answer,
    credentials,
    issueToken(issue) {
      // Without the account, whose secret nobody else may see.
      const { accessKeyId, accessKeySecret, securityToken, expiration } = accounts.issue(issue, settings.now());
      return { accessKeyId, accessKeySecret, securityToken, expiration };
    },
    revokeToken({ accessKeyId }) {
      const session = accounts.find(accessKeyId);
      if (session && isSession(session)) accounts.revoke(session);
    },
    faults: server.faults,
    requests: server.log.records,
    async clear() {
      await ready;
      server.faults.clear();
      server.log.clear();
      await service.state.clear();
      for (const [, pool] of settings.resourcePools) pool.requesters.clear();
      ready = undefined;
    },
  };
}
