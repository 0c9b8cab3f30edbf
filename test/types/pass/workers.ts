/** Transfers in workers: on a page, inside a worker, and where there are neither. */
import { createClient, type Progress, type UploadRecord } from "oss-fetch";
import { memoryStore } from "oss-fetch/stores/memory";
import {
  connectTransfers,
  type FinishedTransfers,
  finishTransfers,
  type ServedTransfers,
  serveTransfers,
  type TransferPort,
  type WorkerTransfers,
} from "oss-fetch/worker";

/** Where there is no DOM, it is a value alone. */
type Port = InstanceType<typeof MessageChannel>["port1"];
/** `Worker` and `self`, where the compiler knows of them. */
type Page = typeof globalThis extends { readonly Worker: new (...args: never[]) => infer W } ? W : Port;
type Inside = typeof globalThis extends { readonly self: infer S } ? S : Port;

export function connect(worker: Page, port: Port): readonly WorkerTransfers[] {
  const ports: readonly TransferPort[] = [worker, port];
  return ports.map((one) => connectTransfers(one, { credentials: () => ({ accessKeyId: "a", accessKeySecret: "b" }) }));
}

export function serve(self: Inside): ServedTransfers {
  const client = createClient({ region: "cn-hangzhou", bucket: "photos", credentials: "anonymous" });
  return serveTransfers(self, { client: () => client, checkpoints: memoryStore() });
}

export async function use(page: WorkerTransfers): Promise<FinishedTransfers> {
  const onProgress = ({ acknowledged }: Progress): unknown => acknowledged;
  const { size } = await page.upload({ key: "a", body: "b" }, { onProgress, concurrency: 2 });
  await page.downloadTo({ key: "a", range: [0, size] }, "folder/a", { onProgress, verify: "sample" });
  const client = createClient({ region: "cn-hangzhou", bucket: "photos", credentials: "anonymous" });
  const filter = ({ key }: UploadRecord): boolean => key.startsWith("a/");
  return finishTransfers(client, memoryStore(), { filter, body: async () => undefined, concurrency: 2 });
}
