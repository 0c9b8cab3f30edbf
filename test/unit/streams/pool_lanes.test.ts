/**
 * Pools whose number of lanes changes while they run.
 */
import { runPool } from "../../../src/streams/pool.ts";
import { assert, fc, test } from "../../harness.ts";
import { deferred, failure } from "./support.ts";

/** After so many ended steps, so many lanes. */
const CHANGES = fc.array(fc.record({ after: fc.nat(40), lanes: fc.integer({ min: 1, max: 9 }) }), { maxLength: 8 });

test("pool: lanes open and close with the limit, as soon as a step has ended, and no work is lost", async () => {
  await fc.assert(
    fc.asyncProperty(
      CHANGES,
      fc.integer({ min: 1, max: 6 }),
      fc.nat(60),
      fc.scheduler(),
      async (changes, first, steps, s) => {
        let limit = first;
        let claimed = 0;
        let running = 0;
        let ended = 0;
        const faults: string[] = [];
        const pool = runPool(
          () => limit,
          new AbortController(),
          async () => {
            if (claimed === steps) return false;
            claimed += 1;
            running += 1;
            // A step that begins finds room, whatever the limit was before.
            if (running > Math.max(1, limit)) faults.push(`${running} begun of ${limit}`);
            await s.schedule(Promise.resolve());
            running -= 1;
            ended += 1;
            for (const { after, lanes } of changes) if (after === ended) limit = lanes;
            return true;
          },
        );
        while (s.count() > 0) {
          await s.waitOne();
          // What the step opened or closed has happened once the microtasks are done.
          for (let turn = 0; turn < 5; turn++) await undefined;
          const wanted = Math.max(1, limit);
          if (claimed < steps && running < wanted) faults.push(`only ${running} of ${limit} run`);
        }
        await pool;
        assert.equal(ended, steps);
        assert.deepEqual(faults, []);
      },
    ),
  );
});

test("pool: no lane is opened for work that is over, and what was opened late is awaited", async () => {
  const ends = [deferred<boolean>(), deferred<boolean>(), deferred<boolean>()];
  let limit = 1;
  let asked = 0;
  let settled = false;
  const pool = runPool(
    () => limit,
    new AbortController(),
    () => ends[asked++]?.promise ?? Promise.resolve(false),
  ).finally(() => {
    settled = true;
  });
  const step = async (at: number, more: boolean): Promise<void> => {
    ends[at]?.resolve(more);
    await new Promise((resolve) => setTimeout(resolve));
  };
  limit = 2;
  await step(0, true);
  assert.equal(asked, 3);
  limit = 9;
  await step(2, false);
  assert.isFalse(settled);
  // The last lane goes on until it is told that there is no more; nobody joins it.
  await step(1, true);
  assert.equal(asked, 4);
  await pool;
});

test("pool: a limit that throws ends the pool with its error, once all steps have ended", async () => {
  const fault = new Error("limit");
  let asked = 0;
  let running = 0;
  const pool = runPool(
    () => {
      if (++asked > 6) throw fault;
      return 3;
    },
    new AbortController(),
    async () => {
      running += 1;
      await undefined;
      running -= 1;
      return true;
    },
  );
  assert.equal(await failure(pool), fault);
  assert.equal(running, 0);
});
