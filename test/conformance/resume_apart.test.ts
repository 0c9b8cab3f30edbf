/** What one store has of several places, what another call leaves behind, clocks that are wrong, and values too large. */
import type { CheckpointStore } from "../../src/checkpoints.ts";
import { cleanTransfers, createUpload, discardTransfer, resumeUpload, transfers, upload } from "../../src/mod.ts";
import { downloadTo } from "../../src/transfer/download_to.ts";
import { assert, test } from "../harness.ts";
import { assertBytes, failure, pattern } from "../unit/streams/support.ts";
import { createDisk } from "./reload_support.ts";
import { body, bytes, createScene, input, leave, only, options, testStore } from "./resume_support.ts";
import { createWorld, PART, refuse } from "./upload_support.ts";

test("resume: buckets of one name at two endpoints share a store, and nothing else", async () => {
  const checkpoints = testStore();
  const [here, there] = [createWorld(), createWorld({ internal: true })];
  await leave(here, input, checkpoints);
  const record = only(checkpoints);
  assert.equal(record.endpoint, "uploads.oss-cn-hangzhou.aliyuncs.com");
  const other = pattern(bytes.length, 1);
  await upload(there.client, { key: "k", body: new Blob([other]) }, { ...options, checkpoints });
  assertBytes(await there.read("k"), other);
  assert.deepEqual(only(checkpoints), record);

  assert.deepEqual(await cleanTransfers(there.client, checkpoints, { olderThan: 0 }), []);
  assert.instanceOf(await failure(discardTransfer(there.client, checkpoints, record)), TypeError);
  const foreign = await failure(resumeUpload(there.client, record, { body, checkpoints }).finished);
  assert.match(String(foreign), /TypeError: checkpoint must be that of an object at uploads.*internal/);
  assert.deepEqual(only(checkpoints), record);
  assert.deepEqual([...there.warnings, ...here.warnings], []);

  const { part = 0 } = here.kinds();
  await upload(here.client, input, { ...options, checkpoints });
  assert.equal((here.kinds().part ?? 0) - part, 4);
  assertBytes(await here.read("k"), bytes);
  assert.equal(checkpoints.records.size, 0);
});

test("resume: a record that does not tell its endpoint is skipped with the reason", async () => {
  const world = createWorld();
  const checkpoints = testStore();
  await leave(world, input, checkpoints);
  const old = JSON.parse(JSON.stringify({ ...only(checkpoints), endpoint: undefined }));
  checkpoints.records.set(old.id, old);
  const skipped: string[] = [];
  for await (const found of transfers(checkpoints, { onSkipped: (_, why) => skipped.push(why) })) assert.fail(found.id);
  assert.deepEqual(skipped, ["its endpoint is wrong or missing"]);
  await upload(world.client, input, { ...options, checkpoints });
  assert.match(world.warnings.join(), /not used: its endpoint is wrong or missing/);
  assertBytes(await world.read("k"), bytes);
});

test("resume: a record that no request can be made of is skipped with the reason, and the others are cleaned", async () => {
  for (const damage of [{ bucket: "no_bucket" }, { key: "\ud800" }, { key: "k".repeat(1024) }]) {
    const world = createWorld();
    const checkpoints = testStore();
    await leave(world, input, checkpoints);
    const record = { ...only(checkpoints), ...damage, id: "damaged" };
    checkpoints.records.set("damaged", record);
    const skipped: string[] = [];
    const onSkipped = (_: string, why: string): void => void skipped.push(why);
    for await (const found of transfers(checkpoints, { onSkipped })) assert.equal(found.key, "k");
    assert.match(skipped.join(), /^TypeError: (bucket|key) must be /);
    assert.lengthOf(await cleanTransfers(world.client, checkpoints, { olderThan: 0 }), 1);
    assert.deepEqual([...checkpoints.records.keys()], ["damaged"]);
    assert.deepEqual(await world.open(), []);
  }
});

test("resume: another retention is told as other headers are, and nothing of the old one is used", async () => {
  const world = createWorld();
  const checkpoints = testStore();
  await leave(world, { ...input, headers: { "x-oss-object-worm-mode": "GOVERNANCE" } }, checkpoints);
  const { part = 0 } = world.kinds();
  const headers = { "x-oss-object-worm-mode": "COMPLIANCE" };
  await upload(world.client, { ...input, headers }, { ...options, checkpoints });
  assert.match(world.warnings.join(), /had another x-oss-object-worm-mode: it is deleted/);
  assert.equal((world.kinds().part ?? 0) - part, 7);
  assert.deepEqual(await world.open(), []);
});

test("resume: what takes one request now leaves no parts and no record of the time when it took more", async () => {
  for (const kind of ["store", "checkpoint", "job", "refused"]) {
    const world = createWorld();
    const store = testStore();
    const checkpoint = await leave(world, input, kind === "checkpoint" ? undefined : store);
    const from = kind === "checkpoint" ? { checkpoint } : { checkpoints: store };
    if (kind === "refused")
      world.onRequest = async (seen, forward) => (seen.kind === "abort" ? refuse(403, "AccessDenied") : forward());
    const whole = { ...from, multipartThreshold: bytes.length };
    const result = await (kind === "job"
      ? createUpload(world.client, input, whole).finished
      : upload(world.client, input, whole));
    assert.isUndefined(result.uploadId);
    assertBytes(await world.read("k"), bytes);
    const stays = kind === "refused";
    assert.deepEqual(await world.open(), stays ? ["k"] : [], kind);
    assert.equal(store.records.size, stays ? 1 : 0);
    assert.lengthOf(world.warnings, stays ? 1 : 0);
    if (stays) assert.match(world.warnings[0] ?? "", /left of the upload of "k" stays: .*AccessDenied/);
  }
});

test("resume: an upload whose opening was not written down is adopted though the clock is wrong", async () => {
  for (const ahead of [3_600_000, 300_000, -300_000, -3_600_000]) {
    const scene = createScene({ now: () => Date.now() - ahead });
    scene.kill = (step) => step === "before set opened";
    assert.equal(await scene.run({ body }), "killed");
    scene.kill = undefined;
    assert.lengthOf(scene.store.written, 1);
    await scene.run({ body });
    assertBytes(await scene.world.read("k"), bytes);
    assert.equal(scene.requests.filter(({ kind }) => kind === "initiate").length, Math.abs(ahead) > 900_000 ? 2 : 1);
    assert.equal(scene.completed, 1);
    assert.deepEqual(await scene.world.open(), [], `${ahead} ms`);
    assert.deepEqual(scene.warnings, []);
  }
});

/** A store that refuses large records, as Deno KV does. */
function refusing(store: CheckpointStore, limit: number): CheckpointStore {
  return {
    ...store,
    async set(id, record) {
      if (JSON.stringify(record).length > limit) throw new TypeError(`Value too large (max ${limit} bytes)`);
      await store.set(id, record);
    },
  };
}

test("resume: a record that is too large for the store is told once, and nothing fails", async () => {
  const world = createWorld();
  const store = testStore();
  const checkpoints = refusing(store, 65_536);
  const file = new File([bytes], "n".repeat(70_000));
  await upload(world.client, { key: "k", body: file }, { ...options, checkpoints });
  assertBytes(await world.read("k"), bytes);
  assert.lengthOf(world.warnings, 1);
  assert.match(world.warnings[0] ?? "", /^The checkpoint store failed, .*Value too large \(max 65536 bytes\)/);
  assert.equal(store.records.size, 0);

  const disk = createDisk();
  const { sink } = disk.run();
  const reader = createWorld({}, {}, world.oss);
  const plan = { partSize: PART, multipartThreshold: 0, concurrency: 1 };
  await downloadTo(reader.client, { key: "k" }, sink, { ...plan, checkpoints: refusing(disk.store, 100) });
  assertBytes(disk.files.get("a") ?? new Uint8Array(0), bytes);
  assert.match(reader.warnings.join("|"), /^The checkpoint store failed, [^|]*Value too large[^|]*$/);
  assert.equal(disk.store.records.size, 0);
});

test("resume: of an automatic plan the parts behind a gap are gone on with after a kill", async () => {
  const whole = pattern(24 * 1024 * 1024);
  const file = new Blob([whole]);
  const checkpoints = testStore();
  const plan = { partSize: "auto", concurrency: 2, multipartThreshold: 0, checkpoints } as const;
  // Each look at this clock is a second later.
  let looks = 0;
  const world = createWorld({ now: () => Date.now() + ++looks * 1000 });
  let stuck = 0;
  let others = 0;
  world.onRequest = async (seen, forward) => {
    if (seen.kind !== "part") return forward();
    if (seen.part === 1) {
      stuck = seen.body.length;
      return new Promise(() => {});
    }
    others++;
    return forward();
  };
  const job = createUpload(world.client, { key: "k", body: file }, plan);
  for await (const { acknowledged } of job) if (acknowledged === whole.length - stuck) break;
  const left = new Map(checkpoints.records);
  assert.isAtLeast(others, 2);

  const next = createWorld({}, {}, world.oss);
  const store = testStore();
  for (const [id, record] of left) store.records.set(id, record);
  await upload(next.client, { key: "k", body: file }, { ...plan, checkpoints: store });
  assert.equal(next.kinds().part, 1);
  assert.isUndefined(next.kinds().initiate);
  assertBytes(await next.read("k"), whole);
  await job.stop();
});
