/** Transfers in a dedicated worker of this runtime, which may die at any moment. */
import type { CheckpointStore, TransferRecord } from "../../src/checkpoints.ts";
import {
  createClient,
  deleteObject,
  getObject,
  type Progress,
  putObject,
  ServiceError,
  TransferError,
  type Upload,
  type UploadInput,
} from "../../src/mod.ts";
import { indexedDBStore } from "../../src/stores/indexed_db.ts";
import { memoryStore } from "../../src/stores/memory.ts";
import type { Client, CredentialsProvider } from "../../src/types.ts";
import {
  connectTransfers,
  serveTransfers,
  type TransferPort,
  type WorkerTransfers,
  type WorkerUploadOptions,
} from "../../src/worker/mod.ts";
import { assert, environment, runtime, type TestContext, type TestOptions, test } from "../harness.ts";
import { deleteDatabase } from "../unit/stores/databases.ts";
import { bytesOf, fill, NO_OPFS, namesIn, opfsFolder } from "../unit/streams/opfs.ts";
import { assertBytes, deferred, failure, pattern } from "../unit/streams/support.ts";
import { startWorker } from "./support/contexts.ts";
import { confideKeys, overhear } from "./support/watched_stores.ts";

const FILE = "test/conformance/worker_dedicated.test.ts";
const PART = 100 * 1024;
const bytes = pattern(8 * PART + 7);
const cut: WorkerUploadOptions = { partSize: PART, multipartThreshold: 0, concurrency: 1 };

const WORKERS: TestOptions = {
  skip: {
    node: "its workers are no Workers; their ports are those of the tests over channels",
    workerd: "it has no workers",
  },
};

/** What a worker is told when it starts. */
interface Order {
  /** Its checkpoints: a database where there are any, else what an earlier worker has told. */
  readonly database: string;
  readonly records: readonly TransferRecord[];
  /** Requests for parts and ranges that are answered; the others wait for ever. */
  readonly most: number;
}

/** What it tells of itself, beside what the library says. */
type Told = { readonly sent: number } | { readonly record: TransferRecord };

function clientOf(credentials: CredentialsProvider, use: Parameters<typeof createClient>[0]["use"] = []): Client {
  const { bucket, region, serviceUrl: endpoint } = environment;
  if (endpoint === undefined) throw new Error("The runner offers no service");
  return createClient({ region, bucket, credentials, endpoint, pathStyle: true, use });
}

const quiet = (): Client => clientOf(async () => environment.account);

/** What the worker does; it is called in there. */
export async function inside({ database, records, most }: Order): Promise<void> {
  const port = globalThis as unknown as TransferPort & { postMessage(told: Told): void };
  const store = "indexedDB" in globalThis ? indexedDBStore(database) : memoryStore();
  if (!("indexedDB" in globalThis)) for (const record of records) await store.set(record.id, record);
  const checkpoints: CheckpointStore = {
    ...store,
    async set(id, record) {
      await store.set(id, record);
      port.postMessage({ record });
    },
  };
  let sent = 0;
  const use: Parameters<typeof clientOf>[1] = [
    (next) => async (url, init) => {
      const { searchParams } = new URL(url);
      const counts = searchParams.has("partNumber") || (init.method === "GET" && !searchParams.has("uploadId"));
      if (counts && ++sent > most) return new Promise(() => {});
      const response = await next(url, init);
      if (counts) port.postMessage({ sent });
      return response;
    },
  ];
  serveTransfers(port, {
    client: (credentials) => clientOf(credentials, use),
    checkpoints,
  });
}

/** A worker, and the page's side of it. */
interface Site {
  readonly page: WorkerTransfers;
  readonly worker: Worker;
  /** How many parts and ranges it has asked for. */
  sent(): number;
  /** Resolves when it has asked for so many. */
  reached(count: number): Promise<void>;
  /** Starts another one, in the place of one that died. */
  again(order?: Partial<Order>): Site;
}

function open(t: TestContext, order: Partial<Order> = {}): Site {
  const { database = `worker-${crypto.randomUUID()}`, records = [], most = Number.MAX_SAFE_INTEGER } = order;
  const left = new Map(records.map((record) => [record.id, record]));
  const worker = startWorker(FILE, "inside", { database, records, most } satisfies Order);
  let sent = 0;
  let look = (): void => {};
  worker.addEventListener("message", ({ data }: MessageEvent<Partial<Record<"sent" | "record", never>>>) => {
    if (data.record) left.set((data.record as TransferRecord).id, data.record);
    if (data.record) overhear("a record of the worker", data.record);
    if (data.sent === undefined) return;
    sent = data.sent;
    look();
  });
  confideKeys(environment.account);
  const page = connectTransfers(worker, { credentials: async () => environment.account });
  t.signal.addEventListener("abort", () => {
    page.close();
    worker.terminate();
    if ("indexedDB" in globalThis) void deleteDatabase(database);
  });
  return {
    page,
    worker,
    sent: () => sent,
    async reached(count) {
      const there = deferred();
      look = () => sent >= count && there.resolve();
      look();
      await there.promise;
    },
    again: (next) => open(t, { database, records: [...left.values()], ...next }),
  };
}

async function stored(key: string): Promise<Uint8Array> {
  const found = new Uint8Array(await (await getObject(quiet(), { key })).arrayBuffer());
  await deleteObject(quiet(), { key });
  return found;
}

const begin = (page: WorkerTransfers, key: string, more: WorkerUploadOptions = {}): Upload =>
  page.createUpload({ key, body: new File([bytes], "trip.mp4") } satisfies UploadInput, { ...cut, ...more });

const keyOf = (): string => `worker/${runtime}-${Math.random()}`;

test("dedicated worker: an upload with its progress, paused and resumed", WORKERS, async (t) => {
  const key = keyOf();
  const { page, reached, sent } = open(t);
  const seen: Progress[] = [];
  const job = begin(page, key, { onProgress: (progress) => void seen.push(progress) });
  await reached(2);
  await job.pause();
  assert.equal(job.state, "paused");
  const before = sent();
  assert.isBelow(before, 9);
  job.resume();
  const { size, headers } = await job.finished;
  assert.equal(size, bytes.length);
  assert.instanceOf(headers, Headers);
  assert.equal(job.state, "done");
  assert.equal(seen.at(-1)?.acknowledged, bytes.length);
  seen.forEach(({ acknowledged }, at) => {
    assert.isAtLeast(acknowledged, seen[at - 1]?.acknowledged ?? 0);
  });
  assertBytes(await stored(key), bytes);
});

test("dedicated worker: errors keep their class and code, an abort its reason", WORKERS, async (t) => {
  const { page, reached } = open(t, { most: 2 });
  const once = { key: keyOf(), body: "x", forbidOverwrite: true };
  await page.upload(once);
  const error = await failure(page.upload(once));
  assert.instanceOf(error, TransferError);
  assert.instanceOf((error as TransferError).cause, ServiceError);
  assert.deepInclude((error as TransferError).cause, { code: "FileAlreadyExists", status: 409 });
  const controller = new AbortController();
  const job = begin(page, keyOf(), { signal: controller.signal });
  await reached(2);
  const reason = { cannot: () => "be cloned" };
  controller.abort(reason);
  assert.equal(await failure(job.finished), reason);
  await job.discard();
  assert.equal(job.state, "discarded");
});

test("dedicated worker: when it dies, another one goes on with what it left", WORKERS, async (t) => {
  const key = keyOf();
  const first = open(t, { most: 3 });
  const lost = begin(first.page, key);
  await first.reached(3);
  first.worker.terminate();
  // Browsers tell that it is gone; elsewhere nobody does.
  if (!("locks" in navigator) || runtime === "deno") first.page.close();
  assert.deepInclude(await failure(lost.finished), { name: "TransferError" });
  const second = first.again({ most: 9 });
  const seen: number[] = [];
  await begin(second.page, key, { onProgress: ({ acknowledged }) => void seen.push(acknowledged) }).finished;
  assert.equal(second.sent(), 9 - 3);
  assert.include(seen, 3 * PART);
  assertBytes(await stored(key), bytes);
});

test("dedicated worker: what cannot be cloned is told, also when it is there already", WORKERS, async (t) => {
  const { page } = open(t);
  const input = { key: "k", body: "x", metadata: (() => "x") as unknown as Record<string, string> };
  const [early] = await Promise.all([failure(page.upload(input)), page.upload({ key: keyOf(), body: "x" })]);
  assert.deepInclude(early, { name: "TransferError" });
  assert.deepInclude(await failure(page.upload(input)), { name: "TransferError" });
  const target = { createWritable: () => Promise.reject(new Error("not here")) };
  assert.deepInclude(await failure(page.downloadTo({ key: "k" }, target)), { name: "TransferError" });
  assert.instanceOf(await failure(page.downloadTo({ key: "k" }, {} as never)), TypeError);
  assert.instanceOf(await failure(page.downloadTo({ key: "" }, "a")), TypeError);
  const signal = AbortSignal.abort("no");
  assert.equal(await failure(page.downloadTo({ key: "k" }, "a", { signal })), "no");
});

for (const kind of ["a path", "a handle"] as const) {
  const options = { skip: { ...NO_OPFS.skip, ...WORKERS.skip } };
  test(`dedicated worker: a download to ${kind} of the OPFS: killed, gone on with, aborted`, options, async (t) => {
    const key = keyOf();
    await putObject(quiet(), { key, body: bytes });
    const { folder, dispose } = await opfsFolder();
    await fill(folder, "a", pattern(3));
    const file = await folder.getFileHandle("a");
    const target = kind === "a path" ? `${folder.name}/a` : file;
    const how = { partSize: PART, multipartThreshold: 0, concurrency: 1 };

    const aborted = open(t, { most: 3 });
    const controller = new AbortController();
    const given = aborted.page.downloadTo({ key }, target, { ...how, signal: controller.signal });
    await aborted.reached(3);
    controller.abort("enough");
    assert.equal(await failure(given), "enough");
    assertBytes(await bytesOf(file), pattern(3));

    const killed = aborted.again({ most: 3 });
    const lost = killed.page.downloadTo({ key }, target, how);
    await killed.reached(3);
    killed.worker.terminate();
    assert.deepInclude(await failure(lost), { name: "TransferError" });
    assertBytes(await bytesOf(file), pattern(3));

    const last = killed.again();
    const seen: Progress[] = [];
    const onProgress = (progress: Progress): void => void seen.push(progress);
    const result = await last.page.downloadTo({ key }, target, { ...how, onProgress });
    assert.deepInclude(result, { status: 206, size: bytes.length });
    assert.instanceOf(result.headers, Headers);
    assert.equal(seen.at(-1)?.loaded, bytes.length);
    // The first of them only asks whether it is the same object.
    assert.isAtMost(last.sent(), 1 + 9 - 2);
    assertBytes(await bytesOf(await folder.getFileHandle("a")), bytes);
    assert.deepEqual(await namesIn(folder), ["a"]);

    const broken = (): never => {
      throw new RangeError("no such bar");
    };
    const error = (await failure(last.page.downloadTo({ key }, target, { ...how, onProgress: broken }))) as Error;
    assert.deepInclude(error.cause, { name: "RangeError", message: "no such bar" });
    assertBytes(await stored(key), bytes);
    last.page.close();
    last.worker.terminate();
    await dispose();
  });
}

test("dedicated worker: a path where there is no OPFS is refused, and the reason told", WORKERS, async (t) => {
  if ("storage" in navigator && "getDirectory" in navigator.storage) return;
  const error = await failure(open(t).page.downloadTo({ key: "k" }, "a"));
  assert.deepInclude(error, { isOSSError: true, code: "NoFileSystem" });
});
