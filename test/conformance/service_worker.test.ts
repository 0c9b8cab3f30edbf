/** A service worker that finishes what a page has left which died: with its own keys, from a file that is at hand. */
import { createClient, deleteObject, getObject, transfers, upload } from "../../src/mod.ts";
import { indexedDBStore } from "../../src/stores/indexed_db.ts";
import type { SourceBody } from "../../src/streams/source.ts";
import type { Client } from "../../src/types.ts";
import { finishTransfers } from "../../src/worker/mod.ts";
import { assert, environment, test } from "../harness.ts";
import { BROWSERS, deleteDatabase } from "../unit/stores/databases.ts";
import { fill } from "../unit/streams/opfs.ts";
import { assertBytes, pattern } from "../unit/streams/support.ts";
import { startServiceWorker, startWorker } from "./support/contexts.ts";
import { confideKeys, overhearAll } from "./support/watched_stores.ts";

const FILE = "test/conformance/service_worker.test.ts";
const PART = 100 * 1024;
const PARTS = 8;
const SIZE = PARTS * PART;

/** What the contexts of a test share. */
interface Order {
  readonly key: string;
  /** Of the database, and of the file in the OPFS. */
  readonly name: string;
}

/** A client of this context, and how many parts it has sent. */
function clientOf(most: number): { readonly client: Client; sent(): number } {
  const { account: credentials, bucket, region, serviceUrl: endpoint } = environment;
  if (endpoint === undefined) throw new Error("The runner offers no service");
  let sent = 0;
  const client = createClient({
    ...{ credentials, bucket, region, endpoint, pathStyle: true },
    use: [
      (next) => async (url, init) => {
        const isPart = new URL(url).searchParams.has("partNumber");
        if (isPart && sent >= most) return new Promise(() => {});
        const response = await next(url, init);
        if (isPart) sent++;
        if (sent === most) postMessage("enough");
        return response;
      },
    ],
  });
  return { client, sent: () => sent };
}

/** WebKitGTK has no OPFS without flags: there the file is one that was chosen again. */
const hasFiles = (): boolean => "getDirectory" in (navigator.storage ?? {});

async function bodyOf(name: string): Promise<SourceBody> {
  if (!hasFiles()) return new File([pattern(SIZE)], name, { lastModified: 1 });
  return (await navigator.storage.getDirectory()).getFileHandle(name);
}

/** What dies, in a dedicated worker: after three parts no other one is answered. */
export async function uploadThree({ key, name }: Order): Promise<void> {
  const { client } = clientOf(3);
  const how = { partSize: PART, multipartThreshold: 0, concurrency: 1, checkpoints: indexedDBStore(name) };
  await upload(client, { key, body: await bodyOf(name) }, how);
}

/** What the service worker does. */
export async function finish({ name }: Order): Promise<object> {
  const { client, sent } = clientOf(Number.POSITIVE_INFINITY);
  const store = indexedDBStore(name);
  const records: string[] = [];
  for await (const { key, state } of transfers(store)) records.push(`${key} ${state}`);
  const again = hasFiles() ? {} : { body: () => bodyOf(name) };
  const { finished, skipped } = await finishTransfers(client, store, again);
  return {
    records,
    finished: finished.map(({ record }) => record.key),
    skipped: skipped.map(({ record, reason }) => `${record.key} ${reason}`),
    sent: sent(),
    left: await store.list(),
    where: Object.prototype.toString.call(globalThis),
  };
}

test(
  "service worker: it lists and finishes the upload of a page that died, and leaves one alone that lives",
  BROWSERS,
  async ({ signal }) => {
    const name = `service-worker-${crypto.randomUUID()}`;
    const key = `service-worker/${name}`;
    if (hasFiles()) await fill(await navigator.storage.getDirectory(), name, pattern(SIZE));
    const order: Order = { key, name };
    const worker = startWorker(FILE, "uploadThree", order);
    signal.addEventListener("abort", () => worker.terminate());
    await new Promise((resolve, reject) => {
      worker.onmessage = resolve;
      worker.onerror = ({ message }) => reject(new Error(message));
    });
    confideKeys(environment.account);
    const site = await startServiceWorker();
    try {
      const common = { records: [`${key} running`], where: "[object ServiceWorkerGlobalScope]" };
      const early = { ...common, finished: [], skipped: [`${key} driven`], sent: 0 };
      assert.deepInclude(await site.call(FILE, "finish", order), early);
      worker.terminate();
      await overhearAll(indexedDBStore(name));
      const end = { ...common, finished: [key], skipped: [], sent: PARTS - 3, left: [] };
      assert.deepEqual(await site.call(FILE, "finish", order), end);
      const { client } = clientOf(0);
      assertBytes(new Uint8Array(await (await getObject(client, { key })).arrayBuffer()), pattern(SIZE));
      await deleteObject(client, { key });
    } finally {
      await site.dispose();
      await deleteDatabase(name);
      if (hasFiles()) await (await navigator.storage.getDirectory()).removeEntry(name);
    }
  },
);
