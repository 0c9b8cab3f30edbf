/** What is loaded on demand is loaded once, and a failure to load it is not kept. */
import { once } from "../../../src/core/late.ts";
import { assert, test } from "../../harness.ts";

test("what was loaded is not loaded again", async () => {
  let loads = 0;
  const load = once(async () => ({ number: ++loads }));
  assert.equal((await load()).number, 1);
  assert.equal(await load(), await load());
  assert.equal(loads, 1);
});

test("calls at the same time wait for loads of their own: a Worker must not wait for another request's promise", async () => {
  let loads = 0;
  const load = once(async () => ++loads);
  await Promise.all([load(), load()]);
  assert.equal(loads, 2);
  await load();
  assert.equal(loads, 2);
});

test("what could not be loaded is asked for again", async () => {
  let loads = 0;
  const load = once(async () => {
    if (++loads === 1) throw new Error("no network");
    return loads;
  });
  const [first] = await Promise.allSettled([load()]);
  assert.equal(first.status, "rejected");
  assert.equal(await load(), 2);
});
