import type { UploadCheckpoint } from "../../src/transfer/upload/types.ts";
import { upload } from "../../src/transfer/upload.ts";
import { assert, test } from "../harness.ts";
import { assertBytes, failure, pattern } from "../unit/streams/support.ts";
import { createWorld, hide, PART, refuse } from "./upload_support.ts";

const CRC = "x-oss-hash-crc64ecma";
const options = { partSize: PART, multipartThreshold: 0, concurrency: 3 };

test("upload: hidden ETags and CRC-64s are taken from ListParts, with one warning that says what to expose", async () => {
  for (const hidden of [["etag"], [CRC], ["etag", CRC]]) {
    const world = createWorld();
    world.onRequest = async (_, forward) => hide(await forward(), ...hidden);
    for (const key of ["a", "b"]) {
      const { etag, size } = await upload(world.client, { key, body: pattern(5 * PART + 1) }, options);
      assert.isString(etag, "the ETag of the object is in the body of the answer");
      assert.equal(size, 5 * PART + 1);
      assertBytes(await world.read(key), pattern(5 * PART + 1));
    }
    assert.equal(world.kinds().list, 2);
    assert.lengthOf(world.warnings, 1);
    for (const name of hidden) assert.match(world.warnings[0] ?? "", new RegExp(name, "i"));
    assert.match(world.warnings[0] ?? "", /ExposeHeader/);
  }
});

test("upload: a part that was altered on the way is found in the list when its answer hides the CRC-64", async () => {
  const world = createWorld();
  world.onRequest = async ({ kind, part, body }, forward) => {
    if (kind !== "part" || part !== 2) return hide(await forward(), CRC);
    const flipped = body.slice();
    flipped[77] = (flipped[77] ?? 0) ^ 1;
    return hide(await forward(flipped), CRC);
  };
  const error = await failure(upload(world.client, { key: "k", body: pattern(3 * PART) }, options));
  assert.deepInclude(error, { name: "TransferError" });
  assert.deepInclude((error as Error).cause, { name: "IntegrityError", check: "crc64" });
  assert.match(String(error), /[Pp]art 2/);
  assert.isUndefined(world.kinds().complete);
  assert.deepInclude(error, { failedParts: [2] });
  const { parts } = (error as { checkpoint: UploadCheckpoint }).checkpoint;
  assert.deepEqual(
    parts.map(({ number }) => number),
    [1, 3],
    "the altered part must be sent again",
  );
});

test("upload: a part that arrived shorter is found in the list, with no CRC-64 as well", async () => {
  const world = createWorld();
  world.onRequest = async ({ kind, part, body }, forward) =>
    hide(await forward(kind === "part" && part === 2 ? body.slice(1) : undefined), "etag");
  const unchecked = { ...options, integrity: "none" } as const;
  const error = await failure(upload(world.client, { key: "k", body: pattern(3 * PART) }, unchecked));
  assert.deepInclude((error as Error).cause, { name: "IntegrityError", check: "length" });
  assert.deepInclude(error, { failedParts: [2] });
  assert.isUndefined(world.kinds().complete);
});

test("upload: every page of parts is read", async () => {
  const world = createWorld();
  const stored: { etag: string; crc: string; size: number }[] = [];
  const page = (after: number): string => {
    const parts = stored
      .slice(after, after + 2)
      .map(
        ({ etag, crc, size }, at) =>
          `<Part><PartNumber>${after + at + 1}</PartNumber><ETag>${etag}</ETag><Size>${size}</Size><HashCrc64ecma>${crc}</HashCrc64ecma></Part>`,
      );
    return `<ListPartsResult><NextPartNumberMarker>${after + 2}</NextPartNumberMarker><IsTruncated>${after + 2 < stored.length}</IsTruncated>${parts.join("")}</ListPartsResult>`;
  };
  world.onRequest = async ({ kind, part, body, query }, forward) => {
    if (kind === "list") return new Response(page(Number(query.get("part-number-marker"))));
    const response = await forward();
    const { headers } = response;
    if (kind === "part")
      stored[part - 1] = { etag: headers.get("etag") ?? "", crc: headers.get(CRC) ?? "", size: body.length };
    return hide(response, "etag", CRC);
  };
  await upload(world.client, { key: "k", body: pattern(4 * PART + 1) }, options);
  assert.equal(world.kinds().list, 3);
  assertBytes(await world.read("k"), pattern(4 * PART + 1));
});

test("upload: a hidden ETag and no right to list parts is a CorsError that names the header; a hidden CRC-64 alone is none", async () => {
  for (const [name, works] of [
    ["etag", false],
    [CRC, true],
  ] as const) {
    const world = createWorld();
    world.onRequest = async ({ kind }, forward) =>
      kind === "list" ? refuse(403, "AccessDenied") : kind === "part" ? hide(await forward(), name) : forward();
    const job = upload(world.client, { key: "k", body: pattern(2 * PART) }, options);
    if (works) await job;
    else {
      const error = await failure(job);
      assert.deepInclude((error as Error).cause, { name: "CorsError", expose: ["ETag"] });
      assert.deepInclude(((error as Error).cause as Error).cause, { name: "ServiceError", code: "AccessDenied" });
    }
    assert.deepEqual(await world.open(), works ? [] : ["k"]);
  }
});

test("upload: a small body whose ETag is hidden was stored all the same", async () => {
  const world = createWorld();
  world.onRequest = async (_, forward) => hide(await forward(), "etag", CRC);
  const result = await upload(world.client, { key: "k", body: "small" });
  assert.isUndefined(result.etag);
  assert.equal((await world.read("k")).length, 5);
});
