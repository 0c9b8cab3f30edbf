import { createLanes, type Lanes } from "../../../src/transfer/lanes.ts";
import { assert, fc, test } from "../../harness.ts";

const MB = 1e6;

/** As many parts as are needed for one judgement, on a link where `carried` says what so many lanes carry together. */
function round(lanes: Lanes, carried: (lanes: number) => number): number {
  const { count } = lanes;
  const milliseconds = (MB * count) / carried(count);
  for (let part = 0; part < count; part++) lanes.arrived(MB, milliseconds, count);
  return lanes.count;
}

/** The numbers of lanes in the rounds that follow. */
function course(lanes: Lanes, rounds: number, carried: (lanes: number) => number): number[] {
  return Array.from({ length: rounds }, () => round(lanes, carried));
}

test("lanes: slow start doubles them as long as that pays, up to the cap", () => {
  assert.deepEqual(
    course(createLanes(8, 32), 4, (lanes) => lanes * 1000),
    [16, 32, 32, 32],
  );
  assert.deepEqual(
    course(createLanes(8, 20), 3, (lanes) => lanes * 1000),
    [16, 20, 20],
  );
  const browser = createLanes(8, 5);
  assert.equal(browser.count, 5);
  assert.deepEqual(
    course(browser, 3, (lanes) => lanes * 1000),
    [5, 5, 5],
  );
});

test("lanes: what does not pay is taken back; more is then tried step by step, and ever less often", () => {
  const shared = (lanes: number): number => Math.min(lanes * 1000, 16_000);
  const lanes = createLanes(8, 64);
  const counts = course(lanes, 60, shared);
  assert.deepEqual(counts.slice(0, 3), [16, 32, 16]);
  const tries = counts.flatMap((count, at) => (count > 16 ? [at] : []));
  assert.isAbove(tries.length, 3);
  assert.isBelow(tries.length, 12);
  assert.isTrue(counts.every((count, at) => at < 3 || count === 16 || count === 18));
  assert.isFalse(lanes.rising);
});

test("lanes: lanes are added while each new one carries its share", () => {
  const lanes = createLanes(8, 32);
  // Doubling from 8 is not worth it, but up to 11 lanes there is something left.
  const shared = (count: number): number => Math.min(count * 1000, 9_000);
  course(lanes, 3, shared);
  assert.equal(lanes.count, 8);
  const later = course(lanes, 40, (count) => Math.min(count * 1000, 11_000));
  assert.include([11, 12], Math.min(...later.slice(-10)));
});

test("lanes: fewer are kept where goodput fell because there were too many, and opened again where it did not", () => {
  const crowded = (count: number): number => 16_000 * 0.8 ** Math.max(0, count - 9);
  const lanes = createLanes(8, 16);
  course(lanes, 6, (count) => count * 1000);
  assert.equal(lanes.count, 16);
  const crowd = course(lanes, 40, crowded);
  assert.isAtMost(Math.max(...crowd.slice(-10)), 11);
  assert.isAtLeast(Math.min(...crowd), 4);

  const slow = createLanes(8, 16);
  course(slow, 6, (count) => count * 1000);
  const counts = course(slow, 10, (count) => count * 100);
  assert.include(counts, 11);
  assert.equal(counts.at(-1), 16);
});

test("lanes: failures close a third of them at once, never below four", () => {
  const lanes = createLanes(8, 32);
  course(lanes, 4, (count) => count * 1000);
  assert.equal(lanes.count, 32);
  for (let failure = 0; failure < 8; failure++) lanes.failed();
  assert.equal(lanes.count, 21);
  // Where fewer carry as much they stay closed.
  assert.equal(
    round(lanes, () => 32_000),
    21,
  );
  for (let turn = 0; turn < 200; turn++) lanes.failed();
  assert.isAtLeast(lanes.count, 4);
});

test("lanes: a few failures among many parts close none", () => {
  const lanes = createLanes(8, 32);
  course(lanes, 4, (count) => count * 1000);
  for (let turn = 0; turn < 20; turn++) {
    lanes.failed();
    assert.equal(lanes.count, 32);
    round(lanes, (count) => count * 1000);
  }
});

test("lanes: nothing is opened while those there are stand empty", () => {
  const lanes = createLanes(8, 32);
  for (let part = 0; part < 100; part++) {
    lanes.arrived(MB, 1000, 3);
    assert.equal(lanes.count, 8);
  }
});

test("lanes: whatever happens, from four or the cap to the cap", () => {
  const event = fc.oneof(
    fc.record({
      bytes: fc.integer({ min: 1, max: 2 ** 40 }),
      ms: fc.integer({ min: 1, max: 2 ** 40 }),
      busy: fc.nat(64),
    }),
    fc.constant(undefined),
  );
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 40 }),
      fc.array(event, { maxLength: 300 }),
      (start, cap, events) => {
        const lanes = createLanes(start, cap);
        for (const one of events) {
          const { count, epoch } = lanes;
          if (one) lanes.arrived(one.bytes, one.ms, one.busy);
          else lanes.failed();
          assert.isTrue(Number.isInteger(lanes.count) && lanes.count >= 1 && lanes.count <= cap);
          if (lanes.count < Math.min(count, 4)) assert.fail(`${count} became ${lanes.count}`);
          if (lanes.count !== count) assert.notEqual(lanes.epoch, epoch);
        }
      },
    ),
  );
});
