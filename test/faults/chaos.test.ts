/** Random transfers while the network and the service fail in every way: `npm run chaos` runs many of them. */
import { curable, planOf } from "../chaos/plan.ts";
import { runScenario } from "../chaos/scenario.ts";
import { assert, environment, runtime, test } from "../harness.ts";
import { setting } from "../runners/registry.ts";

const { seed = 1, count = runtime === "node" ? 25 : 5, only, verbose } = setting.chaos ?? {};

for (let at = seed; at < seed + count; at++) {
  const { kind } = planOf(at, only);
  test(`chaos ${at} (${kind}): the bytes are equal or an error is raised`, { timeout: 120_000 }, async (t) => {
    if (environment.chaosUrl === undefined) return assert.fail("The runner offers no chaos");
    const ended = await runScenario(environment.chaosUrl, at, only);
    if (verbose) t.note(ended);
  });
}

/** The first seed that cuts a copy in parts, where nothing goes wrong. */
function calmCopy(at: number = 1): number {
  const plan = planOf(at, "copy");
  const { multipartThreshold, partSize, sizes } = plan;
  const cut = multipartThreshold === 0 && sizes.some((size) => size > Number(partSize));
  return cut && curable(plan) ? at : calmCopy(at + 1);
}

// A copy in parts that a page is refused, for what it may not see, raises an error as one that fails does.
if (!setting.chaos)
  test("chaos in which nothing goes wrong: a copy in parts is done", { timeout: 120_000 }, async () => {
    if (environment.chaosUrl === undefined) return assert.fail("The runner offers no chaos");
    assert.equal(await runScenario(environment.chaosUrl, calmCopy(), "copy"), "done in parts");
  });
