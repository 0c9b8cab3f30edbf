import { crc64 } from "../../src/checksum/crc64.ts";
import { headObject } from "../../src/operations/object/basic.ts";
import type { Progress } from "../../src/streams/progress.ts";
import type { SourceBody } from "../../src/streams/source.ts";
import { upload } from "../../src/transfer/upload.ts";
import { assert, fc, test } from "../harness.ts";
import { assertBytes, pattern, streamOf } from "../unit/streams/support.ts";
import { createWorld, PART } from "./upload_support.ts";

/** Lengths at and around the boundaries of parts. */
const length = fc.oneof(
  fc.constantFrom(0, 1, PART - 1, PART, PART + 1, 2 * PART, 3 * PART - 1, 3 * PART),
  fc.integer({ min: 0, max: 4 * PART }),
);

const kinds: Record<
  string,
  (bytes: Uint8Array<ArrayBuffer>, cuts: number[]) => { body: SourceBody; contentLength?: number }
> = {
  bytes: (bytes) => ({ body: bytes }),
  blob: (bytes) => ({ body: new Blob([bytes]) }),
  file: (bytes) => ({ body: new File([bytes], "a.bin") }),
  stream: (bytes, cuts) => ({ body: streamOf(bytes, cuts).stream }),
  "stream of known length": (bytes, cuts) => ({ body: streamOf(bytes, cuts).stream, contentLength: bytes.length }),
  response: (bytes, cuts) => ({ body: new Response(streamOf(bytes, cuts).stream) }),
};

for (const [name, make] of Object.entries(kinds)) {
  test(`upload: ${name} of any length is stored byte for byte`, { timeout: 120_000 }, async () => {
    const world = createWorld();
    const cuts = fc.array(fc.integer({ min: 0, max: 2 * PART }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        length,
        cuts,
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        async (size, chunks, concurrency, split) => {
          const bytes = pattern(size, concurrency);
          const { body, contentLength } = make(bytes, chunks);
          world.requests.length = 0;
          world.mostInFlight = 0;
          const result = await upload(
            world.client,
            { key: "a.bin", body, contentLength },
            { partSize: PART, concurrency, multipartThreshold: split ? 0 : PART },
          );
          assertBytes(await world.read("a.bin"), bytes);
          assert.equal(result.size, size);
          assert.equal(result.crc64, crc64(bytes));
          assert.isString(result.etag);
          assert.isAtMost(world.mostInFlight, concurrency);

          const unknown = contentLength === undefined && !(body instanceof Blob || ArrayBuffer.isView(body));
          const single = unknown ? size < PART : size <= (split ? 0 : PART);
          const parts = Math.ceil(size / PART);
          assert.deepEqual(world.kinds(), single ? { put: 1 } : { initiate: 1, part: parts, complete: 1 });
          assert.equal(result.uploadId !== undefined, !single);
          assert.deepEqual(await world.open(), []);
        },
      ),
      { numRuns: 15 },
    );
    assert.deepEqual(world.warnings, []);
  });
}

test("upload: progress grows and ends at the total, for known and unknown lengths", async () => {
  for (const size of [0, 1, PART, 3 * PART, 3 * PART + 7]) {
    for (const known of [true, false]) {
      const world = createWorld();
      const bytes = pattern(size);
      const events: Progress[] = [];
      await upload(
        world.client,
        { key: "p", body: known ? new Blob([bytes]) : streamOf(bytes, [10, 20]).stream },
        { partSize: PART, multipartThreshold: PART, concurrency: 2, onProgress: (event) => events.push(event) },
      );
      const parts = Math.max(1, Math.ceil(size / PART));
      assert.deepInclude(events.at(-1), {
        loaded: size,
        acknowledged: size,
        total: size,
        parts: { done: parts, total: parts },
      });
      let last = 0;
      for (const { loaded, acknowledged } of events) {
        assert.isAtLeast(loaded + acknowledged, last);
        last = loaded + acknowledged;
      }
      if (known) assert.deepInclude(events[0], { loaded: 0, total: size });
    }
  }
});

test("upload: the object's headers reach the object in both ways, and each request carries what it needs", async () => {
  for (const size of [10, 2 * PART]) {
    const world = createWorld();
    await upload(
      world.client,
      {
        key: "headers.bin",
        body: pattern(size),
        contentType: "video/mp4",
        cacheControl: "no-cache",
        contentDisposition: "attachment",
        contentLanguage: "de",
        metadata: { author: "me" },
        tagging: { a: "1 2" },
        acl: "public-read",
        storageClass: "IA",
        forbidOverwrite: true,
        trafficLimit: 838_860_800,
        requestPayer: "requester",
        headers: { "x-trace": "7", "x-oss-meta-raw": "yes", "Content-Encoding": "identity" },
      },
      { partSize: PART, multipartThreshold: PART },
    );
    const head = await headObject(world.client, { key: "headers.bin" });
    assert.deepInclude(head, { contentType: "video/mp4", cacheControl: "no-cache", contentDisposition: "attachment" });
    assert.deepInclude(head, {
      contentLanguage: "de",
      storageClass: "IA",
      contentEncoding: "identity",
    });
    assert.deepEqual(head.metadata, { author: "me", raw: "yes" });

    for (const { kind, headers } of world.requests) {
      if (kind === "head") continue;
      assert.equal(headers.get("x-oss-request-payer"), "requester", kind);
      assert.equal(headers.get("x-trace"), "7", kind);
      assert.equal(headers.get("x-oss-traffic-limit"), kind === "put" || kind === "part" ? "838860800" : null, kind);
      const opens = kind === "put" || kind === "initiate";
      for (const name of [
        "x-oss-meta-author",
        "x-oss-meta-raw",
        "x-oss-tagging",
        "x-oss-storage-class",
        "content-encoding",
      ]) {
        assert.equal(headers.has(name), opens, `${kind} ${name}`);
      }
      for (const name of ["x-oss-object-acl", "x-oss-forbid-overwrite"]) {
        assert.equal(headers.has(name), opens || kind === "complete", `${kind} ${name}`);
      }
    }
  }
});

test("upload: the content type is the caller's, else the body's, else that of the key", async () => {
  for (const [size, contentType, type, key, expected] of [
    [9, "a/b", "text/csv", "x.png", "a/b"],
    [9, undefined, "text/csv", "x.png", "text/csv"],
    [9, undefined, "", "x.png", "image/png"],
    [2 * PART, "a/b", "text/csv", "x.png", "a/b"],
    [2 * PART, undefined, "text/csv", "x.png", "text/csv"],
    [2 * PART, undefined, "", "x.png", "image/png"],
    [2 * PART, undefined, "", "x", "application/octet-stream"],
  ] as const) {
    const { client } = createWorld();
    const body = new Blob([pattern(size)], { type });
    await upload(client, { key, body, contentType }, { multipartThreshold: PART });
    assert.equal((await headObject(client, { key })).contentType, expected);
  }
});

const STREAM = 15 * PART;
for (const [title, contentLength, plan] of [
  ["of unknown length", undefined, {}],
  ["whose length is known, however long one request may be", STREAM, { multipartThreshold: 1 << 30 }],
] as const)
  test(`upload: of a stream ${title}, memory holds less than (concurrency + 1) parts, however fast it is`, async () => {
    const concurrency = 3;
    const world = createWorld();
    const chunk = 10_000;
    let pulled = 0;
    let stored = 0;
    let most = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (pulled >= STREAM) return controller.close();
          const length = Math.min(chunk, STREAM - pulled);
          pulled += length;
          most = Math.max(most, pulled - stored);
          controller.enqueue(new Uint8Array(length));
        },
      },
      { highWaterMark: 0 },
    );
    world.onRequest = async (seen, forward) => {
      // No answer before all lanes are busy or the source is over; then the source gets time to run ahead, if it can.
      while (seen.kind === "part" && world.inFlight < concurrency && pulled < STREAM) {
        await new Promise((resolve) => setTimeout(resolve));
      }
      const response = await forward();
      stored += seen.body.length;
      return response;
    };
    await upload(world.client, { key: "big", body, contentLength }, { ...plan, partSize: PART, concurrency });
    assert.equal(world.mostInFlight, concurrency);
    assert.isAtMost(most, (concurrency + 1) * PART);
  });

test("upload: with integrity off nothing is compared and nothing computed", async () => {
  const world = createWorld();
  const result = await upload(
    world.client,
    { key: "k", body: pattern(3 * PART) },
    { partSize: PART, multipartThreshold: PART, integrity: "none" },
  );
  assertBytes(await world.read("k"), pattern(3 * PART));
  assert.equal(result.crc64, crc64(pattern(3 * PART)));
});
