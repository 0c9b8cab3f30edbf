/** The kinds of bodies that are no text, buffer, Blob, stream or Response: put, appended, uploaded, changed meanwhile. */

import { SourceChangedError } from "../../src/errors.ts";
import { appendObject, putObject, upload, uploadPart } from "../../src/mod.ts";
import { openSource } from "../../src/streams/open_source.ts";
import type { Bytes, ObjectBody, SourceOpener } from "../../src/types.ts";
import { assert, test } from "../harness.ts";
import { assertBytes, failure, pattern } from "../unit/streams/support.ts";
import { createWorld, PART } from "./upload_support.ts";

/** A source that takes notes. */
function notedSource(bytes: Bytes, change: (source: { size: number }) => void = () => {}) {
  const notes = { opened: 0, closed: 0, recycled: [] as number[] };
  const body: SourceOpener = {
    async open() {
      notes.opened++;
      const inner = await openSource(bytes);
      const state = { size: bytes.length };
      const read = async (start: number, end: number): Promise<Bytes> => {
        change(state);
        if (state.size !== bytes.length) throw new SourceChangedError("it changed");
        // Memory of its own, that is used again at once: who looks at it later sees other bytes.
        return bytes.slice(start, end);
      };
      let position = 0;
      return {
        size: bytes.length,
        type: "image/x-made",
        read,
        next(length) {
          const start = position;
          position = Math.min(bytes.length, start + length);
          return read(start, position);
        },
        recycle(part) {
          notes.recycled.push(part.length);
          part.fill(0);
        },
        close() {
          notes.closed++;
          inner.close();
        },
      };
    },
  };
  return { body, notes };
}

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += 30_000) yield bytes.subarray(start, start + 30_000);
}

const KINDS: Readonly<Record<string, (bytes: Bytes) => ObjectBody>> = {
  iterable: chunks,
  "file handle"(bytes) {
    const file = new File([bytes], "a.bin");
    return { getFile: async () => file };
  },
  opener: (bytes) => notedSource(bytes).body,
};

for (const [kind, make] of Object.entries(KINDS)) {
  test(`${kind}: put, appended and uploaded byte for byte`, { timeout: 60_000 }, async () => {
    const world = createWorld();
    const { client } = world;
    for (const size of [0, 1, PART, 3 * PART + 7]) {
      const bytes = pattern(size);
      await putObject(client, { key: "put", body: make(bytes) });
      assertBytes(await world.read("put"), bytes);
      await putObject(client, { key: "told", body: make(bytes), contentLength: size });
      assertBytes(await world.read("told"), bytes);
      await appendObject(client, { key: `append${size}`, position: 0, body: make(bytes) });
      assertBytes(await world.read(`append${size}`), bytes);
      const options = { partSize: PART, multipartThreshold: PART, concurrency: 3 };
      await upload(client, { key: "upload", body: make(bytes) }, options);
      assertBytes(await world.read("upload"), bytes);
      await upload(client, { key: "upload", body: make(bytes), contentLength: size }, options);
      assertBytes(await world.read("upload"), bytes);
    }
    assert.deepEqual(await world.open(), []);
    assert.deepEqual(world.warnings, []);
  });

  test(`${kind}: a wrong length is refused, and nothing is stored`, async () => {
    const world = createWorld();
    for (const contentLength of [9, 11]) {
      for (const send of [putObject, upload]) {
        const error = await failure(send(world.client, { key: "a", body: make(pattern(10)), contentLength }));
        assert.match(String(error), /SourceChangedError|RangeError|10 bytes|of 11 bytes|after 9 bytes/);
      }
    }
    assert.match(String(await failure(world.read("a"))), /NoSuchKey/);
  });
}

test("a source is open as long as a call needs it, and its memory is given back once the service has the part", async () => {
  const world = createWorld();
  const bytes = pattern(3 * PART + 7);
  const uploaded = notedSource(bytes);
  await upload(
    world.client,
    { key: "a", body: uploaded.body },
    { partSize: PART, multipartThreshold: 0, concurrency: 2 },
  );
  assertBytes(await world.read("a"), bytes);
  assert.deepEqual(uploaded.notes.recycled.sort(), [PART, PART, PART, 7].sort());
  assert.equal(uploaded.notes.opened, 1);
  assert.isAbove(uploaded.notes.closed, 0);
  const put = notedSource(bytes);
  await putObject(world.client, { key: "b", body: put.body });
  assert.deepEqual([put.notes.opened, put.notes.closed], [1, 1]);
  assert.equal(world.requests.find(({ kind }) => kind === "put")?.headers.get("content-type"), "image/x-made");
});

test("a part that must be sent again is read again, and what can be read again survives a refusal", async () => {
  const world = createWorld();
  const bytes = pattern(2 * PART);
  let refused = 0;
  world.onRequest = async ({ kind }, forward) =>
    (kind === "part" || kind === "put") && refused++ % 2 === 0 ? new Response(null, { status: 503 }) : forward();
  await upload(world.client, { key: "a", body: notedSource(bytes).body }, { partSize: PART, multipartThreshold: 0 });
  assertBytes(await world.read("a"), bytes);
  await putObject(world.client, { key: "b", body: notedSource(bytes).body });
  assertBytes(await world.read("b"), bytes);
  assert.isAbove(refused, 3);
});

test("a source that changes under the upload is told as such, and no object comes of it", async () => {
  const world = createWorld();
  let reads = 0;
  const grow = (state: { size: number }): void => {
    if (++reads === 3) state.size++;
  };
  const options = { partSize: PART, multipartThreshold: 0, concurrency: 1 };
  const { body, notes } = notedSource(pattern(4 * PART), grow);
  const error = await failure(upload(world.client, { key: "a", body }, options));
  assert.match(String((error as Error).cause ?? error), /SourceChangedError/);
  assert.isAbove(notes.closed, 0);
  reads = 2;
  const put = notedSource(pattern(100), grow);
  assert.instanceOf(await failure(putObject(world.client, { key: "a", body: put.body })), SourceChangedError);
  assert.equal(put.notes.closed, 1);
  assert.match(String(await failure(world.read("a"))), /NoSuchKey/);
});

/** Memory as WebAssembly has it: other threads may write to it, or it may grow. `fetch` takes neither. */
function oddMemories(bytes: Bytes): readonly ArrayBufferView<ArrayBuffer>[] {
  const Growing = ArrayBuffer as unknown as new (length: number, options: { maxByteLength: number }) => ArrayBuffer;
  const buffers: ArrayBufferLike[] = [new Growing(bytes.length, { maxByteLength: 2 * bytes.length })];
  if (typeof SharedArrayBuffer !== "undefined") buffers.push(new SharedArrayBuffer(bytes.length));
  return buffers.map((buffer) => {
    new Uint8Array(buffer).set(bytes);
    // What is shared is no body for the compiler, and passes for one wherever that does not look.
    return new Uint8Array(buffer as ArrayBuffer, 0, bytes.length);
  });
}

test("memory that grows, or is shared with other threads, is stored like any other", async () => {
  const world = createWorld();
  const { client } = world;
  for (const size of [100, 3 * PART]) {
    const bytes = pattern(size);
    for (const body of oddMemories(bytes)) {
      await putObject(client, { key: "put", body });
      assertBytes(await world.read("put"), bytes);
      await upload(client, { key: "parts", body }, { partSize: PART, multipartThreshold: 0 });
      assertBytes(await world.read("parts"), bytes);
    }
  }
});

test("of a Response whose length counts other bytes than are read, or is none, the end tells it", async () => {
  const world = createWorld();
  const bytes = pattern(1000);
  const lengths = ["1000, 1000", "about 1000", "-1"];
  const answers = lengths.map((length) => new Response(bytes, { headers: { "content-length": length } }));
  // A browser decodes it, and shows no page of another origin how it was encoded.
  const decoded = new Response(bytes, { headers: { "content-length": "300" } });
  Object.defineProperty(decoded, "type", { value: "cors" });
  for (const body of [...answers, decoded]) {
    await putObject(world.client, { key: "a", body });
    assertBytes(await world.read("a"), bytes);
  }
});

test("a part can be any of them, too", async () => {
  const world = createWorld();
  for (const make of Object.values(KINDS)) {
    const error = await failure(
      uploadPart(world.client, { key: "a", uploadId: "none", partNumber: 1, body: make(pattern(10)) }),
    );
    assert.match(String(error), /NoSuchUpload/);
  }
});
