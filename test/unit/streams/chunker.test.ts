import { SourceChangedError } from "../../../src/errors.ts";
import { createChunker } from "../../../src/streams/chunker.ts";
import { assert, fc, test } from "../../harness.ts";
import { chunking, concat, deferred, failure, pattern, streamOf } from "./support.ts";

test("chunker: any chunking, read in any part lengths, gives the same bytes, full parts until the end", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(300),
      chunking,
      fc.integer({ min: 1, max: 100 }),
      fc.boolean(),
      async (length, cuts, partSize, known) => {
        const bytes = pattern(length);
        const { stream } = streamOf(bytes, cuts);
        const chunker = createChunker(stream, known ? length : undefined);
        const parts: Uint8Array[] = [];
        for (let part = await chunker.next(partSize); part.length > 0; part = await chunker.next(partSize))
          parts.push(part);
        assert.deepEqual(concat(parts), [...bytes]);
        assert.deepEqual(
          parts.map((part) => part.length),
          Array.from({ length: Math.ceil(length / partSize) }, (_, at) => Math.min(partSize, length - at * partSize)),
        );
        assert.lengthOf(await chunker.next(partSize), 0);
        chunker.close();
        assert.isFalse(stream.locked);
      },
    ),
  );
});

test("chunker: overlapping reads are served in the order of the calls", async () => {
  await fc.assert(
    fc.asyncProperty(chunking, fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 9 }), async (cuts, lengths) => {
      const bytes = pattern(200);
      const chunker = createChunker(streamOf(bytes, cuts).stream);
      const parts = await Promise.all(lengths.map((length) => chunker.next(length)));
      let position = 0;
      for (const [at, part] of parts.entries()) {
        assert.deepEqual([...part], [...bytes.subarray(position, position + (lengths[at] ?? 0))]);
        position += part.length;
      }
    }),
  );
});

test("chunker: a stream that is shorter or longer than announced is an error, never a shorter or longer object", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(120),
      chunking,
      fc.nat(120),
      fc.integer({ min: 1, max: 50 }),
      async (length, cuts, announced, partSize) => {
        fc.pre(length !== announced);
        const chunker = createChunker(streamOf(pattern(length), cuts).stream, announced);
        const error = await failure(
          (async () => {
            let read = 0;
            do read += (await chunker.next(partSize)).length;
            while (read < announced);
          })(),
        );
        assert.instanceOf(error, SourceChangedError);
        assert.match(String(error), new RegExp(`(ended after \\d+ of|went on after) ${announced} bytes`));
      },
    ),
  );
});

test("chunker: reads no further than it must", async () => {
  const source = streamOf(pattern(100), [10, 10, 10]);
  const chunker = createChunker(source.stream);
  await chunker.next(15);
  assert.equal(source.pulls, 2);
});

test("chunker: close cancels with the reason, ends a pending read, and unlocks", async () => {
  const source = streamOf(pattern(100), [10]);
  const chunker = createChunker(source.stream);
  await chunker.next(5);
  chunker.close("enough");
  chunker.close("again");
  assert.deepEqual(source.cancelled, { reason: "enough" });
  assert.isFalse(source.stream.locked);

  const cancelled = deferred<unknown>();
  const stuck = new ReadableStream<Uint8Array>({ pull: () => new Promise(() => {}), cancel: cancelled.resolve });
  const waiting = createChunker(stuck, 5);
  const read = failure(waiting.next(5));
  waiting.close("stop");
  assert.equal(await cancelled.promise, "stop");
  assert.instanceOf(await read, Error);
});

test("chunker: a failing stream fails the read with its own error, and closing it is quiet", async () => {
  const fault = new Error("disk on fire");
  const chunker = createChunker(
    new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.error(fault);
      },
    }),
  );
  assert.equal(await failure(chunker.next(5)), fault);
  assert.equal(await failure(chunker.next(5)), fault);
  chunker.close(fault);
});

test("chunker: chunks that are no bytes are refused by name", async () => {
  for (const chunk of ["text", 7, { length: 3 }]) {
    const stream = new ReadableStream({ start: (controller) => controller.enqueue(chunk) });
    const error = await failure(createChunker(stream).next(5));
    assert.instanceOf(error, TypeError);
    assert.match(String(error), new RegExp(typeof chunk));
  }
});
