import { textLines } from "../../../src/streams/lines.ts";
import { assert, fc, test } from "../../harness.ts";

/** A stream of these bytes in pieces of these lengths. */
function streamOf(bytes: Uint8Array, lengths: readonly number[], end: { cancelled: boolean } = { cancelled: false }) {
  let [at, turn] = [0, 0];
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const length = lengths[turn++ % lengths.length] ?? 1;
      controller.enqueue(bytes.subarray(at, at + length));
      at += length;
      if (at >= bytes.length) controller.close();
    },
    cancel() {
      end.cancelled = true;
    },
  });
}

async function all(lines: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const line of lines) found.push(line);
  return found;
}

test("textLines: the same lines however the bytes are cut", async () => {
  const line = fc.string({ unit: "grapheme" }).filter((text) => !/[\r\n]/.test(text) && !text.startsWith("\ufeff"));
  const lengths = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });
  const ends = fc.constantFrom("\n", "\r\n", "|");
  await fc.assert(
    fc.asyncProperty(fc.array(line), lengths, ends, fc.boolean(), async (texts, sizes, delimiter, closed) => {
      const lines = texts.map((text) => text.replaceAll("|", ""));
      const bytes = new TextEncoder().encode(lines.join(delimiter) + (closed && lines.length > 0 ? delimiter : ""));
      const found = await all(textLines(streamOf(bytes, sizes), delimiter));
      // What ends with a delimiter has no line behind it; an empty last line cannot be told from none.
      const expected = !closed && lines.at(-1) === "" ? lines.slice(0, -1) : lines;
      assert.deepEqual(found, expected);
    }),
  );
});

test("textLines: leaving the loop cancels the stream, its failure ends the loop", async () => {
  const end = { cancelled: false };
  for await (const line of textLines(streamOf(new TextEncoder().encode("a\nb\nc\n"), [2], end))) {
    assert.equal(line, "a");
    break;
  }
  assert.isTrue(end.cancelled);
  const failing = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.error(new Error("cut"));
    },
  });
  const failure = await all(textLines(failing)).then(
    () => undefined,
    (error: unknown) => error,
  );
  assert.propertyVal(failure, "message", "cut");
});
