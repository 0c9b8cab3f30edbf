import { listParts, type UploadedPart } from "../../src/operations/object/list_multipart.ts";
import type { Progress } from "../../src/streams/progress.ts";
import type { UploadCheckpoint } from "../../src/transfer/upload/types.ts";
import { upload } from "../../src/transfer/upload.ts";
import { BUCKET, createWorld, hide, PART, refuse } from "../conformance/upload_support.ts";
import { assert, fc, test } from "../harness.ts";
import { assertBytes, failure, pattern, streamOf } from "../unit/streams/support.ts";

const CRC = "x-oss-hash-crc64ecma";
const options = { partSize: PART, multipartThreshold: 0, concurrency: 3 };

/** A part of the list as a checkpoint tells it. */
const brief = ({ partNumber, size, etag, crc64 }: UploadedPart): object => ({
  number: partNumber,
  size,
  etag,
  crc64: `${crc64}`,
});

const faults = ["503", "500", "reset before", "reset after", "flipped"] as const;

test("upload: every request may fail once, in any way, and the object is whole", { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(9), fc.constantFrom(...faults)), { maxLength: 5 }),
      fc.integer({ min: 1, max: 4 }),
      fc.boolean(),
      async (plan, parts, known) => {
        const world = createWorld();
        const script = new Map(plan);
        const failed = new Set<string>();
        world.onRequest = async ({ index, kind, part, body }, forward) => {
          const fault = script.get(index);
          // One failure of each request.
          const once = `${kind}${part}`;
          if (!fault || failed.has(once)) return forward();
          failed.add(once);
          if (fault === "503" || fault === "500")
            return refuse(Number(fault), fault === "503" ? "ServiceUnavailable" : "InternalError");
          if (fault === "reset before") throw new TypeError("fetch failed");
          if (fault === "flipped" && (kind === "part" || kind === "put")) {
            const changed = body.slice();
            changed[0] = (changed[0] ?? 0) ^ 0x80;
            return forward(changed);
          }
          const response = await forward();
          if (fault === "reset after") throw new TypeError("fetch failed");
          return response;
        };
        const bytes = pattern(parts * PART - 3);
        let before = 0;
        const onProgress = ({ loaded, acknowledged, total }: Progress): void => {
          assert.isAtLeast(loaded + acknowledged, before);
          assert.isAtMost(loaded, total ?? bytes.length);
          before = loaded + acknowledged;
        };
        await upload(
          world.client,
          { key: "k", body: known ? bytes : streamOf(bytes, [5]).stream },
          { ...options, onProgress },
        );
        assert.equal(before, 2 * bytes.length);
        assertBytes(await world.read("k"), bytes);
        assert.deepEqual(await world.open(), []);
      },
    ),
    { numRuns: 40 },
  );
});

test("upload: a part that fails for good ends as a TransferError with its number, the upload id and the cause", async () => {
  const cases: [(body: Uint8Array) => Response | undefined, object][] = [
    [() => refuse(503, "ServiceUnavailable"), { name: "ServiceError", code: "ServiceUnavailable" }],
    [() => refuse(403, "AccessDenied"), { name: "ServiceError", code: "AccessDenied" }],
    [() => undefined, { name: "NetworkError", attempts: 4 }],
    [
      () => new Response(null, { headers: { etag: '"0"', [CRC]: "1" } }),
      { name: "IntegrityError", check: "crc64", actual: "1" },
    ],
  ];
  for (const [answer, cause] of cases) {
    const world = createWorld();
    world.onRequest = async ({ kind, part, body }, forward) => {
      if (kind !== "part" || part !== 3) return forward();
      const response = answer(body);
      if (!response) throw new TypeError("fetch failed");
      return response;
    };
    const source = streamOf(pattern(9 * PART));
    const error = await failure(upload(world.client, { key: "a/b.bin", body: source.stream }, options));
    assert.deepInclude(error, { name: "TransferError", failedParts: [3] });
    assert.deepInclude((error as Error).cause, cause);
    assert.match(String(error), /^TransferError: Cannot upload part 3 of "a\/b.bin": /);
    const opened = world.requests.find((request) => request.kind === "part")?.query.get("uploadId");
    assert.equal((error as { uploadId?: string }).uploadId, opened ?? "none");
    assert.equal(world.inFlight, 0);
    assert.isFalse(source.stream.locked);
    // What has arrived is kept, and found again by the checkpoint.
    assert.isUndefined(world.kinds().abort);
    assert.deepEqual(await world.open(), ["a/b.bin"]);
    const { parts } = await listParts(world.client, { key: "a/b.bin", uploadId: opened ?? "none" });
    const { checkpoint } = error as { checkpoint: UploadCheckpoint };
    assert.deepInclude(checkpoint, { version: 1, kind: "upload", bucket: BUCKET, key: "a/b.bin", partSize: PART });
    assert.equal(checkpoint.uploadId, opened);
    assert.deepEqual(
      parts.filter((part) => checkpoint.parts.some(({ number }) => number === part.partNumber)).map(brief),
      [...checkpoint.parts],
    );
    assert.deepEqual(JSON.parse(JSON.stringify(checkpoint)), checkpoint);
  }
});

test("upload: refusals before the first part are TransferErrors, bad arguments are not, and neither leaves a request", async () => {
  for (const multipartThreshold of [0, PART]) {
    const denied = createWorld();
    denied.onRequest = async () => refuse(403, "AccessDenied");
    const error = await failure(upload(denied.client, { key: "k", body: "x" }, { multipartThreshold }));
    assert.deepInclude((error as Error).cause, { name: "ServiceError", code: "AccessDenied" });

    for (const [input, kind] of [
      [{ key: "", body: "x" }, TypeError],
      [{ key: "k", body: "x", bucket: "B" }, TypeError],
      [{ key: "k", body: "x", metadata: { a: "é" } }, TypeError],
      [{ key: "k", body: "x", trafficLimit: 5 }, RangeError],
      [{ key: "k", body: "x", contentLength: -1 }, RangeError],
      [{ key: "k", body: "x", contentLength: 7 }, RangeError],
      [{ key: "k", body: 7 as unknown as string }, TypeError],
    ] as const) {
      const world = createWorld();
      assert.instanceOf(await failure(upload(world.client, input, { multipartThreshold })), kind);
      assert.lengthOf(world.requests, 0);
    }
  }
});

test("upload: forbidOverwrite is refused in both ways, before any part is sent", async () => {
  for (const multipartThreshold of [0, 5 * PART]) {
    const world = createWorld();
    const input = { key: "k", body: pattern(2 * PART), forbidOverwrite: true };
    await upload(world.client, input, { partSize: PART, multipartThreshold });
    const error = await failure(upload(world.client, input, { partSize: PART, multipartThreshold }));
    assert.deepInclude((error as Error).cause, { code: "FileAlreadyExists", status: 409 });
    assert.deepEqual(await world.open(), []);
  }
});

test("upload: a source that fails or changes is the cause, and what was sent of it is kept", async () => {
  const broken = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (controller.desiredSize === 0) return;
      controller.enqueue(pattern(PART));
      controller.error(new TypeError("the camera was unplugged"));
    },
  });
  let reads = 0;
  const file = {
    size: 4 * PART,
    type: "",
    slice: (start: number, end: number) => new Blob([pattern(++reads > 2 ? 5 : end - start)]),
    arrayBuffer: () => assert.fail("read as a whole"),
  };
  for (const [body, contentLength, cause] of [
    [broken, undefined, { name: "TypeError", message: "the camera was unplugged" }],
    [file as unknown as Blob, undefined, { name: "SourceChangedError" }],
    [streamOf(pattern(3 * PART)).stream, 3 * PART - 1, { name: "SourceChangedError" }],
    [streamOf(pattern(3 * PART)).stream, 3 * PART + 1, { name: "SourceChangedError" }],
  ] as const) {
    const world = createWorld();
    const error = await failure(
      upload(world.client, { key: "k", body, contentLength }, { ...options, concurrency: 1 }),
    );
    assert.deepInclude(error, { name: "TransferError" });
    assert.deepInclude((error as Error).cause, cause);
    // A stream that fails at once has opened nothing.
    assert.deepEqual(await world.open(), world.kinds().initiate ? ["k"] : []);
    assert.equal((error as { uploadId?: string }).uploadId !== undefined, world.kinds().initiate === 1);
    assert.isUndefined(world.kinds().complete);
  }
});

test("upload: with integrity off an altered part goes unnoticed, as asked; with it on the whole object is compared, too", async () => {
  for (const integrity of ["none", "crc64"] as const) {
    const world = createWorld();
    world.onRequest = async ({ kind }, forward) => {
      const response = await forward();
      if (kind !== "complete") return response;
      const altered = hide(response, CRC);
      altered.headers.set(CRC, "12345");
      return altered;
    };
    const job = upload(world.client, { key: "k", body: pattern(3 * PART) }, { ...options, integrity });
    if (integrity === "none") assert.equal((await job).crc64, 12345n);
    else assert.deepInclude(((await failure(job)) as Error).cause, { name: "IntegrityError", actual: "12345" });
    // The object is there: nothing is left that could be aborted.
    assert.isUndefined(world.kinds().abort);
    assert.deepEqual(world.warnings, []);
  }
});
