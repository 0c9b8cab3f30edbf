/** Uploads that choose the size and number of their parts themselves. */
import { crc64 } from "../../src/checksum/crc64.ts";
import type { TransferError } from "../../src/errors.ts";
import type { Progress } from "../../src/streams/progress.ts";
import type { SourceBody } from "../../src/streams/source.ts";
import type { UploadCheckpoint } from "../../src/transfer/upload/types.ts";
import { upload } from "../../src/transfer/upload.ts";
import { assert, runtime, test } from "../harness.ts";
import { assertBytes, deferred, failure, pattern, streamOf } from "../unit/streams/support.ts";
import { createWorld, PART, refuse } from "./upload_support.ts";

const MIB = 2 ** 20;
const SIZE = 21 * MIB + 17;
/** As many as a script may open at once at first, and in the end. */
const FREE = ["node", "deno", "bun"].includes(runtime);
const AUTO = { partSize: "auto", concurrency: "auto" } as const;

const bodies: Record<string, (bytes: Uint8Array<ArrayBuffer>) => SourceBody> = {
  bytes: (bytes) => bytes,
  blob: (bytes) => new Blob([bytes]),
  "stream of unknown length": (bytes) => streamOf(bytes, [5 * MIB, 1, 9 * MIB]).stream,
};

for (const [name, make] of Object.entries(bodies)) {
  test(`upload, automatic: ${name} is stored byte for byte, in parts that the plan allows`, async () => {
    const world = createWorld();
    const bytes = pattern(SIZE);
    const told: Progress[] = [];
    const result = await upload(
      world.client,
      { key: "a.bin", body: make(bytes) },
      { ...AUTO, onProgress: (progress) => told.push(progress) },
    );
    assert.deepInclude(result, { size: SIZE, crc64: crc64(bytes) });
    assertBytes(await world.read("a.bin"), bytes);

    const parts = world.requests.filter(({ kind }) => kind === "part").sort((a, b) => a.part - b.part);
    const sizes = parts.map(({ body }) => body.length);
    assert.equal(
      sizes.reduce((sum, size) => sum + size, 0),
      SIZE,
    );
    assert.isTrue(sizes.every((size, at) => size >= MIB || at === sizes.length - 1));
    assert.isAtMost(Math.max(...sizes), 8 * MIB);
    assert.isAtMost(world.mostInFlight, FREE ? 32 : 5);

    const last = told.at(-1);
    assert.deepInclude(last, { loaded: SIZE, acknowledged: SIZE, total: SIZE });
    assert.deepEqual(last?.parts, { done: sizes.length, total: sizes.length });
    assert.isTrue(told.every((one, at) => one.acknowledged >= (told[at - 1]?.acknowledged ?? 0)));
  });
}

test("upload, automatic: lanes are opened while they pay", async () => {
  let now = Date.UTC(2026, 0, 1);
  const world = createWorld({ now: () => now }, { now: () => now });
  let tick: Promise<void> | undefined;
  const bytes = pattern(120 * PART);
  world.onRequest = async (_, forward) => {
    // All that are on their way at once take the same time, however many they are.
    tick ??= new Promise((resolve) =>
      setTimeout(() => {
        now += 100;
        tick = undefined;
        resolve();
      }, 20),
    );
    await tick;
    return forward();
  };
  await upload(
    world.client,
    { key: "a.bin", body: bytes },
    { partSize: PART, concurrency: "auto", multipartThreshold: 0 },
  );
  assertBytes(await world.read("a.bin"), bytes);
  assert.equal(world.kinds().part, 120);
  if (FREE) assert.isAbove(world.mostInFlight, 8);
  assert.isAtMost(world.mostInFlight, FREE ? 32 : 5);
});

test("upload, automatic: a checkpoint tells the bytes of all parts that were begun", async () => {
  const world = createWorld();
  const three = deferred<void>();
  let seen = 0;
  world.onRequest = async (request, forward) => {
    if (request.kind !== "part") return forward();
    if (++seen <= 4) return forward();
    await three.promise;
    return refuse(403, "AccessDenied");
  };
  const onProgress = ({ parts }: Progress): void => {
    if (parts.done === 3) three.resolve();
  };
  const error = await failure(upload(world.client, { key: "a.bin", body: pattern(SIZE) }, { ...AUTO, onProgress }));
  const { sizes = [], parts, size } = (error as TransferError).checkpoint as UploadCheckpoint;
  assert.equal(size, SIZE);
  assert.isAtLeast(parts.length, 3);
  for (const part of parts) assert.equal(sizes[part.number - 1], part.size);
  assert.isAtLeast(sizes.length, Math.max(...parts.map(({ number }) => number)));
  assert.isAtMost(
    sizes.reduce((sum, one) => sum + one, 0),
    SIZE,
  );
});

test("upload: a checkpoint of equal parts needs no list of their sizes", async () => {
  const world = createWorld();
  world.onRequest = (request, forward) =>
    request.part === 3 ? Promise.resolve(refuse(403, "AccessDenied")) : forward();
  const error = await failure(
    upload(world.client, { key: "a.bin", body: pattern(4 * PART) }, { partSize: PART, multipartThreshold: 0 }),
  );
  const checkpoint = (error as TransferError).checkpoint as UploadCheckpoint;
  assert.equal(checkpoint.partSize, PART);
  assert.notProperty(checkpoint, "sizes");
});
