/** Whatever the service has, and whatever became of the body: the right object, or the right error and nothing touched. */
import type { TransferError } from "../../src/errors.ts";
import { putObject } from "../../src/operations/object/basic.ts";
import { listParts, type UploadedPart } from "../../src/operations/object/list_multipart.ts";
import { initiateMultipartUpload, uploadPart } from "../../src/operations/object/multipart.ts";
import type { UploadCheckpoint } from "../../src/transfer/upload/types.ts";
import { upload } from "../../src/transfer/upload.ts";
import { assert, fc, test } from "../harness.ts";
import { assertBytes, pattern, streamOf } from "../unit/streams/support.ts";
import { options } from "./resume_support.ts";
import { BUCKET, createWorld, PART, type World } from "./upload_support.ts";

const COUNT = 5;
const bytes = pattern((COUNT - 1) * PART + 11);
const range = (number: number): [number, number] => [(number - 1) * PART, number * PART];

/** A part at the service: none, as it was sent, of other bytes, shorter, or longer. */
const remote = fc.constantFrom("none", "right", "right", "right", "other", "short", "long");
const scenario = fc.record({
  // Two more than the plan has.
  parts: fc.array(remote, { minLength: COUNT + 2, maxLength: COUNT + 2 }),
  /** Where a byte of the body has changed since; where it has not: none. */
  change: fc.option(fc.integer({ min: 0, max: bytes.length - 1 }), { nil: undefined }),
  resized: fc.constantFrom(0, 0, 0, 1, -1),
  body: fc.constantFrom("file", "stream"),
  noSums: fc.boolean(),
});

function remoteBytes(number: number, kind: string): Uint8Array<ArrayBuffer> {
  const whole = bytes.slice(...range(Math.min(number, COUNT)));
  if (kind === "other") return whole.map((byte) => byte ^ 1);
  if (kind === "short") return whole.slice(1);
  return kind === "long" ? pattern(whole.length + 1) : whole;
}

async function open(world: World, kinds: readonly string[]): Promise<UploadCheckpoint> {
  const { uploadId } = await initiateMultipartUpload(world.client, { key: "k", contentType: "a/b" });
  for (const [at, kind] of kinds.entries())
    if (kind !== "none")
      await uploadPart(world.client, { key: "k", uploadId, partNumber: at + 1, body: remoteBytes(at + 1, kind) });
  const headers = { "content-type": "a/b" };
  return {
    version: 1,
    kind: "upload",
    bucket: BUCKET,
    key: "k",
    uploadId,
    size: bytes.length,
    partSize: PART,
    parts: [],
    headers,
  };
}

const facts = ({ partNumber, etag, size }: UploadedPart): unknown[] => [partNumber, etag, size];

test("resume: any parts at the service and any change of the body lead to the right object or the right error", async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async ({ parts, change, resized, body, noSums }) => {
      const world = createWorld({}, noSums ? { lenient: ["no-crc"] } : {});
      await putObject(world.client, { key: "k", body: "old" });
      const checkpoint = await open(world, parts);
      const { uploadId } = checkpoint;
      const before = (await listParts(world.client, { key: "k", uploadId })).parts.map(facts);
      const local = resized > 0 ? pattern(bytes.length + 1) : bytes.slice(0, bytes.length + resized);
      if (change !== undefined && change < local.length) local[change] = Number(local[change]) ^ 0x80;
      world.requests.length = 0;
      const source = body === "file" ? new Blob([local]) : streamOf(local, [70_000]).stream;
      const input = { key: "k", contentType: "a/b", body: source, contentLength: local.length };
      const error = await upload(world.client, input, { ...options, checkpoint }).then(
        () => undefined,
        (error: unknown) => error as TransferError,
      );
      const sent = world.requests.filter(({ kind }) => kind === "part").map(({ part }) => part);
      const differs = (number: number): boolean =>
        parts[number - 1] === "other" ||
        (change !== undefined && change < local.length && Math.floor(change / PART) === number - 1);
      const held = parts
        .map((kind, at) => ({ kind, number: at + 1 }))
        .filter(({ kind, number }) => number <= COUNT && (kind === "right" || kind === "other"))
        .map(({ number }) => number);
      if (error) {
        assert.propertyVal(error.cause, "name", "SourceChangedError", String(error));
        assert.isTrue(resized !== 0 || (body === "file" && held.some(differs)));
        assert.deepEqual(sent, []);
        assert.deepEqual((await listParts(world.client, { key: "k", uploadId })).parts.map(facts), before);
        assert.equal(new TextDecoder().decode(await world.read("k")), "old");
        return;
      }
      assert.equal(resized, 0);
      assertBytes(await world.read("k"), local);
      const missing = [1, 2, 3, 4, 5].filter((number) => !held.includes(number) || differs(number));
      assert.deepEqual(sent.sort(), missing);
      assert.deepEqual(await world.open(), []);
    }),
    { numRuns: 60 },
  );
});

test("resume: more than a page of parts", async () => {
  const count = 1003;
  const small = pattern(count * 7);
  const world = createWorld({}, { lenient: ["part-size"] });
  const { uploadId } = await initiateMultipartUpload(world.client, { key: "k" });
  for (let at = 0; at < count; at++)
    if (at !== 500 && at !== 1001)
      await uploadPart(world.client, { key: "k", uploadId, partNumber: at + 1, body: small.slice(at * 7, at * 7 + 7) });
  const checkpoint: UploadCheckpoint = {
    version: 1,
    kind: "upload",
    bucket: BUCKET,
    key: "k",
    uploadId,
    partSize: 7,
    parts: [],
    headers: {},
  };
  world.requests.length = 0;
  await upload(world.client, { key: "k", body: new Blob([small]) }, { ...options, checkpoint });
  assert.deepInclude(world.kinds(), { list: 2, part: 2, complete: 1 });
  assertBytes(await world.read("k"), small);
});
