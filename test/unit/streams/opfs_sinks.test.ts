/** Sinks on the origin private file system: in a page, and in a dedicated worker that loads the same tests. */
import { directorySink } from "../../../src/streams/directory_sink.ts";
import { fileHandleSink } from "../../../src/streams/file_handle_sink.ts";
import type { SyncAccessHandle } from "../../../src/streams/file_system.ts";
import type { Sink } from "../../../src/streams/sink.ts";
import { syncAccessSink } from "../../../src/streams/sync_access_sink.ts";
import { assert, test } from "../../harness.ts";
import type { Report, TestResult } from "../../runners/execute.ts";
import { setting } from "../../runners/registry.ts";
import { bytesOf, fill, inWorker, NO_OPFS, namesIn, opfsFolder } from "./opfs.ts";
import { sinkContract } from "./sink_contract.ts";
import { failure, pattern } from "./support.ts";

const where = inWorker ? "OPFS in a worker" : "OPFS in a page";

sinkContract({
  name: `${where}: file handle`,
  options: NO_OPFS,
  async make(before) {
    const { folder, dispose } = await opfsFolder();
    await fill(folder, "a", before);
    const file = await folder.getFileHandle("a");
    const left = async (): Promise<string[]> => (await namesIn(folder)).filter((name) => name !== "a");
    const again = (): Sink => fileHandleSink(file);
    return { sink: again(), seen: () => bytesOf(file), left, dispose, again };
  },
});

sinkContract({
  name: `${where}: directory`,
  options: NO_OPFS,
  async make(before) {
    const { folder, dispose } = await opfsFolder();
    const inner = await folder.getDirectoryHandle("f", { create: true });
    await fill(inner, "a", before);
    const left = async (): Promise<string[]> => (await namesIn(inner)).filter((name) => name !== "a");
    const seen = async (): Promise<Uint8Array> => bytesOf(await inner.getFileHandle("a"));
    const again = (): Sink => directorySink(folder).file("f/a");
    return { sink: again(), seen, left, dispose, again };
  },
});

test(`${where}: a new file is gone after an abort`, NO_OPFS, async () => {
  const { folder, dispose } = await opfsFolder();
  const sink = directorySink(folder).file("a");
  await sink.write(pattern(3), 0);
  // Chromium writes `a.crswap` beside it.
  assert.include(await namesIn(folder), inWorker ? "a.oss-fetch-part" : "a");
  await sink.abort();
  assert.deepEqual(await namesIn(folder), []);
  await dispose();
});

/** What the DOM's types leave to those of workers. */
interface WorkerFile {
  createSyncAccessHandle(): Promise<
    SyncAccessHandle & { getSize(): number; read(bytes: Uint8Array, options: { at: number }): number }
  >;
}

if (inWorker) {
  sinkContract({
    name: `${where}: sync access handle`,
    inPlace: true,
    async make(before) {
      const { folder, dispose } = await opfsFolder();
      await fill(folder, "a", before);
      const file: FileSystemFileHandle & Partial<WorkerFile> = await folder.getFileHandle("a");
      const access = await file.createSyncAccessHandle?.();
      if (!access) throw new Error("no synchronous access");
      const seen = (): Uint8Array => {
        const bytes = new Uint8Array(access.getSize());
        access.read(bytes, { at: 0 });
        return bytes;
      };
      return {
        sink: syncAccessSink(access),
        again: () => syncAccessSink(access),
        seen,
        left: () => [],
        async dispose() {
          access.close();
          await dispose();
        },
      };
    },
  });

  test(`${where}: of two downloads to one path the second is refused`, async () => {
    const { folder, dispose } = await opfsFolder();
    const sinks = directorySink(folder);
    const [first, second] = [sinks.file("a"), sinks.file("a")];
    await first.write(pattern(3), 0);
    assert.equal(Reflect.get(Object(await failure(second.write(pattern(4), 0))), "name"), "NoModificationAllowedError");
    await second.abort();
    await first.close();
    assert.deepEqual(await namesIn(folder), ["a"]);
    await dispose();
  });
} else {
  test("OPFS in a worker: the same, and more", NO_OPFS, async ({ signal, note }) => {
    const results = await runInWorker(signal);
    const failed = results.filter(({ state }) => state === "failed");
    assert.deepEqual(
      failed.map(({ name, failure: why }) => `${name}: ${why?.message}`),
      [],
    );
    const passed = results.filter(({ state }) => state === "passed").length;
    note(`${passed} tests of sinks passed in a worker`);
    assert.isAtLeast(passed, 20);
  });
}

/** Loads this bundle in a worker and runs the tests of this file there. */
async function runInWorker(signal: AbortSignal): Promise<TestResult[]> {
  const chosen = { ...setting, filter: "opfs_sinks" };
  const script = `const { start } = await import(${JSON.stringify(import.meta.url)});
await start(${JSON.stringify(chosen)}, async (report) => postMessage(report));`;
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const worker = new Worker(url, { type: "module" });
  try {
    return await new Promise((resolve, reject) => {
      const results: TestResult[] = [];
      signal.addEventListener("abort", () => reject(signal.reason));
      worker.onerror = ({ message }) => reject(new Error(`The worker failed: ${message}`));
      worker.onmessage = ({ data }: MessageEvent<Report>) => {
        results.push(...data.results);
        if (data.done) resolve(results);
      };
    });
  } finally {
    worker.terminate();
    URL.revokeObjectURL(url);
  }
}
