/**
 * What an automatic pace is worth on simulated links: against 8 MiB x 4, and against the best fixed setting of all.
 */
import { assert, fc, test } from "../harness.ts";
import type { Link } from "../unit/transfer/link/link.ts";
import { auto, type Bounds, BROWSER, fixed, grid, LINKS, MIB, SERVER } from "../unit/transfer/link/paces.ts";
import { type Job, simulate } from "../unit/transfer/link/simulate.ts";

const EIGHT_BY_FOUR = fixed(8 * MIB, 4);

/** How much faster than 8 MiB x 4, over several seeds where there is chance. */
function gain(link: Link, job: Job, bounds: Bounds): number {
  const seeds = link.loss || link.breaks || link.admitted || link.spread ? [1, 2, 3, 4, 5, 6] : [1];
  let reference = 0;
  let time = 0;
  for (const seed of seeds) {
    const run = simulate(link, { ...job, seed: seed + (job.seed ?? 0) }, auto(bounds));
    assert.isAtMost(run.held, bounds.memory, "bytes under way");
    assert.isAtMost(run.lanes, bounds.cap);
    time += run.time;
    reference += simulate(link, { ...job, seed: seed + (job.seed ?? 0) }, EIGHT_BY_FOUR).time;
  }
  return reference / time;
}

for (const [title, bounds] of [
  ["in servers", SERVER],
  ["in browsers", BROWSER],
] as const) {
  test(`pace: never below 0.9x of 8 MiB x 4 on known links, ${title}`, (t) => {
    let worst = { ratio: Number.POSITIVE_INFINITY, what: "" };
    for (const link of LINKS) {
      for (const total of [64e6, 100e6, 300e6, 2e9]) {
        for (const known of [true, false]) {
          const ratio = gain(link, { total, known }, bounds);
          const what = `${link.name}, ${total / 1e6} MB${known ? "" : " of unknown length"}`;
          if (ratio < worst.ratio) worst = { ratio, what };
          assert.isAtLeast(ratio, 0.9, what);
        }
      }
    }
    t.note(`at least ${worst.ratio.toFixed(2)}x of 8 MiB x 4 (${worst.what})`);
  });

  test(`pace: within 10 % of the best fixed setting after 30 s, ${title}`, (t) => {
    let worst = { ratio: Number.POSITIVE_INFINITY, what: "" };
    for (const link of LINKS) {
      const endless = { total: 2 ** 34, from: 30_000, until: 75_000 };
      const measured = simulate(link, endless, auto(bounds)).steady;
      for (const { name, make } of grid(bounds)) {
        const ratio = measured / simulate(link, endless, make).steady;
        const what = `${link.name} against ${name}`;
        if (ratio < worst.ratio) worst = { ratio, what };
        assert.isAtLeast(ratio, 0.9, what);
      }
    }
    t.note(`at least ${worst.ratio.toFixed(2)}x of the best fixed setting (${worst.what})`);
  });

  test(`pace: 0.85x of the best fixed setting over a whole transfer of 4 GB, ${title}`, (t) => {
    let worst = { ratio: Number.POSITIVE_INFINITY, what: "" };
    for (const link of LINKS.slice(0, 9)) {
      const { time } = simulate(link, { total: 4e9 }, auto(bounds));
      for (const { name, make } of grid(bounds)) {
        const ratio = simulate(link, { total: 4e9 }, make).time / time;
        const what = `${link.name} against ${name}`;
        if (ratio < worst.ratio) worst = { ratio, what };
        assert.isAtLeast(ratio, 0.85, what);
      }
    }
    t.note(`at least ${worst.ratio.toFixed(2)}x of the best fixed setting (${worst.what})`);
  });
}

/** A number whose logarithm is as likely anywhere between two bounds. */
function spread(least: number, most: number): fc.Arbitrary<number> {
  return fc.nat(1000).map((at) => least * (most / least) ** (at / 1000));
}

const ANY_LINK = fc
  .record({
    connection: spread(200, 100_000),
    latency: spread(2, 200),
    spread: fc.constantFrom(0, 0.5, 2),
    together: fc.option(spread(1, 40)),
    sockets: fc.option(fc.constant(6)),
    loss: fc.constantFrom(0, 0, 0.01, 0.05),
    breaks: fc.constantFrom(0, 0, 0.02),
    steps: fc.array(fc.record({ at: spread(300, 20_000), factor: spread(0.1, 5) }), { maxLength: 5 }),
  })
  .map(
    ({ together, sockets, steps, ...rest }): Link => ({
      name: "any",
      ...rest,
      ...(together && { shared: rest.connection * together }),
      ...(sockets && { sockets }),
      steps: steps.sort((a, b) => a.at - b.at),
    }),
  );

test("pace: never below 0.9x of 8 MiB x 4 on any link with loss, latency, rate steps and six sockets", () => {
  fc.assert(
    fc.property(
      ANY_LINK,
      spread(64e6, 2e9).map(Math.round),
      fc.constantFrom(SERVER, BROWSER),
      fc.boolean(),
      fc.nat(1e6),
      (any, total, bounds, visible, seed) => {
        // Six sockets are what browsers have, and what the bound of their lanes is for.
        const { sockets, ...link } = any;
        if (sockets && bounds === BROWSER) Object.assign(link, { sockets });
        assert.isAtLeast(gain(link, { total, visible, seed }, bounds), 0.9);
      },
    ),
    { numRuns: 40, seed: 4 },
  );
});
