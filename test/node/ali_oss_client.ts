/**
 * The unmodified `ali-oss` client, pointed at a server on loopback while it believes in the real host names.
 */
import { Agent } from "node:http";
import { createRequire } from "node:module";
import { connect } from "node:net";

/** What the tests use of ali-oss, which has no types of its own. */
export interface AliOSS {
  put(
    key: string,
    body: Uint8Array,
    options?: object,
  ): Promise<{ res: { status: number; headers: Record<string, string> } }>;
  get(
    key: string,
    options?: object,
  ): Promise<{ content: Uint8Array; res: { status: number; headers: Record<string, string> } }>;
  head(
    key: string,
  ): Promise<{ status: number; meta: Record<string, string> | null; res: { headers: Record<string, string> } }>;
  delete(key: string): Promise<{ res: { status: number } }>;
  list(
    query: object,
    options: object,
  ): Promise<{ objects?: { name: string; size: number }[]; prefixes: string[] | null; nextMarker: string | null }>;
  listV2(query: object): Promise<{
    objects?: { name: string }[];
    prefixes: string[] | null;
    nextContinuationToken: string | null;
    keyCount: number;
  }>;
  append(key: string, body: Uint8Array, options?: object): Promise<{ nextAppendPosition: string }>;
  copy(key: string, source: string, options?: object): Promise<{ data: { etag: string } | null }>;
  multipartUpload(key: string, body: unknown, options: object): Promise<{ etag: string }>;
  deleteMulti(keys: string[], options?: object): Promise<{ deleted: { Key: string }[] }>;
  signatureUrl(key: string, options?: object): string;
  signatureUrlV4(method: string, expires: number, request: object, key: string): Promise<string>;
  putACL(key: string, acl: string): Promise<unknown>;
  getACL(key: string): Promise<{ acl: string }>;
  putBucket(name: string): Promise<{ res: { headers: Record<string, string> } }>;
  listBuckets(query?: object): Promise<{ buckets: { name: string; region: string; storageClass: string }[] | null }>;
  putBucketACL(name: string, acl: string): Promise<unknown>;
  getBucketACL(name: string): Promise<{ acl: string }>;
  getBucketInfo(name: string): Promise<{ bucket: { Name: string; StorageClass: string } }>;
  getBucketLocation(name: string): Promise<{ location: string }>;
  putBucketCORS(name: string, rules: object[]): Promise<unknown>;
  getBucketCORS(
    name: string,
  ): Promise<{ rules: { allowedOrigin: string; allowedMethod: string; exposeHeader: string }[] }>;
  deleteBucketCORS(name: string): Promise<unknown>;
  deleteBucket(name: string): Promise<{ res: { status: number } }>;
  useBucket(name: string): void;
}

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

const Client: new (options: object) => AliOSS = createRequire(import.meta.url)("ali-oss");

/** Makes a client. */
export function aliOSS(agent: LoopbackAgent, options: object): AliOSS {
  return new Client({
    region: "oss-cn-hangzhou",
    bucket: "ali-bucket",
    agent,
    timeout: 10_000,
    retryMax: 0,
    ...options,
  });
}
