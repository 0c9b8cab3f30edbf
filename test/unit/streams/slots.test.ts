/**
 * Slots: never more than there are, served by priority and in order, none lost.
 */
import fc from "fast-check";
import { createSlots } from "../../../src/streams/slots.ts";
import { assert, test } from "../../harness.ts";

test("never more slots are taken than there are, and none is lost, whatever is aborted", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.record({ priority: fc.integer({ min: 0, max: 2 }), aborted: fc.boolean() }), { maxLength: 30 }),
      async (limit, wanted) => {
        const slots = createSlots(limit);
        let held = 0;
        let most = 0;
        const jobs = wanted.map(async ({ priority, aborted }) => {
          const controller = new AbortController();
          const slot = slots.take(controller.signal, priority);
          if (aborted) controller.abort("gone");
          try {
            const release = await slot;
            most = Math.max(most, ++held);
            await Promise.resolve();
            held--;
            release();
            release();
            return "done";
          } catch (reason) {
            return reason;
          }
        });
        const ends = await Promise.all(jobs);
        assert.isAtMost(most, limit);
        assert.equal(held, 0);
        // The first ones had their slots at once, and keep them though they are aborted.
        ends.forEach((end, at) => {
          assert.equal(end, wanted[at]?.aborted && at >= limit ? "gone" : "done");
        });
        const free = await Promise.all(Array.from({ length: limit }, () => slots.take(new AbortController().signal)));
        assert.lengthOf(free, limit);
      },
    ),
  );
});

test("the higher priority is served first, equals in their order", async () => {
  const slots = createSlots(1);
  const { signal } = new AbortController();
  const first = await slots.take(signal);
  const order: string[] = [];
  const jobs = [
    ["a", 0],
    ["b", 1],
    ["c", 1],
    ["d", 0],
    ["e", 2],
  ].map(async ([name, priority]) => {
    const release = await slots.take(signal, Number(priority));
    order.push(String(name));
    release();
  });
  first();
  await Promise.all(jobs);
  assert.deepEqual(order, ["e", "b", "c", "a", "d"]);
});

test("a limit that nobody could wait for is refused", () => {
  for (const limit of [0, -1, 1.5, Number.NaN, undefined, null, "5", {}, []])
    assert.throws(() => createSlots(limit as number), RangeError, `limit must be a whole number from 1 on`);
  createSlots(Number.POSITIVE_INFINITY);
});

test("a limit that grows is heard when a slot is given back, and an aborted signal gets none", async () => {
  let limit = 1;
  const slots = createSlots(() => limit);
  const { signal } = new AbortController();
  const release = await slots.take(signal);
  const [second, third] = [slots.take(signal), slots.take(signal)];
  limit = 2;
  release();
  await Promise.all([second, third]);
  const reason = await slots.take(AbortSignal.abort("over")).catch((error: unknown) => error);
  assert.equal(reason, "over");
});
