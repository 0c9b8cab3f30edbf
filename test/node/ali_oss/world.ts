/** What a step of the round gets beside the client. */
import type { loopbackFetch } from "../../../src/testing/node/mod.ts";
import type { AliOSS } from "./client.ts";

export interface World {
  readonly v4: boolean;
  readonly sts: boolean;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken: string | undefined;
  /** A fetch that ends at the server, whatever the host. */
  readonly fetch: ReturnType<typeof loopbackFetch>;
}

/** One stretch of the round. */
export type Step = (client: AliOSS, world: World) => Promise<void>;

export const text = (content: Uint8Array): string => new TextDecoder().decode(content);
export const bytes = (content: string): Buffer => Buffer.from(content);
export const SPECIAL = "dir/hello world+中文&=~!'()*.txt";
export const BUCKET = "ali-bucket";
