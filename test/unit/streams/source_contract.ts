/**
 * What every source must do, whatever is behind it.
 * @module
 */
import { openSource } from "../../../src/streams/open_source.ts";
import type { SourceBody } from "../../../src/streams/source.ts";
import type { Bytes, MaybePromise, Source } from "../../../src/types.ts";
import { assert, fc, type TestOptions, test } from "../../harness.ts";
import { assertBytes, concat, failure, pattern } from "./support.ts";

/** Something that holds bytes. */
export interface Origin {
  readonly body: SourceBody;
  /** What is still held for it: descriptors, locks, iterators. */
  left?(): MaybePromise<readonly string[]>;
  dispose?(): MaybePromise<unknown>;
}

export interface SourceSubject {
  readonly name: string;
  /** Does it know its length without being told? */
  readonly sized: boolean;
  /** Can it be read again? */
  readonly again: boolean;
  readonly options?: TestOptions;
  /** Makes it of bytes; `cuts` are lengths of chunks where there are chunks. */
  make(bytes: Bytes, cuts: readonly number[]): MaybePromise<Origin>;
}

const anyCuts = fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 8 });
const ranges = fc.array(fc.tuple(fc.nat(3000), fc.nat(3000)), { maxLength: 6 });

/** Waits, for a while, until nothing is held: descriptors are given back in the background. */
async function expectLeft({ left }: Origin): Promise<void> {
  const until = Date.now() + 2000;
  let held: readonly string[] = [];
  do {
    held = (await left?.()) ?? [];
    if (held.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 1));
  } while (Date.now() < until);
  assert.deepEqual(held, [], "still held");
}

/** Declares the tests of a kind of source. */
export function sourceContract(subject: SourceSubject): void {
  const { name, sized, again, options = {} } = subject;

  const withSource = async (
    bytes: Bytes,
    cuts: readonly number[],
    use: (source: Source) => Promise<void>,
    length?: number,
  ): Promise<void> => {
    const origin = await subject.make(bytes, cuts);
    try {
      const source = await openSource(origin.body, length);
      try {
        await use(source);
      } finally {
        source.close();
        source.close("again");
      }
      await expectLeft(origin);
    } finally {
      await origin.dispose?.();
    }
  };

  test(`${name}: parts of any length, asked for at once, are the bytes in their order`, options, async () => {
    const property = fc.asyncProperty(
      fc.nat(3000),
      anyCuts,
      anyCuts,
      fc.boolean(),
      async (size, cuts, lengths, told) => {
        const bytes = pattern(size, cuts.length);
        const use = async (source: Source): Promise<void> => {
          assert.equal(source.size, sized || told ? size : undefined);
          const parts = await Promise.all(lengths.map((length) => source.next(length)));
          for (const [at, part] of parts.entries()) {
            const before = lengths.slice(0, at).reduce((sum, length) => sum + length, 0);
            assert.equal(part.length, Math.min(lengths[at] ?? 0, Math.max(0, size - before)));
          }
          // Copied before their memory is given back.
          const whole = [...concat(parts)];
          for (const part of parts) source.recycle?.(part);
          for (let part = await source.next(700); part.length > 0; part = await source.next(700)) {
            whole.push(...part);
            source.recycle?.(part);
          }
          assertBytes(Uint8Array.from(whole), bytes);
          assert.lengthOf(await source.next(1), 0);
        };
        await withSource(bytes, cuts, use, told ? size : undefined);
      },
    );
    await fc.assert(property, { numRuns: 25 });
  });

  test(`${name}: ${again ? "any range, as often as wanted" : "tells that it can be read once"}`, options, async () => {
    if (!again) return withSource(pattern(10), [], async ({ read }) => assert.isUndefined(read));
    const property = fc.asyncProperty(fc.nat(3000), ranges, async (size, wanted) => {
      const bytes = pattern(size);
      await withSource(bytes, [], async (source) => {
        const sorted = wanted.map(([a, b]) => [Math.min(a, b, size), Math.min(Math.max(a, b), size)] as const);
        const parts = await Promise.all(sorted.map(([start, end]) => source.read?.(start, end)));
        for (const [at, [start, end]] of sorted.entries()) {
          assertBytes(parts[at] ?? new Uint8Array(1), bytes.subarray(start, end));
        }
        assertBytes(await source.next(size + 1), bytes);
      });
    });
    await fc.assert(property, { numRuns: 25 });
  });

  test(`${name}: may be closed at any time, and nothing is held then`, options, async () => {
    const bytes = pattern(3000);
    await withSource(bytes, [900, 900], async () => {});
    await withSource(bytes, [900, 900], async (source) => {
      await source.next(100);
    });
    await withSource(bytes, [900, 900], async (source) => {
      const pending = source.next(2500);
      source.close(new Error("stop"));
      // It may still come, or fail; it must not hang.
      await pending.catch(() => undefined);
    });
  });

  test(`${name}: a length that is not its own is refused`, options, async () => {
    for (const wrong of [9, 11]) {
      const origin = await subject.make(pattern(10), [4]);
      try {
        const attempt = async (): Promise<void> => {
          const source = await openSource(origin.body, wrong);
          try {
            await source.next(20);
          } finally {
            source.close();
          }
        };
        assert.match(String(await failure(attempt())), sized ? /RangeError.*contentLength/ : /SourceChangedError/);
        await expectLeft(origin);
      } finally {
        await origin.dispose?.();
      }
    }
  });
}

/** Something whose bytes others may change. */
export interface Changeable extends Origin {
  /** What happens to it, by name. */
  readonly changes: Readonly<Record<string, () => MaybePromise<unknown>>>;
}

export interface ChangingSubject {
  readonly name: string;
  readonly options?: TestOptions;
  make(bytes: Bytes): MaybePromise<Changeable>;
  /** Changes that may go unseen, since the old bytes are still to be had. */
  readonly harmless?: readonly string[];
}

/** Declares the tests of what happens when a source changes while it is read. */
export function changeContract({ name, options = {}, make, harmless = [] }: ChangingSubject): void {
  const bytes = pattern(3000, 5);
  test(`${name}: a change is noticed, or does not matter; it never hangs`, options, async () => {
    const first = await make(bytes);
    const changes = Object.keys(first.changes);
    await first.dispose?.();
    assert.isNotEmpty(changes);
    for (const change of changes) {
      const origin = await make(bytes);
      try {
        const source = await openSource(origin.body);
        try {
          assertBytes(await source.next(1000), bytes.subarray(0, 1000));
          await origin.changes[change]?.();
          const outcome = await source.next(2000).then(
            (part) => part,
            (error: unknown) => error,
          );
          if (outcome instanceof Uint8Array) {
            assert.include(harmless, change, "went unnoticed");
            assertBytes(outcome, bytes.subarray(1000));
          } else assert.match(String(outcome), /^SourceChangedError/, change);
        } finally {
          source.close();
        }
        await expectLeft(origin);
      } finally {
        await origin.dispose?.();
      }
    }
  });
}
