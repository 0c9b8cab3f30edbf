/** The clock that learns from skew errors. */
import { createClock } from "../../../src/core/clock.ts";
import { assert, test } from "../../harness.ts";

const HOUR = 3_600_000;

test("a clock is the local one until it learns, and then runs on from there", () => {
  let local = 1_000_000;
  const clock = createClock(() => local);
  assert.equal(clock.now(), 1_000_000);
  clock.learn(local + 3 * HOUR);
  assert.equal(clock.now(), local + 3 * HOUR);
  local += 500;
  assert.equal(clock.now(), local + 3 * HOUR);
  clock.learn(local - 3 * HOUR);
  assert.equal(clock.now(), local - 3 * HOUR);
});

test("without a clock of its own it is the system's", () => {
  const before = Date.now();
  const now = createClock().now();
  assert.isTrue(before <= now && now <= Date.now());
});
