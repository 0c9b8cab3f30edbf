/** Files as sources in Deno and Bun. */
import { assert, test } from "../../harness.ts";
import { runElsewhere } from "../support/elsewhere.ts";

for (const runtime of ["deno", "bun"] as const) {
  test(`files as sources in ${runtime}`, { timeout: 120_000 }, async () => {
    const results = await runElsewhere(runtime, ["test/node/sources/file_source.test.ts"]);
    assert.isAbove(results.filter(({ state }) => state === "passed").length, 25);
    const failed = results.filter(({ state }) => state === "failed");
    assert.deepEqual(
      failed.map(({ name, failure }) => `${name}: ${failure?.message}`),
      [],
    );
  });
}
