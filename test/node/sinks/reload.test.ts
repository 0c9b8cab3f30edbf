/** Downloads to files that go on after an end of any kind; `elsewhere.test.ts` runs this in Deno and Bun, too. */
import { lstat, open, readdir, readFile, rename, symlink, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { createClient, type DownloadToOptions, downloadTo, putObject } from "../../../src/mod.ts";
import { fileSink, folderSink } from "../../../src/node/mod.ts";
import { fileSystemStore } from "../../../src/stores/file_system.ts";
import type { Sink } from "../../../src/streams/sink.ts";
import { createTestOSS } from "../../../src/testing/mod.ts";
import { confideKeys, confideRequest, watched } from "../../conformance/support/watched_stores.ts";
import { assert, test } from "../../harness.ts";
import { assertBytes, failure, pattern } from "../../unit/streams/support.ts";
import { withTemporary } from "./temporary.ts";

const bytes = pattern(200_000);
/** No name is longer; what it is called meanwhile must not be, either. */
const LONG = `${"\u00e9".repeat(127)}a`;
const KINDS = {
  path: (folder: string): Sink => fileSink(path.join(folder, "a")),
  "path, fsync": (folder: string): Sink => fileSink(path.join(folder, "a"), { fsync: true }),
  folder: (folder: string): Sink => folderSink(folder).file("a"),
  "path, long": (folder: string): Sink => fileSink(path.join(folder, LONG)),
  "folder, long": (folder: string): Sink => folderSink(folder).file(LONG),
};

for (const [name, sinkIn] of Object.entries(KINDS))
  test(`reload: ${name}: what an abort or a kill left is gone on with, and mended`, () =>
    withTemporary(async ({ folder, open: opened }) => {
      const [target, beginning] = name.endsWith("long") ? [LONG, /^\u00e9{100,}\.[0-9a-f]{8}/] : ["a", /^a/];
      const oss = createTestOSS({ buckets: ["photos"] });
      confideKeys(oss.credentials);
      let requested = 0;
      const client = createClient({
        ...oss.clientOptions,
        bucket: "photos",
        use: [
          (next) => async (url, init) => {
            confideRequest(new URL(url).searchParams, new Headers(init.headers));
            const [, first, last] = /bytes=(\d+)-(\d+)/.exec(`${new Headers(init.headers).get("range")}`) ?? [];
            if (last) requested += Number(last) + 1 - Number(first);
            return next(url, init);
          },
        ],
      });
      await putObject(client, { key: "a", body: bytes });
      const checkpoints = watched(fileSystemStore(path.join(folder, "checkpoints"), { lease: 1000 }));
      const plan: DownloadToOptions = { partSize: 10_000, checkpoints };
      const stopped = async (): Promise<void> => {
        const stop = new AbortController();
        const onProgress = ({ parts }: { parts: { done: number } }): void => {
          if (parts.done > 4) stop.abort("enough");
        };
        // The clock of reports is that of the client: each part is worth one here.
        let time = 0;
        const own = createClient({ ...oss.clientOptions, bucket: "photos", now: () => (time += 200) });
        const call = { ...plan, onProgress, signal: stop.signal };
        assert.equal(await failure(downloadTo(own, { key: "a" }, sinkIn(folder), call)), "enough");
      };
      const parts = async (): Promise<string[]> =>
        (await readdir(folder)).filter((entry) => entry !== "checkpoints" && entry !== target);

      await stopped();
      const [part = ""] = await parts();
      assert.match(part, beginning);
      assert.match(part, /.\.[0-9a-f]{8}\.oss-fetch-part$/);
      assert.deepEqual(await opened(), []);
      assert.lengthOf(await checkpoints.list(), 1);
      await downloadTo(client, { key: "a" }, sinkIn(folder), plan);
      assertBytes(await readFile(path.join(folder, target)), bytes);
      assert.isBelow(requested, 160_000 + 2);
      assert.deepEqual([await parts(), await checkpoints.list(), await opened()], [[], [], []]);

      for (const damage of [
        (file: string) => truncate(file, 15_000),
        (file: string) => writeFile(file, ""),
        async (file: string) => {
          const handle = await open(file, "r+");
          await handle.write(new Uint8Array([1, 2, 3]), 0, 3, 20);
          await handle.close();
        },
        // Whoever may write to the folder would have another file written.
        async (file: string) => {
          const elsewhere = path.join(folder, "checkpoints", "elsewhere");
          await rename(file, elsewhere);
          await symlink(elsewhere, file);
        },
      ]) {
        await stopped();
        await damage(path.join(folder, part));
        await downloadTo(client, { key: "a" }, sinkIn(folder), plan);
        assertBytes(await readFile(path.join(folder, target)), bytes);
        assert.isTrue((await lstat(path.join(folder, target))).isFile());
        assert.deepEqual([await parts(), await checkpoints.list()], [[], []]);
      }
    }));
