/** copy in parts, when things go wrong: one object or none, never a mixture, and nothing is left behind unnamed. */
import { crc64 } from "../../src/checksum/crc64.ts";
import { createClient } from "../../src/core/create_client.ts";
import { deleteObject, putObject } from "../../src/operations/object/basic.ts";
import { listParts } from "../../src/operations/object/list_multipart.ts";
import { abortMultipartUpload } from "../../src/operations/object/multipart.ts";
import type { CopyCheckpoint } from "../../src/transfer/copy/types.ts";
import { copy } from "../../src/transfer/copy.ts";
import { BUCKET, createWorld, hide, PART, refuse, type Seen, type World } from "../conformance/upload_support.ts";
import { assert, test } from "../harness.ts";
import { assertBytes, failure, pattern } from "../unit/streams/support.ts";

const CRC = "x-oss-hash-crc64ecma";
const bytes = pattern(5 * PART + 1);
const input = { sourceKey: "a", key: "b" } as const;
const options = { partSize: PART, multipartThreshold: 0, concurrency: 2 } as const;

type Forward = Parameters<World["onRequest"]>[1];

/** A world with a source and an older object in the copy's place. */
async function world(onRequest: (seen: Seen, forward: Forward, made: World) => Promise<Response>): Promise<World> {
  const made = createWorld();
  await putObject(made.client, { key: "a", body: bytes });
  await putObject(made.client, { key: "b", body: "old" });
  made.requests.length = 0;
  made.onRequest = (seen, forward) => onRequest(seen, forward, made);
  return made;
}

async function assertUntouched(made: World, parts: readonly string[] = []): Promise<void> {
  assert.equal(new TextDecoder().decode(await made.read("b")), "old");
  assert.deepEqual(await made.open(), parts);
  assert.equal(made.inFlight, 0);
}

const cause = (error: unknown): { name?: string; code?: string } => Object((error as Error).cause);

test("copy: a source that is replaced or deleted midway is an error, and never a mixture", async () => {
  const changes: ((made: World) => Promise<unknown>)[] = [
    ({ client }) => putObject(client, { key: "a", body: pattern(bytes.length, 7) }),
    ({ client }) => deleteObject(client, { key: "a" }),
  ];
  for (const change of changes) {
    let once = true;
    const made = await world(async ({ kind, part }, forward, world) => {
      if (kind === "part" && part === 3 && once) {
        once = false;
        await change(world);
      }
      return forward();
    });
    const error = await failure(copy(made.client, input, options));
    assert.deepInclude(error, { name: "TransferError", checkpoint: undefined, uploadId: undefined });
    assert.equal(cause(error).name, "SourceChangedError");
    assert.lengthOf(String(error).split("Cannot copy"), 2, String(error));
    await assertUntouched(made);
  }
});

test("copy: a part that fails ends it; the parts that are there stay, named in a checkpoint of plain JSON", async () => {
  const made = await world(async ({ kind, part }, forward) =>
    kind === "part" && part === 4 ? refuse(403, "AccessDenied") : forward(),
  );
  const error = await failure(copy(made.client, input, { ...options, concurrency: 1 }));
  assert.deepInclude(error, { name: "TransferError", failedParts: [4] });
  assert.equal(cause(error).code, "AccessDenied");
  await assertUntouched(made, ["b"]);
  const { checkpoint } = error as { checkpoint?: unknown };
  const state: CopyCheckpoint = JSON.parse(JSON.stringify(checkpoint));
  assert.deepEqual<unknown>(state, checkpoint);
  const { parts } = await listParts(made.client, { key: "b", uploadId: state.uploadId });
  assert.deepEqual(
    state.parts.map(({ number, size, etag }) => ({ number, size, etag })),
    parts.map(({ partNumber, size, etag }) => ({ number: partNumber, size, etag: etag ?? "" })),
  );
  assert.deepInclude(state, { version: 1, kind: "copy", key: "b", size: bytes.length, partSize: PART });
  assert.deepInclude(state.source, { key: "a", crc64: `${crc64(bytes)}` });
  assert.equal(state.parts[0]?.crc64, `${crc64(bytes.subarray(0, PART))}`);
  await abortMultipartUpload(made.client, { key: "b", uploadId: state.uploadId });
});

test("copy: what passes is tried again, and every part is pinned to the source", async () => {
  const tried = new Set<number>();
  const made = await world(async ({ kind, part }, forward) => {
    if (kind !== "part" || tried.has(part)) return forward();
    tried.add(part);
    if (part % 2) throw new TypeError("fetch failed");
    return refuse(503, "ServiceUnavailable");
  });
  await copy(made.client, input, options);
  assertBytes(await made.read("b"), bytes);
  const parts = made.requests.filter(({ kind }) => kind === "part");
  assert.lengthOf(parts, 12);
  for (const { headers } of parts) assert.match(headers.get("x-oss-copy-source-if-match") ?? "", /^"[0-9A-F]{32}"$/);
});

test("copy: an abort stops what is in flight, deletes the parts and gives its reason", async () => {
  for (const at of [1, 3, 6]) {
    const controller = new AbortController();
    const made = await world(async ({ kind, part }, forward) => {
      if (kind === "part" && part === at) controller.abort("enough");
      return forward();
    });
    assert.equal(await failure(copy(made.client, input, { ...options, signal: controller.signal })), "enough");
    await assertUntouched(made);
  }
  const made = await world(async ({ kind }, forward) => (kind === "part" ? new Promise(() => undefined) : forward()));
  const late = await failure(copy(made.client, input, { ...options, timeout: 50 }));
  assert.equal(cause(late).name, "TimeoutError");
});

test("copy: what a callback of the caller throws is what it gets, and nothing stays", async () => {
  const made = await world(async (_, forward) => forward());
  const odd = new Error("odd");
  for (const onProgress of [
    () => {
      throw odd;
    },
    async () => {
      throw odd;
    },
  ]) {
    assert.equal(await failure(copy(made.client, input, { ...options, onProgress })), odd);
    await assertUntouched(made);
  }
});

test("copy: a Complete whose answer is lost is made up for: exactly one succeeds", async () => {
  for (const acts of [true, false]) {
    let completes = 0;
    const made = await world(async ({ kind }, forward) => {
      if (kind !== "complete" || ++completes > 1) return forward();
      if (acts) await forward();
      throw new TypeError("fetch failed");
    });
    const { uploadId, ...copied } = await copy(made.client, input, options);
    assert.isDefined(uploadId);
    assert.deepInclude<object>(copied, { crc64: crc64(bytes), size: bytes.length });
    assert.equal(completes, acts ? 1 : 2);
    assertBytes(await made.read("b"), bytes);
    assert.deepEqual(await made.open(), []);
  }
});

test("copy: parts that are not the source's bytes become no object", async () => {
  const made = await world(async ({ kind, part }, forward) => {
    const response = await forward();
    if (kind === "part" && part === 2) response.headers.set(CRC, "1");
    return response;
  });
  const error = await failure(copy(made.client, input, options));
  assert.equal(cause(error).name, "IntegrityError");
  assert.isUndefined(made.kinds().complete);
  await assertUntouched(made);
  const unchecked = await copy(made.client, input, { ...options, integrity: "none" });
  assert.equal(unchecked.size, bytes.length);
});

test("copy: in one request it is pinned and compared as well", async () => {
  const whole = { partSize: PART };
  let spoil = (response: Response): Response => response;
  let change = async (_: World): Promise<unknown> => undefined;
  const made = await world(async ({ kind }, forward, world) => {
    if (kind !== "put") return forward();
    await change(world);
    return spoil(await forward());
  });
  assert.equal((await copy(made.client, input, whole)).crc64, crc64(bytes));
  spoil = (response) => {
    response.headers.set(CRC, "1");
    return response;
  };
  assert.equal(((await failure(copy(made.client, input, whole))) as Error).name, "IntegrityError");
  assert.equal((await copy(made.client, input, { ...whole, integrity: "none" })).size, bytes.length);
  spoil = (response) => hide(response, CRC);
  assert.equal((await copy(made.client, input, whole)).size, bytes.length);
  change = async ({ oss }) => {
    change = async () => undefined;
    await putObject(createClient({ ...oss.clientOptions, bucket: BUCKET }), { key: "a", body: "newer" });
  };
  const replaced = await failure(copy(made.client, input, whole));
  assert.deepInclude(replaced, { name: "SourceChangedError" });
  assertBytes(await made.read("b"), bytes);
});

test("copy: a condition of the caller is kept, also onto itself", async () => {
  const made = await world(async (_, forward) => forward());
  for (const key of ["a", "b"]) {
    const error = await failure(copy(made.client, { sourceKey: "a", key, copySourceIfMatch: '"0"' }));
    assert.deepInclude(error, { name: "ServiceError", code: "PreconditionFailed" });
  }
  const { etag = "" } = await copy(made.client, { sourceKey: "a", key: "c" });
  for (const copySourceIfMatch of ['"0"', etag.replace(/\w/, "_")]) {
    const error = await failure(copy(made.client, { ...input, copySourceIfMatch }, options));
    assert.deepInclude(error, { name: "SourceChangedError" });
    await assertUntouched(made);
  }
  for (const copySourceIfMatch of [etag, etag.replaceAll('"', "").toLowerCase()])
    assert.equal((await copy(made.client, { ...input, copySourceIfMatch }, options)).size, bytes.length);
});

test("copy: where parts tell no CRC-64, that of the whole is compared; where nothing does, nothing is", async () => {
  for (const wrong of [true, false]) {
    const made = await world(async ({ kind }, forward) => {
      const response = await forward();
      if (kind === "complete" && wrong) response.headers.set(CRC, "1");
      return kind === "part" || (kind === "complete" && !wrong) ? hide(response, CRC) : response;
    });
    const copying = copy(made.client, input, options);
    if (wrong) assert.equal(cause(await failure(copying)).name, "IntegrityError");
    else assert.equal((await copying).size, bytes.length);
    assertBytes(await made.read("b"), bytes);
  }
});

test("copy: an archived source has to be restored first, and the error says so", async () => {
  const made = createWorld();
  await putObject(made.client, { key: "a", body: bytes, storageClass: "Archive" });
  const error = await failure(copy(made.client, input, options));
  assert.equal(cause(error).code, "InvalidObjectState");
  const whole = await failure(copy(made.client, input));
  assert.deepInclude(whole, { name: "ServiceError", code: "InvalidObjectState" });
});

test("copy: an appendable object and one of parts are copied like any other", async () => {
  const made = createWorld();
  await putObject(made.client, { key: "a", body: bytes });
  const first = await copy(made.client, input, options);
  const second = await copy(made.client, { sourceKey: "b", key: "c" }, options);
  assert.equal(second.crc64, first.crc64);
  assertBytes(await made.read("c"), bytes);
});
