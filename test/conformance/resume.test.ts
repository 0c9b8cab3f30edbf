/** Uploads that go on from a record, wherever the run before was killed. */
import type { TransferError } from "../../src/errors.ts";
import { listParts } from "../../src/operations/object/list_multipart.ts";
import { resumeUpload } from "../../src/transfer/resume/resume_upload.ts";
import type { UploadRecord } from "../../src/transfer/resume/types.ts";
import { assert, test } from "../harness.ts";
import { assertBytes, failure, pattern, streamOf } from "../unit/streams/support.ts";
import { createScene, type UploadScene } from "./resume_support.ts";
import { PART } from "./upload_support.ts";

const bytes = pattern(6 * PART + 7);
const STEPS = [
  "before get",
  "before set intent",
  "after set intent",
  "before initiate",
  "after initiate",
  "before set opened",
  "after set opened",
  "before part 1",
  "after part 1",
  "after part 2",
  "before part 4",
  "after part 7",
  "before set completing",
  "after set completing",
  "before complete",
  "after complete",
  "before delete",
  "after delete",
];

for (const step of STEPS)
  test(`resume: killed ${step}, the same call goes on`, async () => {
    const scene = createScene();
    scene.kill = (at) => at === step;
    assert.equal(await scene.run({ body: new Blob([bytes]) }), "killed");
    scene.kill = undefined;
    const result = await scene.run({ body: new Blob([bytes]) });
    assert.deepInclude(result, { size: bytes.length });
    assertBytes(await scene.world.read("k"), bytes);
    // Where nothing is left of the first run, there is nothing to go on from.
    const over = step === "after delete";
    assert.equal(scene.completed, over ? 2 : 1);
    if (!over) assert.lengthOf(new Set(scene.acknowledged), scene.acknowledged.length, "no part is sent twice");
    assert.deepEqual(await scene.world.open(), []);
    assert.equal(scene.store.records.size, 0);
    assert.deepEqual(scene.warnings, []);
  });

/** A run that dies once so many parts are there. */
async function killedAfter(scene: UploadScene, parts: number, body: Blob | ReadableStream<Uint8Array>): Promise<void> {
  let done = 0;
  scene.kill = (step) => step.startsWith("after part") && ++done > parts;
  assert.equal(await scene.run({ body }), "killed");
  scene.kill = undefined;
}

test("resume: a stream that gives the same bytes again goes on", async () => {
  for (const contentLength of [bytes.length, undefined]) {
    const scene = createScene();
    const length = contentLength === undefined ? {} : { contentLength };
    scene.kill = (step) => step === "before part 5";
    assert.equal(await scene.run({ body: streamOf(bytes, [70_000]).stream, ...length }), "killed");
    scene.kill = undefined;
    const before = scene.acknowledged.length;
    assert.isAbove(before, 0);
    await scene.run({ body: streamOf(bytes, [9]).stream, ...length });
    assertBytes(await scene.world.read("k"), bytes);
    assert.lengthOf(new Set(scene.acknowledged), scene.acknowledged.length);
    assert.equal(scene.completed, 1);
  }
});

test("resume: another file of the same size is refused, and what is there stays", async () => {
  const scene = createScene();
  await killedAfter(scene, 4, new Blob([bytes]));
  const [record] = scene.store.records.values();
  const { uploadId = "" } = record as { uploadId?: string };
  const parts = (await listParts(scene.world.client, { key: "k", uploadId })).parts;
  const other = new Blob([pattern(bytes.length, 1)]);
  const error = (await failure(scene.run({ body: other }))) as TransferError;
  assert.equal(error.name, "TransferError");
  assert.propertyVal(error.cause, "name", "SourceChangedError");
  assert.match(error.message, /fresh: true/);
  assert.deepEqual((await listParts(scene.world.client, { key: "k", uploadId })).parts, parts);
  assert.deepEqual([...scene.store.records.values()], [record]);
  await scene.run({ body: other }, { fresh: true });
  assertBytes(await scene.world.read("k"), pattern(bytes.length, 1));
  assert.deepEqual(await scene.world.open(), []);
});

test("resume: an upload that has vanished begins anew", async () => {
  const scene = createScene();
  await killedAfter(scene, 3, new Blob([bytes]));
  const { abortMultipartUpload } = await import("../../src/operations/object/multipart.ts");
  const [record] = scene.store.records.values();
  const { uploadId = "" } = record as { uploadId?: string };
  await abortMultipartUpload(scene.world.client, { key: "k", uploadId });
  await scene.run({ body: new Blob([bytes]) });
  assertBytes(await scene.world.read("k"), bytes);
  assert.equal(scene.store.records.size, 0);
});

test("resume: a file that has changed since it was completed is uploaded, though the record says that it is done", async () => {
  for (const integrity of ["crc64", "none"] as const) {
    const scene = createScene();
    scene.kill = (at) => at === "after complete";
    assert.equal(await scene.run({ body: new Blob([bytes]) }, { integrity }), "killed");
    scene.kill = undefined;
    const changed = bytes.slice();
    changed[3 * PART] = 1 ^ Number(changed[3 * PART]);
    await scene.run({ body: new Blob([changed]) }, { integrity });
    assertBytes(await scene.world.read("k"), changed);
    assert.equal(scene.completed, 2);
  }
});

test("resume: the record of what was completed is not content with a file of another length", async () => {
  // Without sums there is nothing but length and date to tell it by.
  const scene = createScene({ lenient: ["no-crc"] });
  const fileOf = (content: Uint8Array<ArrayBuffer>): File => new File([content], "a.bin", { lastModified: 5 });
  scene.kill = (at) => at === "after complete";
  assert.equal(await scene.run({ body: fileOf(bytes) }, { integrity: "none" }), "killed");
  const [record] = scene.store.records.values();
  const longer = pattern(bytes.length + 1);
  const how = { body: fileOf(longer), checkpoints: scene.store, integrity: "none" } as const;
  const { uploadId } = await resumeUpload(scene.world.client, record as UploadRecord, how).finished;
  assert.notEqual(uploadId, (record as UploadRecord).uploadId);
  assertBytes(await scene.world.read("k"), longer);
  assert.equal(scene.store.records.size, 0);
});
