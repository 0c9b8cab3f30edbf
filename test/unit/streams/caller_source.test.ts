/** Sources of the caller's own are held to their word: a short one must not become an object that looks whole. */
import { SourceChangedError } from "../../../src/errors.ts";
import { openSource } from "../../../src/streams/open_source.ts";
import type { Bytes, Source } from "../../../src/types.ts";
import { assert, test } from "../../harness.ts";
import { failure, pattern } from "./support.ts";

/** A class, as somebody would write one: it needs its `this`. */
class Own implements Source {
  readonly type = "x/y";
  readonly name = "own.bin";
  readonly lastModified = 7;
  closed: unknown[] = [];
  #at = 0;
  readonly size: number | undefined;
  readonly #give: (length: number) => Bytes;
  constructor(size: number | undefined, give: (length: number) => Bytes) {
    this.size = size;
    this.#give = give;
  }
  async read(start: number, end: number): Promise<Bytes> {
    return this.#give(end - start + this.#at * 0);
  }
  async next(length: number): Promise<Bytes> {
    const left = Math.min(length, (this.size ?? 25) - this.#at);
    this.#at += left;
    return this.#give(left);
  }
  close(reason?: unknown): void {
    this.closed.push(reason);
  }
}

test("source: one of the caller's own, open or to be opened, is read as it is", async () => {
  for (const size of [25, undefined]) {
    const own = new Own(size, pattern);
    for (const body of [own, { open: () => own }]) {
      const source = await openSource(body);
      assert.deepEqual([source.size, source.type, source.name, source.lastModified], [
        size,
        "x/y",
        "own.bin",
        7,
      ] as unknown[]);
      assert.deepEqual(await source.read?.(3, 9), pattern(6));
    }
    const source = await openSource(own);
    const lengths = await Promise.all([10, 10, 10, 10].map(async (length) => (await source.next(length)).length));
    assert.deepEqual(lengths, [10, 10, 5, 0]);
    source.close("over");
    assert.deepEqual(own.closed, ["over"]);
  }
});

for (const [name, give] of [
  ["fewer", (length: number) => pattern(Math.max(0, length - 1))],
  ["more", (length: number) => pattern(length + 1)],
  ["nothing", () => undefined as unknown as Bytes],
] as const) {
  test(`source: one of the caller's own that gives ${name} than it said fails`, async () => {
    const source = await openSource(new Own(25, give));
    for (const read of [source.read?.(5, 10), source.next(10)]) {
      const error = await failure(Promise.resolve(read));
      assert.instanceOf(error, SourceChangedError);
      assert.match((error as Error).message, /^Cannot read the source: it gave \d+ bytes instead of \d+ at \d+$/);
    }
    // The end of what does not tell its length may come at any time, but nobody gets more than was asked for.
    const unsized = await openSource(new Own(undefined, give));
    if (name === "fewer") assert.lengthOf(await unsized.next(10), 9);
    else assert.instanceOf(await failure(unsized.next(10)), SourceChangedError);
  });
}
