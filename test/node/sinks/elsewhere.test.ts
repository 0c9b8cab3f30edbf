/** The sinks and walkers of the file system in Deno and Bun. */
import { assert, test } from "../../harness.ts";
import { runElsewhere } from "../support/elsewhere.ts";

for (const runtime of ["deno", "bun"] as const) {
  test(`sinks of the file system in ${runtime}`, { timeout: 120_000 }, async () => {
    const results = await runElsewhere(runtime, [
      "test/node/sinks/file_sink.test.ts",
      "test/node/sinks/reload.test.ts",
      "test/node/sinks/walk_folder.test.ts",
    ]);
    assert.isAbove(results.filter(({ state }) => state === "passed").length, 30);
    const failed = results.filter(({ state }) => state === "failed");
    assert.deepEqual(
      failed.map(({ name, failure }) => `${name}: ${failure?.message}`),
      [],
    );
  });
}
