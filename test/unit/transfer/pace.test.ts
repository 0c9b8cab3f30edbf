import { makePlan } from "../../../src/transfer/check_plan.ts";
import { autoPace, createPace } from "../../../src/transfer/pace.ts";
import { MAX_PARTS, type Pace, type Plan } from "../../../src/transfer/plan.ts";
import { assert, fc, runtime, test } from "../../harness.ts";
import { auto, BROWSER, fixed, LINKS, MIB, SERVER } from "./link/paces.ts";
import { simulate } from "./link/simulate.ts";

const DEFAULT = { start: { partSize: 8 * MIB, lanes: 8 }, ...SERVER };

test("pace: a sample of the links: never below 0.9x of 8 MiB x 4, in bounded memory", () => {
  for (const bounds of [SERVER, BROWSER]) {
    for (const link of LINKS.slice(0, 6)) {
      const run = simulate(link, { total: 300e6 }, auto(bounds));
      const reference = simulate(link, { total: 300e6 }, fixed(8 * MIB, 4));
      assert.isAtLeast(reference.time / run.time, 0.9, link.name);
      assert.isAtMost(run.held, bounds.memory);
    }
  }
});

test("pace: of long transfers most parts are as long as the one before, whose memory they can take over", () => {
  for (const bounds of [SERVER, BROWSER]) {
    for (const link of LINKS) {
      for (const known of [true, false]) {
        const { sizes } = simulate(link, { total: 2e9, known }, auto(bounds));
        // Towards a known end parts become shorter one by one.
        const steady = sizes.slice(0, -3 * bounds.cap);
        const changes = steady.filter((bytes, at) => at > 0 && bytes !== steady[at - 1]).length;
        assert.isAtMost(changes, 12 + steady.length / 10, `${link.name}, ${sizes.length} parts`);
      }
    }
  }
});

test("pace: the same seed gives the same transfer", () => {
  const link = { name: "", connection: 5000, latency: 30, spread: 1, loss: 0.05, shared: 60_000 };
  const run = (seed: number): unknown => simulate(link, { total: 500e6, seed }, auto(SERVER));
  assert.deepEqual(run(7), run(7));
  assert.notDeepEqual(run(7), run(8));
});

test("pace: a small transfer begins with as many equal parts as lanes, none over 8 MiB", () => {
  fc.assert(
    fc.property(fc.integer({ min: 9 * MIB, max: 256 * MIB - 1 }), fc.constantFrom(SERVER, BROWSER), (total, bounds) => {
      const pace = createPace({ ...DEFAULT, ...bounds, now: () => 0 });
      const lanes = Math.min(8, bounds.cap);
      assert.equal(pace.lanes(), lanes);
      let offset = 0;
      const sizes: number[] = [];
      while (sizes.length < lanes) {
        const size = pace.next(sizes.length + 1, offset, total - offset);
        sizes.push(size);
        offset += size;
      }
      assert.isAtMost(Math.max(...sizes), 8 * MIB);
      if (total > lanes * MIB) assert.isAtMost(Math.max(...sizes) - Math.min(...sizes), 2 * lanes);
      if (total <= lanes * 8 * MIB) assert.equal(offset, total);
    }),
  );
});

const EVENTS = fc.array(fc.record({ what: fc.nat(9), lane: fc.nat(40), ms: fc.integer({ min: -500, max: 20_000 }) }), {
  maxLength: 400,
});

test("pace: whatever happens, no byte is left out, parts and memory keep to their bounds, and 10,000 parts do", () => {
  fc.assert(
    fc.property(
      EVENTS,
      fc.integer({ min: 1, max: 2 ** 36 }),
      fc.boolean(),
      fc.option(fc.integer({ min: 1, max: 64 })),
      fc.option(fc.integer({ min: 102_400, max: 2 ** 26 })),
      (events, total, known, concurrency, partSize) => {
        const memory = Math.max(256 * MIB, 5 * (partSize ?? 0));
        let now = 1e12;
        const setup = { ...DEFAULT, memory, concurrency: concurrency ?? undefined, partSize: partSize ?? undefined };
        const pace = createPace({ ...setup, now: () => now });
        const open: { readonly part: number; readonly bytes: number }[] = [];
        let part = 0;
        let offset = 0;
        for (const { what, lane, ms } of events) {
          now += ms;
          const one = open[lane % Math.max(1, open.length)];
          if (one && what < 4) {
            open.splice(open.indexOf(one), 1);
            pace.finished(one.part);
          } else if (one && what === 4) {
            pace.failed(one.part);
            pace.started(one.part, one.bytes);
          }
          while (offset < total && open.length < pace.lanes()) {
            const claimed = pace.next(++part, offset, known ? total - offset : undefined);
            const bytes = Math.min(claimed, total - offset);
            assert.isTrue(Number.isSafeInteger(claimed) && claimed > 0);
            if (known) assert.isAtMost(claimed, total - offset);
            if (offset + bytes < total) assert.isAtLeast(bytes, 102_400);
            if (partSize && bytes < total - offset) assert.isAtLeast(bytes, partSize);
            pace.started(part, bytes);
            open.push({ part, bytes });
            offset += bytes;
          }
          const lanes = pace.lanes();
          assert.isTrue(Number.isInteger(lanes) && lanes >= 1 && lanes <= (concurrency ?? 32));
          if (total < 2 ** 33 && known)
            assert.isAtMost(
              open.reduce((sum, { bytes }) => sum + bytes, 0),
              memory,
            );
          if (known) assert.isAtMost((total - offset) / Math.max(1, MAX_PARTS - part), 2 ** 33);
        }
      },
    ),
  );
});

test("pace: 10,000 parts do for any length", () => {
  for (const [total, known] of [
    [5e13, true],
    [2e12, true],
    [2e12, false],
  ] as const) {
    const pace = createPace({ ...DEFAULT, now: () => 0 });
    let part = 0;
    for (let offset = 0; offset < total; ) {
      offset += pace.next(++part, offset, known ? total - offset : undefined);
      pace.started(part, 1);
      pace.finished(part);
      assert.isAtLeast(pace.lanes(), 4);
    }
    assert.isAtMost(part, MAX_PARTS);
  }
});

test("pace: what a pause interrupted is measured from its new start, what failed from its first", () => {
  const run = (between: (part: number, pace: ReturnType<typeof createPace>) => void): number => {
    let now = 0;
    const pace = createPace({ ...DEFAULT, concurrency: 1, now: () => now });
    const total = 2 ** 33;
    const bytes = pace.next(1, 0, total);
    pace.started(1, bytes);
    now += 60_000;
    between(1, pace);
    pace.started(1, bytes);
    now += 1000;
    pace.finished(1);
    return pace.next(2, bytes, total - bytes);
  };
  const paused = run(() => undefined);
  const failed = run((part, pace) => pace.failed(part));
  assert.isAbove(paused, 3 * failed);
});

test("pace: a clock that is set back in between teaches nothing", () => {
  let now = 1e12;
  const pace = createPace({ ...DEFAULT, concurrency: 1, now: () => now });
  const total = 2 ** 33;
  for (const [part, milliseconds] of [
    [1, 4000],
    [2, -3600e3],
  ] as const) {
    pace.started(part, pace.next(part, 0, total));
    now += milliseconds;
    pace.finished(part);
  }
  // 8 MiB in 4 s, which suits.
  assert.equal(pace.next(3, 0, total), 8 * MIB);
});

test("pace: plans say what adapts, and within which bounds", () => {
  const open = (chosen: Plan): Pace => autoPace(chosen, chosen.auto ?? assert.fail("nothing adapts"), () => 0);
  const free = ["node", "deno", "bun"].includes(runtime);
  const plan = makePlan({ partSize: "auto", concurrency: "auto" });
  assert.deepInclude(plan, { partSize: 8 * MIB, auto: { partSize: "auto", concurrency: "auto" } });
  assert.equal(open(plan).lanes(), free ? 8 : 5);

  const sizes = open(makePlan({ partSize: "auto", concurrency: 3 }));
  assert.equal(sizes.lanes(), 3);
  const lanes = open(makePlan({ partSize: 4 * MIB, concurrency: "auto" }));
  assert.equal(lanes.next(1, 0, 2 ** 35), 4 * MIB);
  assert.equal(lanes.lanes(), free ? 8 : 5);
  // Long parts get no more lanes than memory has room for, but as many as by default.
  const long = open(makePlan({ partSize: 64 * MIB, concurrency: "auto" }));
  let begun = 0;
  while (begun < long.lanes()) long.started(++begun, long.next(begun, begun * 64 * MIB, 2 ** 35));
  assert.equal(begun, 5);
});
