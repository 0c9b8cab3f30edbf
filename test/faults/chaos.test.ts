/** Random transfers while the network and the service fail in every way: `npm run chaos` runs many of them. */
import { planOf } from "../chaos/plan.ts";
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
