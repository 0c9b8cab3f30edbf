/** What of a download is written down: in any order that pieces arrive, few of them, and each with its own sum. */
import { crc64 } from "../../../src/checksum/crc64.ts";
import { createLedger } from "../../../src/transfer/resume/ledger.ts";
import { assert, fc, test } from "../../harness.ts";
import { pattern } from "../streams/support.ts";

const SIZE = 300;
const bytes = pattern(SIZE);

/** Pieces of the whole, some of them missing, in any order. */
const arriving = fc
  .array(fc.record({ length: fc.integer({ min: 1, max: 40 }), there: fc.boolean(), order: fc.nat() }), { minLength: 9 })
  .map((cuts) => {
    let at = 0;
    const pieces = cuts.flatMap(({ length, there, order }) => {
      const position = at;
      at += length;
      return there && at <= SIZE ? [{ position, length, order }] : [];
    });
    return pieces.sort((a, b) => a.order - b.order).map(({ position, length }) => ({ position, length }));
  });

test("ledger: whatever arrives is in it once, with its sum, in pieces as large as they may be", () => {
  fc.assert(
    fc.property(arriving, fc.integer({ min: 1, max: SIZE }), fc.boolean(), (arrived, partSize, sums) => {
      const sumOf = (position: number, length: number): bigint | undefined =>
        sums ? crc64(bytes.subarray(position, position + length)) : undefined;
      const ledger = createLedger(SIZE, partSize);
      for (const { position, length } of arrived) ledger.add({ position, length, crc64: sumOf(position, length) });
      const grain = Math.max(partSize, 2);
      const covered: number[] = [];
      for (const [index, { position, length, crc64: sum }] of ledger.pieces.entries()) {
        assert.isAtLeast(position, covered.at(-1) ?? 0);
        assert.equal(sum, sumOf(position, length));
        assert.isAtMost(length, Math.max(grain, ...arrived.map((piece) => piece.length)));
        const next = ledger.pieces[index + 1];
        if (next?.position === position + length) assert.isAbove(length + next.length, grain, "they would do as one");
        for (let at = position; at < position + length; at++) covered.push(at);
      }
      const expected = arrived.flatMap(({ position, length }) => Array.from({ length }, (_, at) => position + at));
      assert.deepEqual(
        covered,
        expected.sort((a, b) => a - b),
      );
    }),
  );
});
