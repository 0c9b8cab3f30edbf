/** Puts that must not replace anything, and whose answer is lost: their own object is not in their way, any other is. */
import { crc64 } from "../../src/checksum/crc64.ts";
import { headObject, putObject } from "../../src/operations/object/basic.ts";
import { upload } from "../../src/transfer/upload.ts";
import type { ObjectBody } from "../../src/types.ts";
import { createWorld, hide, refuse, type Seen, type World } from "../conformance/upload_support.ts";
import { assert, test } from "../harness.ts";
import { assertBytes, failure, pattern, streamOf } from "../unit/streams/support.ts";

const bytes = pattern(300_000);
const once = { key: "k", forbidOverwrite: true, metadata: { by: "me" } } as const;

/** A world in which the first put is answered by nobody; what has happened at the service by then is told. */
function losing(
  meanwhile: (forward: () => Promise<Response>, world: World) => Promise<unknown> = (forward) => forward(),
  others: (seen: Seen, forward: () => Promise<Response>) => Promise<Response> = (_, forward) => forward(),
): World {
  const world = createWorld();
  let first = true;
  world.onRequest = async (seen, forward) => {
    if (seen.kind !== "put" || !first) return others(seen, forward);
    first = false;
    await meanwhile(() => forward(), world);
    throw new TypeError("fetch failed");
  };
  return world;
}

test("put once: after a lost answer its own object is recognised, whatever its body is", async () => {
  const source = {
    open: () => ({
      size: bytes.length,
      type: undefined,
      next: async () => bytes.subarray(0, 0),
      read: async (start: number, end: number) => bytes.slice(start, end),
      close() {},
    }),
  };
  const bodies: Readonly<Record<string, () => ObjectBody>> = {
    bytes: () => bytes,
    blob: () => new Blob([bytes]),
    handle: () => ({ getFile: async () => new Blob([bytes]) }),
    source: () => source,
  };
  for (const [name, body] of Object.entries(bodies)) {
    const world = losing();
    const result = await putObject(world.client, { ...once, body: body() });
    assert.deepInclude(world.kinds(), { put: 2, head: 1 }, name);
    assert.equal(result.crc64, crc64(bytes), name);
    assert.equal(result.etag, (await headObject(world.client, { key: "k" })).etag);
    assertBytes(await world.read("k"), bytes);
  }
  const world = losing();
  assert.deepInclude(await upload(world.client, { ...once, body: bytes }), { size: bytes.length, crc64: crc64(bytes) });
});

test("put once: one that was not stored is sent again", async () => {
  const world = losing(async () => undefined);
  await putObject(world.client, { ...once, body: bytes });
  assert.deepEqual(world.kinds(), { put: 2 });
  assertBytes(await world.read("k"), bytes);
});

test("put once: any other object is in the way, and stays", async () => {
  type Meanwhile = Parameters<typeof losing>[0];
  const others: Readonly<Record<string, Meanwhile>> = {
    "other bytes": (_, { client }) => putObject(client, { key: "k", body: "other", metadata: once.metadata }),
    "other metadata": (_, { client }) => putObject(client, { key: "k", body: bytes, metadata: { by: "you" } }),
    "in parts": (_, { client }) => upload(client, { ...once, body: bytes }, { multipartThreshold: 0 }),
  };
  for (const [name, meanwhile] of Object.entries(others)) {
    const world = losing(meanwhile);
    const error = await failure(putObject(world.client, { ...once, body: bytes }));
    assert.deepInclude(error, { name: "ServiceError", code: "FileAlreadyExists", status: 409 }, name);
    assert.equal(world.kinds().head, 1, name);
  }
});

test("put once: an object that was there before the call is none of its own, whatever its bytes are", async () => {
  for (const hidden of [[], ["date"]]) {
    const world = losing(undefined, async (seen, forward) => {
      if (seen.kind !== "head") return forward();
      const response = hide(await forward(), ...hidden);
      response.headers.set("last-modified", new Date(Date.now() - 60_000).toUTCString());
      return response;
    });
    const error = await failure(putObject(world.client, { ...once, body: bytes }));
    assert.deepInclude(error, { code: "FileAlreadyExists" });
  }
});

test("put once: where the object cannot be looked at, or does not tell its CRC-64, the refusal stands", async () => {
  const looks: readonly ((forward: () => Promise<Response>) => Promise<Response>)[] = [
    async () => new Response(null, { status: 403 }),
    async (forward) => hide(await forward(), "x-oss-hash-crc64ecma"),
    async (forward) => hide(await forward(), "x-oss-meta-by"),
    () => Promise.reject(new TypeError("fetch failed")),
  ];
  for (const look of looks) {
    const world = losing(undefined, (seen, forward) => (seen.kind === "head" ? look(forward) : forward()));
    const error = await failure(putObject(world.client, { ...once, body: bytes }));
    assert.deepInclude(error, { code: "FileAlreadyExists" });
  }
});

test("put once: a refusal without a lost answer is final, and what cannot be checked or read again is not repeated", async () => {
  const taken = createWorld();
  await putObject(taken.client, { key: "k", body: bytes, metadata: once.metadata });
  assert.propertyVal(await failure(putObject(taken.client, { ...once, body: bytes })), "code", "FileAlreadyExists");
  assert.deepEqual(taken.kinds(), { put: 2 });

  const unchecked = losing();
  const lost = await failure(putObject(unchecked.client, { ...once, body: bytes }, { integrity: "none" }));
  assert.propertyVal(lost, "name", "NetworkError");
  assert.deepEqual(unchecked.kinds(), { put: 1 });

  const spent = losing();
  const { stream } = streamOf(bytes);
  const body = { ...once, body: stream, contentLength: bytes.length };
  const outcome = await putObject(spent.client, body).catch((error: unknown) => error);
  // Browsers keep a stream in memory, and can send it again.
  if (Object(outcome).name === "NetworkError") assert.deepEqual(spent.kinds(), { put: 1 });
  else assert.propertyVal(outcome, "crc64", crc64(bytes));
});

test("put once: bytes that arrived altered are told, and not taken for a file that exists", async () => {
  const world = createWorld();
  world.onRequest = async (seen, forward) => {
    if (seen.kind !== "put") return forward();
    const changed = bytes.slice();
    changed[7] = 1 ^ (changed[7] ?? 0);
    return createAltered(world, changed);
  };
  assert.propertyVal(await failure(putObject(world.client, { ...once, body: bytes })), "name", "IntegrityError");
  assert.equal(world.kinds().put, 1);
});

/** The answer of a service that has stored other bytes. */
async function createAltered({ oss }: World, changed: Uint8Array<ArrayBuffer>): Promise<Response> {
  const other = createWorld({}, {}, oss);
  const { headers } = await putObject(other.client, { key: "k", body: changed });
  return new Response(null, { headers });
}

test("put once: an abort while it looks is what is told", async () => {
  const controller = new AbortController();
  const world = losing(undefined, async (seen, forward) => {
    if (seen.kind === "head") controller.abort("enough");
    return seen.kind === "head" ? refuse(403, "AccessDenied") : forward();
  });
  const { signal } = controller;
  assert.equal(await failure(putObject(world.client, { ...once, body: bytes }, { signal })), "enough");
});
