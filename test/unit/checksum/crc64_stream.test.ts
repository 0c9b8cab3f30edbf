import { createCrc64Stream } from "../../../src/checksum/crc64_stream.ts";
import { assert, fc, test } from "../../harness.ts";
import { noise, oracle } from "./kernels.ts";

/** A stream of the given chunks. */
function streamOf<T>(chunks: readonly T[]): ReadableStream<T> {
  const rest = [...chunks];
  return new ReadableStream<T>({
    pull(controller) {
      const chunk = rest.shift();
      if (chunk === undefined) controller.close();
      else controller.enqueue(chunk);
    },
  });
}

test("createCrc64Stream: passes the same chunks on and tells length and CRC-64", async () => {
  const sizes = fc.array(fc.nat(20_000), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(sizes, fc.bigInt(0n, 2n ** 64n - 1n), fc.integer(), async (lengths, initial, seed) => {
      const chunks = lengths.map((length, index) => noise(length, seed + index));
      const check = createCrc64Stream(initial);
      const reader = streamOf(chunks).pipeThrough(check).getReader();
      let length = 0;
      let expected = initial;
      for (const chunk of chunks) {
        const { value } = await reader.read();
        assert.strictEqual(value, chunk);
        length += chunk.length;
        expected = oracle(chunk, expected);
      }
      assert.isTrue((await reader.read()).done);
      assert.deepEqual([check.length, check.digest()], [length, expected]);
    }),
    { numRuns: 30 },
  );
});

test("createCrc64Stream: several at the same time", async () => {
  const bodies = Array.from({ length: 4 }, (_, index) =>
    Array.from({ length: 10 }, (_, at) => noise(9000 + at, index * 100 + at)),
  );
  const found = await Promise.all(
    bodies.map(async (chunks) => {
      const check = createCrc64Stream();
      await streamOf(chunks).pipeThrough(check).pipeTo(new WritableStream());
      return check.digest();
    }),
  );
  const expected = bodies.map((chunks) => chunks.reduce((crc, chunk) => oracle(chunk, crc), 0n));
  assert.deepEqual(found, expected);
});

test("createCrc64Stream: other chunks are refused, and the source is cancelled", async () => {
  for (const chunk of ["text", new ArrayBuffer(8), new Uint16Array(4)]) {
    const check = createCrc64Stream();
    let failure: unknown;
    // What JavaScript without types might pipe.
    await (streamOf([chunk]) as unknown as ReadableStream<Uint8Array>)
      .pipeThrough(check)
      .pipeTo(new WritableStream())
      .catch((error: unknown) => {
        failure = error;
      });
    assert.instanceOf(failure, TypeError);
    assert.match(String(failure), /Chunks must be Uint8Arrays, got \w+$/);
    assert.deepEqual([check.length, check.digest()], [0, 0n]);
  }
});
