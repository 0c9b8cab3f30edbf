/** Downloads that are not simply gone on with: another object, a damaged record, wrong options. */
import { putObject } from "../../src/mod.ts";
import type { DownloadRecord } from "../../src/transfer/resume/download_record.ts";
import { assert, test } from "../harness.ts";
import { assertBytes } from "../unit/streams/support.ts";
import { bytes, done, dying, KEY, onlyRecord, scene } from "./reload_scene.ts";
import { onAnswer } from "./support/wire.ts";
import { failureOf, noise } from "./support/world.ts";

test("reload: an object that was replaced is told, and left alone until a fresh start", async (t) => {
  const { disk, go, client } = await scene(t);
  await go({}, dying(disk, "write", 12));
  const other = noise(5000, 9);
  await putObject(client, { key: KEY, body: other });
  const before = [structuredClone(onlyRecord(disk)), disk.files.get(disk.left()[0] ?? "")];
  const error = await failureOf(go());
  assert.deepInclude(error, { name: "TransferError" });
  assert.match(String(error), /replaced.*fresh: true/);
  assert.deepInclude(Reflect.get(Object(error), "cause"), { code: "PreconditionFailed" });
  assert.deepEqual([onlyRecord(disk), disk.files.get(disk.left()[0] ?? "")], before);
  await go({ fresh: true });
  assertBytes(disk.files.get("a") ?? new Uint8Array(0), other);
  assert.deepEqual([disk.left(), disk.store.records.size], [[], 0]);
});

test("reload: where If-Match is not heeded, each fact of the answer tells another object", async (t) => {
  const input = { key: KEY, range: [100, 4000] as const };
  for (const [name, value] of [
    ["etag", '"0123456789ABCDEF0123456789ABCDEF"'],
    ["content-range", "bytes 100-100/5001"],
    ["x-oss-hash-crc64ecma", "1"],
  ] as const) {
    let other = false;
    const answer = ({ body, status, headers: own }: Response): Response => {
      const headers = new Headers(own);
      if (other) headers.set(name, value);
      return new Response(body, { status, headers });
    };
    const { disk, go, asked } = await scene(t, { client: { use: [onAnswer(answer)] } });
    await go({}, dying(disk, "write", 9), input);
    const record = structuredClone(onlyRecord(disk));
    assert.isAbove(done(record), 0);
    other = true;
    asked();
    assert.match(String(await failureOf(go({}, disk.run(), input))), /TransferError.*replaced.*fresh: true/, name);
    assert.equal(asked(), 1);
    assert.deepEqual(onlyRecord(disk), record);
    other = false;
    await go({}, disk.run(), input);
    assertBytes(disk.files.get("a") ?? new Uint8Array(0), bytes.slice(100, 4001));
  }
});

test("reload: damaged records are told, each with its reason, and not used", async (t) => {
  const damages: readonly (readonly [field: string, damage: (record: DownloadRecord) => unknown])[] = [
    ["", () => "half a rec"],
    ["", () => null],
    ["version", (record) => ({ ...record, version: 2 })],
    ["etag", (record) => ({ ...record, etag: "" })],
    ["etag", (record) => ({ ...record, etag: "é" })],
    ["start", (record) => ({ ...record, start: 5000 })],
    ["end", (record) => ({ ...record, end: 6000 })],
    ["done", (record) => ({ ...record, done: [...record.done, { position: 0, length: 10, crc64: "1" }] })],
    ["done", (record) => ({ ...record, done: [{ position: 4999, length: 2 }] })],
    ["done", (record) => ({ ...record, done: [{ position: 0, length: 1, crc64: "x" }] })],
  ];
  for (const [field, damage] of damages) {
    const { disk, go, warnings, asked } = await scene(t);
    await go({}, dying(disk, "write", 12));
    const record = onlyRecord(disk);
    assert.isAbove(done(record), 0);
    disk.store.records.set(record.id, damage(record) as DownloadRecord);
    asked();
    const again = disk.run();
    const steps: string[] = [];
    again.onStep = (step) => steps.push(step);
    await go({}, again);
    // What no record vouches for is removed before anything is opened.
    assert.include(steps.slice(0, steps.indexOf("begin")), "remove");
    const reason = field ? `its ${field} is wrong or missing` : "it is no object";
    assert.deepEqual(warnings, [`The record "${record.id}" is not used: ${reason}`]);
    assert.equal(asked(), bytes.length);
    assertBytes(disk.files.get("a") ?? new Uint8Array(0), bytes);
    assert.deepEqual([disk.left(), disk.store.records.size], [[], 0]);
  }
});

test("reload: wrong options are told before any request", async (t) => {
  const { disk, go, wire } = await scene(t);
  const before = wire.sent.length;
  assert.match(String(await failureOf(go({ verify: "some" as never }))), /verify must be .*some/);
  assert.match(String(await failureOf(go({ checkpoints: 5 as never }))), /checkpoints must be a store, got 5/);
  assert.deepEqual([wire.sent.length, disk.left()], [before, []]);
});
