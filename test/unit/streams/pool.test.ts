import { runPool } from "../../../src/streams/pool.ts";
import { assert, fc, test } from "../../harness.ts";
import { deferred, failure } from "./support.ts";

test("pool: runs every step, never more than allowed at once, and as many as allowed", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(30), fc.integer({ min: 1, max: 8 }), fc.scheduler(), async (steps, lanes, s) => {
      let claimed = 0;
      let running = 0;
      let most = 0;
      let finished = 0;
      const pool = runPool(lanes, new AbortController(), async () => {
        if (claimed === steps) return false;
        claimed += 1;
        most = Math.max(most, ++running);
        await s.schedule(Promise.resolve());
        running -= 1;
        finished += 1;
        return true;
      });
      await s.waitFor(pool);
      assert.equal(finished, steps);
      assert.equal(most, Math.min(steps, lanes));
    }),
  );
});

test("pool: the first failure stops the rest, which is awaited; no step begins after it", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 6 }),
      fc.scheduler(),
      async (at, lanes, s) => {
        const controller = new AbortController();
        const fault = new Error("first");
        let claimed = 0;
        let running = 0;
        let begunLate = false;
        const pool = runPool(lanes, controller, async () => {
          const number = ++claimed;
          begunLate ||= controller.signal.aborted;
          running += 1;
          try {
            await s.schedule(Promise.resolve());
            if (number === at) throw fault;
            controller.signal.throwIfAborted();
          } finally {
            running -= 1;
          }
          return true;
        });
        assert.equal(await s.waitFor(failure(pool)), fault);
        assert.equal(running, 0);
        assert.isFalse(begunLate);
      },
    ),
  );
});

test("pool: an abort from outside rejects with its reason once all steps have ended", async () => {
  const controller = new AbortController();
  const step = deferred<boolean>();
  let settled = false;
  const pool = failure(runPool(2, controller, () => step.promise)).finally(() => {
    settled = true;
  });
  const reason = { why: "user" };
  controller.abort(reason);
  await new Promise((resolve) => setTimeout(resolve));
  assert.isFalse(settled);
  step.resolve(true);
  assert.equal(await pool, reason);
});

test("pool: an abort before the start runs nothing", async () => {
  const controller = new AbortController();
  controller.abort("no");
  assert.equal(await failure(runPool(3, controller, () => assert.fail("ran"))), "no");
});
