/**
 * What every sink must do, whatever is behind it.
 * @module
 */
import type { Sink, SinkPartial } from "../../../src/streams/sink.ts";
import type { Bytes, MaybePromise } from "../../../src/types.ts";
import { assert, fc, type TestOptions, test } from "../../harness.ts";
import { assertBytes, failure, pattern } from "./support.ts";

/** A place for one object. */
export interface Place {
  readonly sink: Sink;
  /** What somebody sees who looks for the object; nothing is as good as an empty file. */
  seen(): MaybePromise<Uint8Array | undefined>;
  /** What lies around beside the object, open files included. */
  left(): MaybePromise<readonly string[]>;
  dispose?(): MaybePromise<unknown>;
  /** Another sink of this place, as the next run makes one; where it goes on with what was left. */
  again?(): MaybePromise<Sink>;
}

export interface SinkSubject {
  readonly name: string;
  /** Does it write where others look? Then they see the old content no longer. */
  readonly inPlace?: boolean;
  readonly options?: TestOptions;
  /** Makes a place where something stood before. */
  make(before: Bytes): MaybePromise<Place>;
}

const OLD = pattern(5000, 7);
const NEW = pattern(1000);

/** Declares the tests of a kind of sink. */
export function sinkContract(subject: SinkSubject): void {
  const { name, inPlace = false, options = {} } = subject;
  const declare = (what: string, body: (place: Place) => Promise<void>): void => {
    test(`${name}: ${what}`, options, async () => {
      const place = await subject.make(OLD);
      try {
        await body(place);
      } finally {
        await place.dispose?.();
      }
    });
  };
  const assertOld = async (place: Place): Promise<void> => {
    const seen = (await place.seen()) ?? new Uint8Array(0);
    if (inPlace) assert.equal(seen.length, 0, "nothing that could be taken for the object");
    else assertBytes(seen, OLD);
    assert.deepEqual(await place.left(), []);
  };

  test(`${name}: any cuts in any order, at once`, options, async () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 3000 }), { maxLength: 8 });
    const property = fc.asyncProperty(cuts, fc.boolean(), fc.nat(), async (lengths, known, seed) => {
      const bytes = pattern(
        lengths.reduce((sum, length) => sum + length, 0),
        seed % 1000,
      );
      const place = await subject.make(OLD);
      try {
        await place.sink.open?.(known ? bytes.length : undefined);
        const chunks: { from: number; to: number }[] = [];
        for (const length of lengths)
          chunks.push({ from: chunks.at(-1)?.to ?? 0, to: (chunks.at(-1)?.to ?? 0) + length });
        chunks.sort((a, b) => ((a.from * 31 + seed) % 101) - ((b.from * 31 + seed) % 101));
        await Promise.all(chunks.map(({ from, to }) => place.sink.write(bytes.slice(from, to), from)));
        await place.sink.close();
        assertBytes((await place.seen()) ?? new Uint8Array(1), bytes);
        assert.deepEqual(await place.left(), []);
      } finally {
        await place.dispose?.();
      }
    });
    await fc.assert(property, { numRuns: 15 });
  });

  declare("an empty object, of known length or not", async (place) => {
    await place.sink.open?.(0);
    await place.sink.close();
    assertBytes((await place.seen()) ?? new Uint8Array(1), new Uint8Array(0));
    assert.deepEqual(await place.left(), []);
    const other = await subject.make(OLD);
    await other.sink.close();
    assertBytes((await other.seen()) ?? new Uint8Array(1), new Uint8Array(0));
    await other.dispose?.();
  });

  declare("nothing is seen before close, the whole after it", async (place) => {
    await place.sink.open?.(NEW.length);
    await place.sink.write(NEW.slice(500), 500);
    if (!inPlace) assertBytes((await place.seen()) ?? new Uint8Array(0), OLD);
    await place.sink.write(NEW.slice(0, 500), 0);
    await place.sink.close();
    assertBytes((await place.seen()) ?? new Uint8Array(0), NEW);
    await place.sink.abort("too late");
    assertBytes((await place.seen()) ?? new Uint8Array(0), NEW);
    assert.deepEqual(await place.left(), []);
  });

  declare("an abort leaves nothing, and is no error", async (place) => {
    await place.sink.open?.(NEW.length);
    await place.sink.write(NEW.slice(0, 500), 0);
    const late = place.sink.write(NEW.slice(500), 500);
    await place.sink.abort(new Error("given up"));
    await late;
    await place.sink.abort();
    await assertOld(place);
    assert.match(String(await failure(place.sink.write(NEW, 0))), /aborted/);
    assert.match(String(await failure(place.sink.close())), /aborted/);
    await assertOld(place);
  });

  declare("an abort before anything changes nothing", async (place) => {
    const before = await place.seen();
    await place.sink.abort("never mind");
    assert.deepEqual(await place.seen(), before);
    assert.deepEqual(await place.left(), []);
  });

  declare("wrong positions, and use after the end, are refused", async (place) => {
    await place.sink.open?.(10);
    for (const [length, position] of [
      [11, 0],
      [1, 10],
      [1, -1],
      [1, 0.5],
    ] as const)
      assert.instanceOf(await failure(place.sink.write(new Uint8Array(length), position)), RangeError);
    await place.sink.write(NEW.slice(0, 10), 0);
    assert.match(String(await failure((async () => place.sink.open?.(10))())), /twice/);
    await place.sink.close();
    assert.match(String(await failure(place.sink.write(NEW, 0))), /closed/);
    assert.match(String(await failure(place.sink.close())), /closed/);
    assertBytes((await place.seen()) ?? new Uint8Array(0), NEW.slice(0, 10));
  });

  declare("what was left is gone on with, and removed when nobody wants it", async (place) => {
    if (!place.again) return;
    const partOf = (sink: Sink): SinkPartial => sink.partial ?? assert.fail("it keeps nothing");
    const next = async (): Promise<{ sink: Sink; partial: SinkPartial }> => {
      const sink = (await place.again?.()) ?? assert.fail("no other sink");
      return { sink, partial: partOf(sink) };
    };
    const first = partOf(place.sink);
    await first.discard("0a1b2c3d");
    assert.equal(await first.open(NEW.length, "0a1b2c3d"), 0);
    await Promise.all([place.sink.write(NEW.slice(0, 200), 0), place.sink.write(NEW.slice(500, 800), 500)]);
    await first.sync();
    await place.sink.write(NEW.slice(200, 300), 200);
    await first.keep();
    await first.keep();
    await place.sink.abort("too late");
    assert.match(String(await failure(place.sink.write(NEW, 0))), /kept/);
    if (!inPlace) assertBytes((await place.seen()) ?? new Uint8Array(0), OLD);

    const second = await next();
    assert.equal(second.partial.name, first.name);
    assert.isAtLeast(await second.partial.open(NEW.length, "0a1b2c3d"), 800);
    assertBytes(await second.partial.read(0, 300), NEW.slice(0, 300));
    assertBytes(await second.partial.read(500, 800), NEW.slice(500, 800));
    assert.match(String(await failure((async () => second.sink.open?.(10))())), /twice/);
    // What is written again is what counts.
    for (const [from, to] of [
      [700, 1000],
      [250, 500],
    ] as const)
      await second.sink.write(NEW.slice(from, to), from);
    await second.partial.sync();
    assertBytes(await second.partial.read(100, 1000), NEW.slice(100));
    await second.sink.close();
    assertBytes((await place.seen()) ?? new Uint8Array(0), NEW);
    assert.deepEqual(await place.left(), []);

    for (const end of ["abort", "discard"] as const) {
      const third = await next();
      await third.partial.discard("0a1b2c3d");
      assert.equal(await third.partial.open(NEW.length, "0a1b2c3d"), 0);
      await third.sink.write(NEW.slice(0, 300), 0);
      if (end === "abort") await third.sink.abort();
      else {
        await third.partial.keep();
        await (await next()).partial.discard("0a1b2c3d");
      }
      if (!inPlace) assertBytes((await place.seen()) ?? new Uint8Array(0), NEW);
      assert.deepEqual(await place.left(), []);
    }
  });
}
