/**
 * A service and a proxy for one scenario.
 * @module
 */
import { createHash } from "node:crypto";
import {
  createClient,
  each,
  listMultipartUploads,
  listObjectVersions,
  listParts,
  putObject,
} from "../../../src/mod.ts";
import { createTestOSS, type TemporaryKeys, type TestOSS } from "../../../src/testing/mod.ts";
import { listen, nodeMd5 } from "../../../src/testing/node/mod.ts";
import { KEPT, openCors } from "../../runners/open_cors.ts";
import { bytesOf } from "../random.ts";
import type { Facts, OpenFact, Stage, StageSetup, StoredFact } from "../stage_types.ts";
import { startProxy } from "./proxy.ts";

const BUCKET = "chaos-bucket";
const REGION = "cn-hangzhou";

export interface RunningStage {
  readonly told: Omit<Stage, "id">;
  token(): TemporaryKeys;
  calm(): void;
  facts(): Promise<Facts>;
  close(): Promise<void>;
}

/** Reads what is stored without signature and without client: the bucket is public. */
async function storedFact(oss: TestOSS, key: string, versionId: string): Promise<StoredFact> {
  const url = `https://${BUCKET}.oss-${REGION}.aliyuncs.com/${encodeURIComponent(key)}`;
  const response = await oss.fetch(`${url}?versionId=${encodeURIComponent(versionId)}`);
  if (response.status !== 200) throw new Error(`Cannot read ${key}: status ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { size: bytes.length, hash: createHash("sha256").update(bytes).digest("hex") };
}

/** Sets up a service and a proxy before it. */
export async function openStage({ wire, faults, versioned, revokeAfter, objects }: StageSetup): Promise<RunningStage> {
  const cors = openCors("date", ...KEPT);
  const oss = createTestOSS({
    region: REGION,
    buckets: [{ name: BUCKET, acl: "public-read", cors, ...(versioned && { versioning: "Enabled" }) }],
    md5: nodeMd5,
  });
  const behind = createClient({ ...oss.clientOptions, bucket: BUCKET });
  for (const { key, length, seed } of objects) await putObject(behind, { key, body: bytesOf(length, seed) });
  for (const fault of faults) oss.faults.add(fault);

  let requests = 0;
  let token: TemporaryKeys | undefined;
  const listener = await listen({
    serve(request) {
      if (++requests === revokeAfter && token) oss.revokeToken(token);
      return oss.serve(request);
    },
  });
  const proxy = await startProxy(listener.port, wire);
  const calm = (): void => {
    proxy.calm();
    oss.faults.clear();
  };

  return {
    told: { endpoint: proxy.url, region: REGION, bucket: BUCKET, account: oss.credentials },
    token() {
      token = oss.issueToken({ seconds: 3600 });
      return token;
    },
    calm,
    async facts() {
      const { active } = proxy;
      const pending = oss.faults.pending.length;
      const completed: Record<string, number> = {};
      for (const { operation, key = "", status } of oss.requests)
        if (operation === "CompleteMultipartUpload" && status === 200) completed[key] = (completed[key] ?? 0) + 1;
      calm();
      const stored: Record<string, StoredFact[]> = {};
      for await (const item of each(behind, listObjectVersions, {})) {
        if (item.isPrefix || item.isDeleteMarker) continue;
        const versions = stored[item.key] ?? [];
        stored[item.key] = [...versions, await storedFact(oss, item.key, item.versionId)];
      }
      const open: OpenFact[] = [];
      for await (const { key, uploadId } of each(behind, listMultipartUploads, {})) {
        const { parts } = await listParts(behind, { key, uploadId });
        const told = parts.map(({ partNumber, size, etag }) => ({ number: partNumber, size, etag }));
        open.push({ key, uploadId, parts: told });
      }
      return { objects: stored, open, completed, active, requests, pending };
    },
    async close() {
      await proxy.close();
      await listener.close();
    },
  };
}
