/** Checkpoints in a folder. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { CheckpointStore } from "../../../src/checkpoints.ts";
import { fileSystemStore } from "../../../src/stores/file_system.ts";
import { markProcess } from "../../../src/stores/process_mark.ts";
import { assert, test } from "../../harness.ts";
import { recordOf, storeContract } from "../../unit/stores/contract.ts";
import { failure } from "../../unit/streams/support.ts";

storeContract({
  name: "file system",
  lock: true,
  channel: true,
  async make() {
    const parent = await mkdtemp(path.join(tmpdir(), "stores-"));
    const folder = path.join(parent, "made", "when needed");
    return {
      store: fileSystemStore(folder),
      again: () => fileSystemStore(pathToFileURL(folder)),
      elsewhere: () => fileSystemStore(path.join(parent, "made")),
      dispose: () => rm(parent, { recursive: true }),
    };
  },
});

async function withFolder(run: (store: CheckpointStore, folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "stores-"));
  try {
    await run(fileSystemStore(folder, { lease: 200 }), folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("file system: damaged files are told as they are, those of others are none", () =>
  withFolder(async (store, folder) => {
    const long = "x".repeat(300);
    for (const id of ["a", long]) await store.set(id, recordOf(id));
    for (const file of await readdir(folder)) await writeFile(path.join(folder, file), '{"version":1,"id"');
    await writeFile(path.join(folder, "package.json"), "{}");
    const ids = [...(await store.list())].sort();
    assert.match(ids[0] ?? "", /^#[0-9a-f]{64}$/);
    assert.equal(ids[1], "a");
    for (const id of [...ids, long]) assert.equal(await store.get(id), '{"version":1,"id"');
    for (const id of ids) await store.delete(id);
    assert.deepEqual(await readdir(folder), ["package.json"]);
  }));

test("file system: nothing is left but records; what died processes left goes", () =>
  withFolder(async (store, folder) => {
    await store.set("a", recordOf("a"));
    const [half, locking] = [path.join(folder, "=a.json.x.tmp"), path.join(folder, "=b.lock.y.tmp")];
    await writeFile(half, "{");
    await mkdir(locking);
    await store.list();
    assert.lengthOf(await readdir(folder), 3, "they may be of a process that lives");
    for (const one of [half, locking]) await utimes(one, 1, 1);
    assert.deepEqual(await store.list(), ["a"]);
    const lock = await store.lock?.("a");
    await lock?.release();
    assert.deepEqual(await readdir(folder), ["=a.json"]);
  }));

test("file system: a record that cannot be put in its place leaves nothing half written", () =>
  withFolder(async (store, folder) => {
    await mkdir(path.join(folder, "=a.json", "in the way"), { recursive: true });
    assert.match(String(await failure(store.set("a", recordOf("a")))), /EISDIR|ENOTEMPTY|EEXIST|EPERM/);
    assert.deepEqual(await readdir(folder), ["=a.json"]);
  }));

test("file system: a folder that cannot be made rejects", () =>
  withFolder(async (_, folder) => {
    await writeFile(path.join(folder, "file"), "");
    const store = fileSystemStore(path.join(folder, "file", "below"));
    for (const call of [store.set("a", recordOf("a")), store.lock?.("a")]) {
      assert.match(String(await failure(Promise.resolve(call))), /ENOTDIR|EEXIST/);
    }
  }));

test("file system: of many who find the lock of a dead process one has it", () =>
  withFolder(async (store, folder) => {
    const dead = path.join(folder, "=a.lock");
    await mkdir(dead);
    await writeFile(path.join(dead, "dead-3"), "");
    let holders = 0;
    let turns = 0;
    const race = Array.from({ length: 8 }, async (_, n) => {
      const lock = await (n % 2 ? store : fileSystemStore(folder, { lease: 200 })).lock?.("a");
      holders += 1;
      turns += 1;
      assert.equal(holders, 1);
      await store.get("a");
      holders -= 1;
      await lock?.release();
    });
    await Promise.all(race);
    assert.equal(turns, 8);
    assert.deepEqual(await readdir(folder), []);
  }));

test("file system: for a process that was killed nobody waits, for others everybody does", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "stores-"));
  const store = fileSystemStore(folder, { lease: 2 ** 31 - 1 });
  try {
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    const place = (await markProcess())?.mark.split("_")[0];
    const occupy = async (id: string, holder: string): Promise<void> => {
      await mkdir(path.join(folder, `=${id}.lock`));
      await writeFile(path.join(folder, `=${id}.lock`, `${holder}.x-3`), "");
    };
    await occupy("killed", `${place}_${child.pid}`);
    await occupy("elsewhere", `0123456789abcdef_${child.pid}`);
    const locked = store.lock?.("killed");
    let waits = true;
    void locked?.then(() => (waits = false));
    const stop = new AbortController();
    const others = failure(store.lock?.("elsewhere", stop.signal) ?? Promise.resolve());
    // It looks at least so often.
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(waits, true, "it lives");
    child.kill("SIGKILL");
    await once(child, "exit");
    await (await locked)?.release();
    stop.abort("enough");
    assert.equal(await others, "enough");
  } finally {
    await rm(folder, { recursive: true });
  }
});
