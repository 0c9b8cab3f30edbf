/**
 * The unmodified `ali-oss` client, pointed at a server on loopback while it believes in the real host names.
 */
import { Agent } from "node:http";
import { createRequire } from "node:module";
import { connect } from "node:net";
import type { METHODS } from "./methods.ts";

/** What ali-oss answers; it has no types of its own. */
export interface Answer {
  readonly status?: number;
  readonly content: Uint8Array;
  readonly stream: AsyncIterable<Uint8Array>;
  readonly data: unknown;
  readonly res: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly data?: unknown;
  };
  readonly objects?: readonly { readonly name: string; readonly versionId: string; readonly isLatest: boolean }[];
  readonly buckets?: readonly { readonly name: string; readonly region: string }[];
  readonly deleted?: readonly { readonly Key: string }[];
  readonly rules?: readonly object[];
  readonly [name: string]: unknown;
}

interface Immediate {
  useBucket(name: string): unknown;
  setBucket(name: string): unknown;
  getBucket(): string;
  cancel(): void;
  isCancel(): boolean;
  resetCancelFlag(): void;
  signatureUrl(key: string, options?: object): string;
  asyncSignatureUrl(key: string, options?: object): Promise<string>;
  signatureUrlV4(method: string, expires: number, request: object, key: string): Promise<string>;
  getObjectUrl(key: string, base?: string): string;
  generateObjectUrl(key: string, base?: string): string;
  getRtmpUrl(channel: string, options: object): string;
  calculatePostSignature(policy: object): Readonly<Record<string, string>>;
  signPostObjectPolicyV4(policy: object, date: Date): string;
  signature(text: string): string;
  authorization(method: string, resource: string, subResources: object, headers: object): string;
  authorizationV4(method: string, request: object, bucket: string, key: string): string;
  parseXML(xml: string): Promise<unknown>;
  requestError(answer: object): Promise<{ readonly code: string; readonly status: number }>;
  setSLDEnabled(enabled: boolean): unknown;
}

/** The client: methods that call the service answer in one way. */
export type AliOSS = Immediate & {
  readonly [M in Exclude<keyof typeof METHODS, keyof Immediate>]: (...args: readonly unknown[]) => Promise<Answer>;
};

/** An agent whose every connection ends at one port of this machine. */
export class LoopbackAgent extends Agent {
  readonly #port: number;

  constructor(port: number) {
    super({ keepAlive: true });
    this.#port = port;
  }

  override createConnection(): ReturnType<typeof connect> {
    return connect(this.#port, "127.0.0.1");
  }
}

/** The package itself. */
export const AliOSSClient: (new (options: object) => AliOSS) & Readonly<Record<string, unknown>> = createRequire(
  import.meta.url,
)("ali-oss");

/** Makes a client. */
export function aliOSS(agent: LoopbackAgent, options: object): AliOSS {
  return new AliOSSClient({
    region: "oss-cn-hangzhou",
    bucket: "ali-bucket",
    agent,
    timeout: 10_000,
    retryMax: 0,
    ...options,
  });
}

/** The same client; what is called on it is noted. */
export function noting(client: AliOSS, called: Set<string>): AliOSS {
  return new Proxy(client, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      called.add(String(name));
      return value.bind(target);
    },
  });
}

/** The code with which a call fails; a call that succeeds is none. */
export async function codeOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return Reflect.get(Object(error), "code") ?? error;
  }
  return undefined;
}
