/** Copies in parts that go on from a record, wherever the run before was killed. */
import type { TransferError } from "../../src/errors.ts";
import { putObject } from "../../src/operations/object/basic.ts";
import { listParts } from "../../src/operations/object/list_multipart.ts";
import { abortMultipartUpload, initiateMultipartUpload } from "../../src/operations/object/multipart.ts";
import { transfers } from "../../src/transfer/resume/transfers.ts";
import type { CopyRecord } from "../../src/transfer/resume/types.ts";
import { assert, test } from "../harness.ts";
import { fakePlatform } from "../unit/core/platform.ts";
import { assertBytes, failure, pattern } from "../unit/streams/support.ts";
import { type CopyScene, createCopyScene } from "./resume_support.ts";
import { PART, refuse } from "./upload_support.ts";

const bytes = pattern(6 * PART + 7);
const createScene = (): Promise<CopyScene> => createCopyScene(bytes);

/** A run that dies before the fifth part, with no other one under way, which might still arrive; tells its upload. */
async function killedMidway(scene: CopyScene): Promise<string> {
  scene.kill = (step) => step === "before part 5";
  assert.equal(await scene.run({}, { concurrency: 1 }), "killed");
  scene.kill = undefined;
  const [record] = scene.store.records.values();
  return (record as { uploadId?: string }).uploadId ?? "";
}

const STEPS = [
  "before set intent",
  "after set intent",
  "before initiate",
  "after initiate",
  "before set opened",
  "after set opened",
  "before part 1",
  "after part 2",
  "before part 4",
  "after part 7",
  "before set completing",
  "before complete",
  "after complete",
  "before delete",
  "after delete",
];

for (const step of STEPS)
  test(`copy: killed ${step}, the same call goes on`, async () => {
    const scene = await createScene();
    scene.kill = (at) => at === step;
    assert.equal(await scene.run({}), "killed");
    scene.kill = undefined;
    assert.deepInclude(await scene.run({}), { size: bytes.length });
    assertBytes(await scene.world.read("b"), bytes);
    const over = step === "after delete";
    assert.equal(scene.completed, over ? 2 : 1);
    if (!over) assert.lengthOf(new Set(scene.acknowledged), scene.acknowledged.length, "no part is copied twice");
    assert.deepEqual(await scene.world.open(), []);
    assert.equal(scene.store.records.size, 0);
    assert.deepEqual(scene.warnings, []);
  });

test("copy: a source that was replaced is an error, and what is there stays, until fresh is said", async () => {
  const scene = await createScene();
  const uploadId = await killedMidway(scene);
  const { parts } = await listParts(scene.world.client, { key: "b", uploadId });
  assert.isAbove(parts.length, 2);
  const records = [...scene.store.records.values()];
  const other = pattern(bytes.length, 1);
  await putObject(scene.world.client, { key: "a", body: other });
  const error = (await failure(scene.run({}))) as TransferError;
  assert.propertyVal(error.cause, "name", "SourceChangedError");
  assert.match(error.message, /fresh: true/);
  assert.deepEqual((await listParts(scene.world.client, { key: "b", uploadId })).parts, parts);
  assert.deepEqual([...scene.store.records.values()], records);
  await scene.run({}, { fresh: true });
  assertBytes(await scene.world.read("b"), other);
  assert.deepEqual(await scene.world.open(), []);
});

test("copy: what takes one request now leaves no parts and no record of the time when it took more", async () => {
  const threshold = await createScene();
  await killedMidway(threshold);
  await threshold.run({}, { multipartThreshold: bytes.length });
  assertBytes(await threshold.world.read("b"), bytes);
  const smaller = await createScene();
  await killedMidway(smaller);
  await putObject(smaller.world.client, { key: "a", body: "small" });
  await smaller.run({}, { multipartThreshold: PART });
  for (const { world, store, warnings } of [threshold, smaller]) {
    assert.deepEqual(await world.open(), []);
    assert.equal(store.records.size, 0);
    assert.deepEqual(warnings, []);
  }
  const refused = await createScene();
  await killedMidway(refused);
  refused.onRequest = async (seen, forward) => (seen.kind === "abort" ? refuse(403, "AccessDenied") : forward());
  await refused.run({}, { multipartThreshold: bytes.length });
  assert.match(
    refused.warnings.join(),
    /^What an earlier run left of the copy to "b" stays: ServiceError: Abort.* 403/,
  );
  assert.equal(refused.store.records.size, 1);
});

test("copy: one that has vanished, or had other headers, begins anew", async () => {
  const vanished = await createScene();
  await abortMultipartUpload(vanished.world.client, { key: "b", uploadId: await killedMidway(vanished) });
  await vanished.run({});
  const described = await createScene();
  await killedMidway(described);
  await described.run({ storageClass: "IA" });
  assert.lengthOf(described.warnings, 1);
  for (const { world, store } of [vanished, described]) {
    assertBytes(await world.read("b"), bytes);
    assert.deepEqual(await world.open(), []);
    assert.equal(store.records.size, 0);
  }
});

test("copy: a part of another size is copied again", async () => {
  const scene = await createScene();
  const uploadId = await killedMidway(scene);
  const { uploadPart } = await import("../../src/operations/object/multipart.ts");
  await uploadPart(scene.world.client, { key: "b", uploadId, partNumber: 1, body: pattern(PART + 1) });
  await scene.run({});
  assertBytes(await scene.world.read("b"), bytes);
});

test("copy: a part of other bytes is found by the CRC-64 of the whole, and never becomes a copy", async () => {
  const scene = await createScene();
  const uploadId = await killedMidway(scene);
  const { uploadPart } = await import("../../src/operations/object/multipart.ts");
  await uploadPart(scene.world.client, { key: "b", uploadId, partNumber: 1, body: pattern(PART, 1) });
  assert.propertyVal(((await failure(scene.run({}))) as TransferError).cause, "name", "IntegrityError");
  assert.equal(scene.completed, 0);
  await scene.run({});
  assertBytes(await scene.world.read("b"), bytes);
});

test("copy: an abort keeps parts and record, which is listed as stopped", async () => {
  const scene = await createScene();
  const controller = new AbortController();
  scene.onRequest = (seen, forward) => {
    if (seen.part === 4) controller.abort("enough");
    return forward();
  };
  assert.equal(await failure(scene.run({}, { signal: controller.signal })), "enough");
  const listed: unknown[] = [];
  for await (const { kind, state, key } of transfers(scene.store)) listed.push([kind, state, key]);
  assert.deepEqual(listed, [["copy", "stopped", "b"]]);
  assert.deepEqual(await scene.world.open(), ["b"]);
  scene.onRequest = (_, forward) => forward();
  await scene.run({});
  assertBytes(await scene.world.read("b"), bytes);
  assert.lengthOf(new Set(scene.acknowledged), scene.acknowledged.length);
});

test("copy: an upload of somebody else is not adopted", async () => {
  const scene = await createScene();
  scene.kill = (step) => step === "before initiate";
  await scene.run({});
  scene.kill = undefined;
  const { uploadId } = await initiateMultipartUpload(scene.world.client, { key: "b" });
  const { uploadPart } = await import("../../src/operations/object/multipart.ts");
  await uploadPart(scene.world.client, { key: "b", uploadId, partNumber: 1, body: "x" });
  await scene.run({});
  assertBytes(await scene.world.read("b"), bytes);
  assert.deepEqual(await scene.world.open(), ["b"]);
});

test("copy: damaged records are told, each with its reason, and not used", async () => {
  const scene = await createScene();
  await killedMidway(scene);
  const [[id, record] = ["", undefined]] = scene.store.records;
  const { source } = record as CopyRecord;
  for (const change of [
    { source: { ...source, etag: 7 } },
    { size: -1 },
    { kind: "upload" },
    { partSize: 0 },
    { asked: "now" },
  ]) {
    scene.store.records.set(id, { ...record, ...change } as never);
    scene.warnings.length = 0;
    await scene.run({});
    const [field] = Object.keys(change);
    assert.deepEqual(scene.warnings, [`The record "${id}" is not used: its ${field} is wrong or missing`]);
    assertBytes(await scene.world.read("b"), bytes);
  }
});

test("copy: a service that is away, and a network, are waited for", async () => {
  const scene = await createScene();
  let failed = 0;
  const lose = (): Promise<never> => {
    failed++;
    return Promise.reject(new TypeError("fetch failed"));
  };
  scene.onRequest = (seen, forward) => (failed < 40 && (failed > 0 || seen.part === 3) ? lose() : forward());
  await scene.run({});
  assert.equal(failed, 40);
  await killedMidway(scene);
  for (const multipartThreshold of [0, bytes.length]) {
    let asked = 0;
    scene.onRequest = (seen, forward) => (seen.kind === "head" && asked++ < 40 ? lose() : forward());
    await scene.run({}, { multipartThreshold });
    assert.isAbove(asked, 40, "its source, too");
    await killedMidway(scene);
  }
  failed = 40;
  const platform = fakePlatform();
  try {
    platform.turn(false);
    scene.onRequest = (_, forward) => (failed === 40 ? lose() : forward());
    const onWaiting = (waiting: boolean): void => {
      if (waiting) setTimeout(() => platform.turn(true), 1);
    };
    await scene.run({}, { onWaiting });
    assertBytes(await scene.world.read("b"), bytes);
  } finally {
    platform.restore();
  }
});
