/** Downloads that go on from a record, wherever the run before ended. */
import type { CheckpointStore } from "../../src/checkpoints.ts";
import {
  cleanTransfers,
  createClient,
  discardTransfer,
  download,
  downloadTo,
  putObject,
  type Sink,
  transfers,
} from "../../src/mod.ts";
import type { DownloadRecord } from "../../src/transfer/resume/download_record.ts";
import { assert, test } from "../harness.ts";
import { catchTimers } from "../unit/core/timers.ts";
import { assertBytes } from "../unit/streams/support.ts";
import { memory, read } from "./download_support.ts";
import { bytes, done, dying, KEY, onlyRecord, plan, scene } from "./reload_scene.ts";
import { memoryStore } from "./support/watched_stores.ts";
import { failureOf, noise } from "./support/world.ts";

test("reload: killed at any step, the same call goes on", { timeout: 60_000 }, async (t) => {
  for (const name of ["get", "set", "begin", "remove", "resize", "write", "sync", "publish", "delete"])
    for (const count of [1, 2, 3, 4, 9, 18]) {
      const { disk, go, asked } = await scene(t);
      const outcome = await go({}, dying(disk, name, count));
      const looksDone = disk.files.has("a");
      assert.isTrue(!looksDone || name === "publish" || name === "delete" || outcome !== "killed", `${name} ${count}`);
      if (looksDone) assertBytes(disk.files.get("a") ?? bytes, bytes);
      if (outcome !== "killed") continue;
      const before = disk.store.records.size ? done(onlyRecord(disk)) : 0;
      asked();
      await go();
      assertBytes(disk.files.get("a") ?? new Uint8Array(0), bytes);
      if (!looksDone) assert.isAtMost(asked(), bytes.length - before + 1, `${name} ${count}`);
      assert.deepEqual(disk.left(), [], `${name} ${count}`);
      assert.equal(disk.store.records.size, 0);
    }
});

test("reload: an abort keeps what is there, and only the rest is fetched", async (t) => {
  const { disk, go, asked } = await scene(t);
  const stop = new AbortController();
  const run = disk.run();
  let writes = 0;
  run.onStep = (step) => {
    if (step === "write" && ++writes === 14) stop.abort("enough");
  };
  assert.equal(await failureOf(go({ signal: stop.signal }, run)), "enough");
  const record = onlyRecord(disk);
  assert.deepInclude(record, { kind: "download", state: "stopped", key: KEY, place: "/disk/a", objectSize: 5000 });
  assert.isAbove(done(record), 1000);
  assert.lengthOf(disk.left(), 1);
  asked();
  const progress: number[] = [];
  const onProgress = ({ acknowledged }: { acknowledged: number }): void => void progress.push(acknowledged);
  assert.deepInclude(await go({ onProgress }), { size: 5000, objectSize: 5000, status: 206 });
  assert.equal(asked(), 5000 - done(record) + 1);
  assertBytes(disk.files.get("a") ?? new Uint8Array(0), bytes);
  assert.deepEqual([disk.left(), disk.store.records.size], [[], 0]);
  assert.equal(progress.at(-1), 5000);
});

test("reload: nothing is written down before it is in the sink, nor what could not be written", async (t) => {
  for (const room of [bytes.length, 2000]) {
    const { disk, go } = await scene(t);
    const run = disk.run();
    const sink: Sink = {
      ...run.sink,
      async write(chunk, position) {
        await new Promise((resolve) => setTimeout(resolve));
        if (position + chunk.length > room) throw new Error("the disk is full");
        await run.sink.write(chunk, position);
      },
    };
    const missing: number[] = [];
    const checkpoints: CheckpointStore = {
      ...run.checkpoints,
      set(id, record) {
        const [file = new Uint8Array(0)] = disk.left().map((name) => disk.files.get(name));
        for (const { position, length } of (record as DownloadRecord).done)
          for (let at = position; at < position + length; at++) if (file[at] !== bytes[at]) missing.push(at);
        return run.checkpoints.set(id, record);
      },
    };
    const running = go({ checkpoints }, { ...run, sink });
    if (room < bytes.length) assert.match(String(await failureOf(running)), /the disk is full/);
    else await running;
    assert.deepEqual(missing, []);
    if (room < bytes.length) await go({ verify: "none" });
    assertBytes(disk.files.get("a") ?? new Uint8Array(0), bytes);
  }
});

test("reload: a range, a version and another place are downloads of their own", async (t) => {
  const { disk, go } = await scene(t);
  await go({}, dying(disk, "write", 9));
  await go({}, dying(disk, "write", 9), { key: KEY, range: [100, 4000] });
  assert.equal(disk.store.records.size, 2);
  assert.lengthOf(disk.left(), 2);
  await go({}, disk.run(), { key: KEY, range: [100, 4000] });
  assertBytes(disk.files.get("a") ?? new Uint8Array(0), bytes.slice(100, 4001));
  assert.equal(disk.store.records.size, 1);
  await go();
  assertBytes(disk.files.get("a") ?? new Uint8Array(0), bytes);
  assert.equal(disk.store.records.size, 0);
});

test("reload: what is over with one request leaves no record, and a sink without memory downloads anew", async (t) => {
  const { disk, go, client } = await scene(t);
  await go({ partSize: 6000 });
  assertBytes(disk.files.get("a") ?? new Uint8Array(0), bytes);
  assert.lengthOf(disk.store.written, 0);
  const sink = memory();
  await downloadTo(client, { key: KEY }, sink, { ...plan, checkpoints: disk.store });
  assertBytes(sink.bytes(), bytes);
  assert.lengthOf(disk.store.written, 0);
});

test("reload: of two who download to one place one does it, and both have the object", async (t) => {
  const { disk, go, asked } = await scene(t);
  const checkpoints = memoryStore({ lease: 1000 });
  asked();
  const progress: number[] = [];
  const first = go({ checkpoints });
  const second = go({ checkpoints, onProgress: ({ acknowledged }) => void progress.push(acknowledged) });
  const results = (await Promise.all([first, second])) as { size: number; headers: Headers }[];
  assert.deepEqual(
    results.map(({ size, headers }) => [size, headers.get("etag") !== null]),
    [
      [5000, true],
      [5000, true],
    ],
  );
  assert.equal(asked(), 5000);
  assertBytes(disk.files.get("a") ?? new Uint8Array(0), bytes);
  assert.equal(progress.at(-1), 5000);
});

test("reload: records hold no secrets", async (t) => {
  const { disk, oss, client: own } = await scene(t);
  const token = oss.issueToken({ seconds: 3600 });
  const { bucket = "" } = own.context;
  const client = createClient({ ...oss.clientOptions, bucket, credentials: () => Promise.resolve(token) });
  const { sink, checkpoints, signal } = dying(disk, "write", 12);
  const options = { ...plan, checkpoints, signal };
  await downloadTo(client, { key: KEY }, sink, options).catch(() => undefined);
  assert.isAbove(disk.store.written.length, 1);
  const text = JSON.stringify(disk.store.written);
  for (const secret of [token.accessKeyId, token.accessKeySecret, token.securityToken]) assert.notInclude(text, secret);
  assert.notMatch(text, /signature|OSS4-HMAC|security-token/i);
});

test("reload: an unfinished download is listed, discarded with what it left, and cleaned when it is old", async (t) => {
  const { disk, go, client } = await scene(t);
  const begin = (): Promise<unknown> => go({}, dying(disk, "write", 12));
  const list = async (): Promise<string[]> => {
    const found: string[] = [];
    for await (const { kind, key } of transfers(disk.store)) found.push(`${kind} ${key}`);
    return found;
  };
  await begin();
  assert.deepEqual(await list(), [`download ${KEY}`]);
  const sink = ({ place }: DownloadRecord): Sink | undefined => (place === "/disk/a" ? disk.run().sink : undefined);
  await discardTransfer(client, disk.store, onlyRecord(disk), { sink });
  assert.deepEqual([await list(), disk.left()], [[], []]);
  await begin();
  assert.lengthOf(await cleanTransfers(client, disk.store, { sink }), 0);
  assert.lengthOf(await cleanTransfers(client, disk.store, { sink, olderThan: 0 }), 1);
  assert.deepEqual([await list(), disk.left()], [[], []]);
  const damaged: string[] = [];
  await begin();
  const wrong: DownloadRecord = { ...onlyRecord(disk), done: 5 as never };
  disk.store.records.set(wrong.id, wrong);
  for await (const one of transfers(disk.store, { onSkipped: (_, reason) => damaged.push(reason) }))
    assert.fail(one.id);
  assert.deepEqual(damaged, ["its done is wrong or missing"]);
});

test("reload: an ordered stream goes on behind what was read, of the same object or not at all", async (t) => {
  const { client } = await scene(t);
  const { body, etag } = await download(client, { key: KEY }, { partSize: 500 });
  const reader = body.getReader();
  const { value: first = new Uint8Array(0) } = await reader.read();
  await reader.cancel();
  const rest = { key: KEY, range: [first.length] as const, ifMatch: etag };
  assertBytes(await read((await download(client, rest, { partSize: 500 })).body), bytes.slice(first.length));
  await putObject(client, { key: KEY, body: noise(5000, 9) });
  assert.deepInclude(await failureOf(download(client, rest)), { code: "PreconditionFailed" });
});

test("reload: nothing is written down any more once the sink is being closed, however long that takes", async (t) => {
  const { disk, go } = await scene(t);
  const run = disk.run();
  const { sink } = run;
  const { partial } = sink;
  assert.isDefined(partial);
  const timers = catchTimers((milliseconds) => milliseconds >= 100 && milliseconds < 1000);
  let closing = false;
  let late = 0;
  const slow: Sink = {
    ...sink,
    async close() {
      const closed = sink.close();
      closing = true;
      if (timers.waiting() > 0) await timers.fire();
      await closed;
    },
    partial: {
      ...partial,
      async sync() {
        if (closing) late++;
        else await partial.sync();
      },
    },
  };
  try {
    await go({}, { ...run, sink: slow });
  } finally {
    timers.restore();
  }
  assert.equal(late, 0);
  assertBytes(disk.files.get("a") ?? new Uint8Array(0), bytes);
  assert.equal(disk.store.records.size, 0);
});
