/** The progress of many files: sums, rates and reports, with a clock of its own. */
import type { Progress } from "../../../../src/streams/progress.ts";
import { createFilesMeter, type FilesMeter } from "../../../../src/transfer/files/meter.ts";
import type { FilesProgress } from "../../../../src/transfer/files/types.ts";
import { assert, fc, test } from "../../../harness.ts";

function meterAt(clock: { time: number }): { meter: FilesMeter; told: FilesProgress[] } {
  const told: FilesProgress[] = [];
  return {
    told,
    meter: createFilesMeter(
      (progress) => told.push(progress),
      () => clock.time,
    ),
  };
}

const moved = (loaded: number, acknowledged: number, total?: number): Progress => ({
  loaded,
  acknowledged,
  rate: 0,
  parts: { done: 0 },
  ...(total !== undefined && { total }),
});

test("files meter: whatever happens, numbers grow, and end at the total when all is done", () => {
  const file = fc.record({
    size: fc.nat(1000),
    announced: fc.boolean(),
    fails: fc.boolean(),
    steps: fc.array(fc.nat(1000)),
  });
  const property = fc.property(fc.array(file, { maxLength: 20 }), (files) => {
    const clock = { time: 0 };
    const { meter, told } = meterAt(clock);
    for (const { size, announced } of files) meter.found(announced ? size : undefined);
    meter.final();
    for (const one of files) {
      const announced = one.announced ? one.size : undefined;
      for (const step of one.steps) {
        clock.time += 60;
        const loaded = Math.min(step, one.size);
        meter.moved(one, moved(loaded, Math.min(loaded, step >> 1), one.size), announced);
      }
      if (one.fails) meter.failed(one);
      else meter.done(one, one.size, announced);
    }
    meter.tell();
    for (const [at, now] of told.entries()) {
      const last = told[at - 1];
      if (!last) continue;
      for (const name of ["loaded", "acknowledged", "total"] as const) assert.isAtLeast(now[name], last[name]);
      assert.isAtMost(now.acknowledged, now.loaded);
      assert.isAtMost(now.loaded, now.total);
    }
    const last = told.at(-1) ?? assert.fail("nothing was told");
    const done = files.filter(({ fails }) => !fails);
    assert.deepEqual(last.files, { done: done.length, failed: files.length - done.length, total: files.length });
    if (done.length < files.length) return;
    const size = files.reduce((sum, one) => sum + one.size, 0);
    assert.deepEqual([last.loaded, last.acknowledged, last.total, last.final], [size, size, size, true]);
  });
  fc.assert(property);
});

test("files meter: rate and time left, some ten reports a second, a clock that is set back", () => {
  const clock = { time: 1_000_000 };
  const { meter, told } = meterAt(clock);
  const file = {};
  meter.found(100_000);
  for (let at = 1; at <= 1000; at++) {
    clock.time += 10;
    meter.moved(file, moved(at * 50, at * 50), 100_000);
  }
  assert.isAtLeast(told.length, 90);
  assert.isAtMost(told.length, 102);
  const half = told.at(-1) ?? assert.fail("nothing was told");
  assert.closeTo(half.rate, 5000, 50);
  assert.isUndefined(half.eta, "the total is not final");
  meter.final();
  meter.tell();
  assert.closeTo(told.at(-1)?.eta ?? 0, 10_000, 200);
  clock.time -= 3_600_000;
  meter.moved(file, moved(60_000, 60_000), 100_000);
  meter.tell();
  assert.isAtLeast(told.at(-1)?.rate ?? -1, 0);
  // A file that turned out shorter than announced.
  meter.done(file, 70_000, 100_000);
  meter.tell();
  assert.deepInclude(told.at(-1), { acknowledged: 70_000, loaded: 70_000, total: 70_000 });
});

test("files meter: of parts that come several at once, seconds apart, the rate is that of the link", () => {
  for (const beat of [100, 5000]) {
    const clock = { time: 0 };
    const { meter, told } = meterAt(clock);
    const file = {};
    meter.found(64_000);
    meter.final();
    for (let round = 1; round <= 2; round++) {
      // What leaves is told meanwhile, as often as a `fetch` that counts does.
      for (; clock.time < round * 32_000; clock.time += beat)
        meter.moved(file, moved(clock.time, (round - 1) * 32_000), 64_000);
      clock.time = round * 32_000;
      for (let part = 1; part <= 4; part++, clock.time += 50)
        meter.moved(file, moved(round * 32_000, (round - 1) * 32_000 + part * 8000), 64_000);
      meter.tell();
      assert.closeTo(told.at(-1)?.rate ?? 0, 1000, 20, `round ${round}`);
    }
  }
});

test("files meter: what lies before a wait does not count for the rate", () => {
  const clock = { time: 0 };
  const { meter, told } = meterAt(clock);
  const file = {};
  clock.time += 1000;
  meter.moved(file, moved(1000, 1000), 0);
  clock.time += 60_000;
  meter.idle();
  meter.tell();
  assert.equal(told.at(-1)?.rate, 0);
  clock.time += 1000;
  meter.moved(file, moved(4000, 4000), 0);
  meter.tell();
  assert.equal(told.at(-1)?.rate, 3000);
});

test("files meter: thousands of files in a second are no burden", () => {
  const clock = { time: 0 };
  const { meter, told } = meterAt(clock);
  for (let at = 0; at < 50_000; at++) {
    clock.time += 0.2;
    meter.found(10);
    meter.done({}, 10, 10);
  }
  assert.isAtMost(told.length, 102);
  meter.tell();
  assert.equal(told.at(-1)?.acknowledged, 500_000);
});
