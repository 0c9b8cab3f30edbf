import { makePlan } from "../../../src/transfer/check_plan.ts";
import { growingPartSize } from "../../../src/transfer/pace.ts";
import { determinePartSize, MAX_PART, MAX_PARTS, MIN_PART } from "../../../src/transfer/plan.ts";
import { assert, fc, runtime, test } from "../../harness.ts";

const MIB = 2 ** 20;
const LARGEST = MAX_PART * MAX_PARTS;

test("plan: parts of a known length are as preferred, or doubled until 10,000 do", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: LARGEST }), fc.integer({ min: 1, max: MAX_PART }), (total, preferred) => {
      const size = determinePartSize(total, preferred);
      if (total < preferred) return assert.equal(size, total);
      assert.isAtLeast(size, MIN_PART);
      assert.isAtMost(size, MAX_PART);
      assert.isAtMost(Math.ceil(total / size), MAX_PARTS);
      const doubled = Math.log2(size / preferred);
      if (size < MAX_PART) assert.isTrue(Number.isInteger(doubled));
      if (doubled > 0) assert.isTrue(size / 2 < MIN_PART || (size / 2) * MAX_PARTS < total);
    }),
  );
});

test("plan: examples", () => {
  for (const [total, preferred, size] of [
    [0, 8 * MIB, 0],
    [8 * MIB - 1, 8 * MIB, 8 * MIB - 1],
    [8 * MIB, 8 * MIB, 8 * MIB],
    [MAX_PARTS * MIB, MIB, MIB],
    [MAX_PARTS * MIB + 1, MIB, 2 * MIB],
    [150_000, 60 * 1024, 120 * 1024],
    [LARGEST, MIB, MAX_PART],
  ] as const) {
    assert.equal(determinePartSize(total, preferred), size);
  }
  assert.throws(() => determinePartSize(LARGEST + 1), RangeError, /total .*got 53687091200001/);
  assert.throws(() => determinePartSize(-1), RangeError, /total/);
  assert.throws(() => determinePartSize(1.5), RangeError, /total/);
  assert.throws(() => determinePartSize(1, 0), RangeError, /preferred/);
});

test("plan: parts of an unknown length keep their size at first and never run out below 15 TB", () => {
  for (const preferred of [MIN_PART, MIB, 8 * MIB, 100 * MIB, MAX_PART]) {
    let offset = 0;
    let before = 0;
    for (let part = 1; part <= MAX_PARTS; part++) {
      const size = growingPartSize(part, offset, preferred);
      assert.isTrue(Number.isInteger(size) && size >= before && size <= MAX_PART);
      if (part <= 900) assert.equal(size, preferred);
      // Memory serves only parts of one length: it must not be another one for each part.
      if (size !== preferred && size < MAX_PART) assert.equal(size % Math.min(MIB, preferred), 0);
      before = size;
      offset += size;
    }
    assert.isAbove(offset, 15e12);
  }
});

test("plan: defaults, and five requests at once in browsers", () => {
  assert.deepEqual(makePlan({}), { partSize: 8 * MIB, concurrency: 4, threshold: 8 * MIB, auto: undefined });
  const browser = runtime === "chromium" || runtime === "firefox" || runtime === "webkit";
  assert.equal(makePlan({ concurrency: 16 }).concurrency, browser ? 5 : 16);
  assert.deepInclude(makePlan({ partSize: MIN_PART, concurrency: 1, multipartThreshold: 0 }), {
    partSize: MIN_PART,
    concurrency: 1,
    threshold: 0,
  });
});

test("plan: bad options are a RangeError with the name and the value", () => {
  for (const [name, ...values] of [
    ["partSize", MIN_PART - 1, MAX_PART + 1, 200_000.5, Number.NaN, "8388608"],
    ["concurrency", 0, -1, 1.5, Number.POSITIVE_INFINITY],
    ["multipartThreshold", -1, MAX_PART + 1, Number.NaN],
  ] as const) {
    for (const value of values) {
      assert.throws(() => makePlan({ [name]: value }), RangeError, new RegExp(`${name} .*${value}`));
    }
  }
});
