/**
 * The OSS of the demo: its bucket, the CORS rule that lets the page in, and the temporary keys.
 * @module
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createTestOSS, type TestOSS } from "oss-fetch/testing";
import { folderStore, listen, nodeMd5 } from "oss-fetch/testing/node";
import { listenNear } from "./ports.ts";

export const REGION = "cn-hangzhou";
export const BUCKET = "demo-files";

/** Everything that the library reads from answers; a page sees no header that is not listed. */
const EXPOSED = [
  "ETag",
  "Date",
  "Content-Range",
  "Content-MD5",
  "x-oss-request-id",
  "x-oss-hash-crc64ecma",
  "x-oss-version-id",
  "x-oss-next-append-position",
  "x-oss-object-type",
  "x-oss-ec",
  "x-oss-err",
  "x-oss-delete-marker",
  "x-oss-tagging-count",
  "x-oss-symlink-target",
  "x-oss-restore",
];

export interface Storage {
  readonly oss: TestOSS;
  /** The endpoint, as pages reach it. */
  readonly url: string;
  /** Keys for one folder, for so many seconds. */
  issueKeys(prefix: string, seconds: number): ReturnType<TestOSS["issueToken"]>;
  close(): Promise<void>;
}

/** Starts an OSS that keeps its bytes in a temporary folder. */
export async function startStorage(options: { origins: readonly string[]; port: number }): Promise<Storage> {
  const folder = await mkdtemp(path.join(tmpdir(), "oss-fetch-demo-files-"));
  const rule = {
    allowedOrigins: options.origins,
    allowedMethods: ["GET", "PUT", "POST", "DELETE", "HEAD"],
    allowedHeaders: ["*"],
    exposeHeaders: EXPOSED,
    maxAgeSeconds: 600,
  };
  const oss = createTestOSS({
    region: REGION,
    buckets: [{ name: BUCKET, cors: { rules: [rule], responseVary: true } }],
    store: folderStore(folder),
    md5: nodeMd5,
  });
  const server = await listenNear(options.port, (port) => listen(oss, { port, host: "127.0.0.1" }));
  return {
    oss,
    url: server.url,
    // Against the real service: AssumeRole with a policy for this folder. The permanent keys stay here.
    issueKeys: (prefix, seconds) => oss.issueToken({ seconds, bucket: BUCKET, prefix }),
    async close() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
