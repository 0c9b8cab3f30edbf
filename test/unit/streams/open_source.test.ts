import { SourceChangedError } from "../../../src/errors.ts";
import { openSource } from "../../../src/streams/open_source.ts";
import type { SourceBody } from "../../../src/streams/source.ts";
import { assert, fc, test } from "../../harness.ts";
import { chunking, concat, failure, pattern, streamOf } from "./support.ts";

async function readAll(body: SourceBody, partSize: number, contentLength?: number): Promise<number[]> {
  const source = await openSource(body, contentLength);
  const parts: Uint8Array[] = [];
  for (let part = await source.next(partSize); part.length > 0; part = await source.next(partSize)) parts.push(part);
  source.close();
  return concat(parts);
}

test("source: every kind of body is read to the same bytes", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(200), chunking, fc.integer({ min: 1, max: 90 }), async (length, cuts, partSize) => {
      const bytes = pattern(length + 8);
      const view = bytes.subarray(4, 4 + length);
      const bodies: SourceBody[] = [
        view,
        new DataView(bytes.buffer, 4, length),
        view.slice().buffer,
        new Blob([view]),
        new Blob(["----", view, "----"]).slice(4, 4 + length),
        new File([view], "a.bin"),
        streamOf(view, cuts).stream,
        new Response(view),
        new Response(streamOf(view, cuts).stream),
      ];
      for (const body of bodies) assert.deepEqual(await readAll(body, partSize), [...view]);
    }),
    { numRuns: 40 },
  );
});

test("source: text is UTF-8, and its size counts bytes", async () => {
  assert.equal((await openSource("é😀")).size, 6);
  assert.deepEqual(await readAll("é😀", 4), [0xc3, 0xa9, 0xf0, 0x9f, 0x98, 0x80]);
});

test("source: parts of a buffer are views on it, not copies", async () => {
  const bytes = pattern(100);
  const source = await openSource(bytes.subarray(10));
  assert.equal((await source.next(20)).buffer, bytes.buffer);
  assert.equal((await source.next(20)).byteOffset, 30);
});

test("source: sizes and types as far as the body tells them", async () => {
  const stream = (): ReadableStream<Uint8Array> => streamOf(pattern(5)).stream;
  const headers = { "content-length": "5", "content-type": "image/png" };
  const cases: [SourceBody, number | undefined, number | undefined, string | undefined, boolean][] = [
    ["hello", undefined, 5, undefined, true],
    [new Blob(["hello"], { type: "text/csv" }), undefined, 5, "text/csv", true],
    [new Blob(["hello"]), undefined, 5, undefined, true],
    [stream(), undefined, undefined, undefined, false],
    [stream(), 5, 5, undefined, false],
    [new Response(stream(), { headers }), undefined, 5, "image/png", false],
    [
      new Response(stream(), { headers: { ...headers, "content-encoding": "gzip" } }),
      undefined,
      undefined,
      "image/png",
      false,
    ],
    [new Response(stream(), { headers: { "content-length": "5, 5" } }), undefined, undefined, undefined, false],
    [new Response(null, { headers }), undefined, 0, undefined, true],
  ];
  for (const [body, contentLength, size, type, readable] of cases) {
    const source = await openSource(body, contentLength);
    assert.deepEqual([source.size, source.type, source.read !== undefined], [size, type, readable]);
    source.close();
  }
});

test("source: a Response that a page got across origins does not tell its size", async () => {
  // Its Content-Length may count compressed bytes, and Content-Encoding is hidden.
  const response = new Response(streamOf(pattern(5)).stream, { headers: { "content-length": "3" } });
  Object.defineProperty(response, "type", { value: "cors" });
  assert.isUndefined((await openSource(response)).size);
});

test("source: a Blob is only sliced, and each slice read once", async () => {
  const reads: [number, number][] = [];
  const blob = new Blob([pattern(100)]);
  const watched = {
    size: blob.size,
    type: "",
    arrayBuffer: () => Promise.reject(new Error("the whole Blob was read")),
    stream: () => assert.fail("streamed"),
    slice(start: number, end: number) {
      reads.push([start, end]);
      return blob.slice(start, end);
    },
  };
  assert.deepEqual(await readAll(watched as unknown as Blob, 40), [...pattern(100)]);
  assert.deepEqual(
    reads.filter(([start, end]) => end > start),
    [
      [0, 40],
      [40, 80],
      [80, 100],
    ],
  );
});

test("source: a file that shrank, or cannot be read any more, is a SourceChangedError that names the bytes", async () => {
  const gone = new DOMException("The requested file could not be read", "NotReadableError");
  for (const [cause, stream] of [
    [undefined, () => streamOf(pattern(3)).stream],
    [gone.name, () => new ReadableStream({ pull: () => Promise.reject(gone) })],
  ] as const) {
    const blob = Object.assign(new Blob([pattern(10)]), { slice: () => ({ stream }) });
    const error = await failure((await openSource(blob as unknown as Blob)).next(8));
    assert.instanceOf(error, SourceChangedError);
    assert.equal((error.cause as Error | undefined)?.name, cause);
    assert.match(String(error), /bytes 0-8/);
  }
});

test("source: ranges of what can be read again come in any order", async () => {
  for (const body of [pattern(50), new Blob([pattern(50)])]) {
    const { read } = await openSource(body);
    for (const [start, end] of [
      [20, 30],
      [0, 5],
      [20, 30],
      [50, 50],
    ] as const) {
      assert.deepEqual([...((await read?.(start, end)) ?? [1])], [...pattern(50).subarray(start, end)]);
    }
  }
});

test("source: bad bodies and lengths are refused before anything is read", async () => {
  const used = new Response("x");
  await used.text();
  const locked = streamOf(pattern(3)).stream;
  locked.getReader();
  const bad: [unknown, number | undefined, typeof TypeError | typeof RangeError, RegExp][] = [
    [undefined, undefined, TypeError, /body .* got undefined$/],
    [null, undefined, TypeError, /body .* got null$/],
    [12, undefined, TypeError, /body .* got 12$/],
    [{}, undefined, TypeError, /body .* got an object$/],
    [new FormData(), undefined, TypeError, /body .* got a FormData$/],
    [used, undefined, TypeError, /read already/],
    [locked, undefined, TypeError, /./],
    ["hello", 4, RangeError, /contentLength.* 5 .*4/],
    [new Blob(["hello"]), 6, RangeError, /contentLength/],
  ];
  for (const [body, contentLength, kind, message] of bad) {
    const error = await failure(openSource(body as SourceBody, contentLength));
    assert.instanceOf(error, kind);
    assert.match(String(error), message);
  }
});

test("source: shared memory is copied, as fetch would refuse it", async () => {
  if (typeof SharedArrayBuffer === "undefined") return;
  const shared = new Uint8Array(new SharedArrayBuffer(4));
  shared.set([1, 2, 3, 4]);
  const source = await openSource(shared);
  shared.fill(0);
  const bytes = await source.next(9);
  assert.deepEqual([...bytes], [1, 2, 3, 4]);
  assert.notInstanceOf(bytes.buffer, SharedArrayBuffer);
});

test("a Blob that gives fewer bytes than it was asked for changed: they are never taken for all", async () => {
  for (const given of [0, 3, 9]) {
    const arrayBuffer = async (): Promise<ArrayBuffer> => new ArrayBuffer(given);
    const blob = { size: 8, type: "", arrayBuffer, slice: () => ({ arrayBuffer }) };
    const source = await openSource(blob as unknown as Blob);
    assert.propertyVal(await failure(source.next(8)), "name", "SourceChangedError");
  }
});
