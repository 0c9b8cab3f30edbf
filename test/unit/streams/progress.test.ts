import { createProgress, type Progress } from "../../../src/streams/progress.ts";
import { assert, fc, test } from "../../harness.ts";

function meter(): { events: Progress[]; clock: { time: number }; progress: ReturnType<typeof createProgress> } {
  const events: Progress[] = [];
  const clock = { time: 1_000_000 };
  return {
    events,
    clock,
    progress: createProgress(
      (event) => events.push(event),
      () => clock.time,
    ),
  };
}

type Step = { part: number; kind: "sent" | "confirmed"; share: number; wait: number };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    part: fc.integer({ min: 1, max: 6 }),
    kind: fc.constantFrom("sent" as const, "confirmed" as const),
    share: fc.integer({ min: 0, max: 10 }),
    // The clock may be set back, too.
    wait: fc.integer({ min: -5000, max: 20_000 }),
  }),
  { maxLength: 60 },
);

test("progress: never decreases whatever parts do, stays within the total and ends exactly there", () => {
  fc.assert(
    fc.property(steps, fc.boolean(), (script, early) => {
      const { events, clock, progress } = meter();
      const size = 100;
      const total = 6 * size;
      if (early) progress.expect(total, 6);
      const open = new Set([1, 2, 3, 4, 5, 6]);
      for (const { part, kind, share, wait } of script) {
        clock.time += wait;
        if (!open.has(part)) continue;
        if (kind === "sent") progress.sent(part, share * 10);
        else progress.confirmed(part, size);
        if (kind === "confirmed") open.delete(part);
      }
      for (const part of open) progress.confirmed(part, size);
      if (!early) progress.expect(total, 6);

      let before: Progress = { loaded: 0, acknowledged: 0, rate: 0, parts: { done: 0 } };
      for (const event of events) {
        assert.isAtLeast(event.loaded, before.loaded);
        assert.isAtLeast(event.acknowledged, before.acknowledged);
        assert.isAtLeast(event.parts.done, before.parts.done);
        assert.isAtMost(event.acknowledged, event.loaded);
        assert.isAtMost(event.loaded, total);
        assert.isAtLeast(event.rate, 0);
        assert.isTrue(Number.isFinite(event.rate) && Number.isFinite(event.eta ?? 0));
        assert.isAtLeast(event.eta ?? 0, 0);
        before = event;
      }
      assert.deepInclude(before, { loaded: total, acknowledged: total, total, parts: { done: 6, total: 6 } });
    }),
  );
});

test("progress: rate is bytes per second of what was confirmed, eta the milliseconds left", () => {
  const { events, clock, progress } = meter();
  progress.expect(4000, 4);
  assert.deepEqual(events.at(-1), { loaded: 0, acknowledged: 0, rate: 0, total: 4000, parts: { done: 0, total: 4 } });
  progress.sent(1, 1000);
  assert.equal(events.at(-1)?.rate, 0);
  clock.time += 2000;
  progress.confirmed(1, 1000);
  assert.deepInclude(events.at(-1), { rate: 500, eta: 6000 });
  // Ten seconds later the slow start is forgotten.
  clock.time += 10_000;
  progress.confirmed(2, 1000);
  clock.time += 10_000;
  progress.confirmed(3, 1000);
  assert.deepInclude(events.at(-1), { rate: 100, eta: 10_000 });
});

test("progress: of parts that come several at once, seconds apart, the rate is that of the link", () => {
  const link = fc.record({
    lanes: fc.integer({ min: 1, max: 8 }),
    gap: fc.integer({ min: 12_000, max: 120_000 }),
    jitter: fc.integer({ min: 0, max: 120 }),
  });
  fc.assert(
    fc.property(link, ({ lanes, gap, jitter }) => {
      const { events, clock, progress } = meter();
      progress.expect(4 * lanes * 1000, 4 * lanes);
      for (let round = 0; round < 4; round++) {
        clock.time = 1_000_000 + (round + 1) * gap - lanes * jitter;
        for (let lane = 0; lane < lanes; lane++) {
          clock.time += jitter;
          progress.confirmed(round * lanes + lane, 1000);
        }
        const { rate = 0, eta = 0 } = events.at(-1) ?? {};
        assert.closeTo(rate, (lanes * 1e6) / gap, (lanes * 1e6) / gap / 50);
        assert.closeTo(eta, (3 - round) * gap, (4 * gap) / 50);
      }
    }),
  );
});

test("progress: what lies before a wait does not count for the rate", () => {
  const { events, clock, progress } = meter();
  clock.time += 1000;
  progress.confirmed(1, 1000);
  clock.time += 60_000;
  progress.idle();
  assert.equal(events.at(-1)?.rate, 0);
  clock.time += 1000;
  progress.confirmed(2, 3000);
  assert.equal(events.at(-1)?.rate, 3000);
});

test("progress: a clock that is set back makes the rate start anew", () => {
  const { events, clock, progress } = meter();
  clock.time += 1000;
  progress.confirmed(1, 1000);
  clock.time -= 900_000;
  progress.confirmed(2, 1000);
  clock.time += 1000;
  progress.confirmed(3, 5000);
  assert.equal(events.at(-1)?.rate, 5000);
});

test("progress: of a part that was confirmed nothing more leaves", () => {
  const { events, progress } = meter();
  progress.expect(20, 2);
  progress.sent(1, 10);
  progress.confirmed(1, 10);
  const { length } = events;
  progress.sent(1, 9);
  assert.lengthOf(events, length);
  progress.sent(2, 1);
  assert.deepInclude(events.at(-1), { loaded: 11, acknowledged: 10 });
});

test("progress: without a listener it does nothing", () => {
  const progress = createProgress(undefined, () => assert.fail("asked for the time"));
  progress.expect(1, 1);
  progress.sent(1, 1);
  progress.confirmed(1, 1);
});
