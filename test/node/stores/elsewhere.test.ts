/** The stores of the file system in Deno and Bun, and Deno KV. */
import { assert, test } from "../../harness.ts";
import { runElsewhere } from "../support/elsewhere.ts";

const FILES = {
  deno: ["test/node/stores/file_system.test.ts", "test/node/stores/deno_kv_real.ts"],
  bun: ["test/node/stores/file_system.test.ts"],
} as const;

for (const runtime of ["deno", "bun"] as const) {
  test(`stores in ${runtime}`, { timeout: 120_000 }, async (t) => {
    const results = await runElsewhere(runtime, FILES[runtime]);
    const passed = results.filter(({ state }) => state === "passed");
    t.note(`${passed.length} tests of stores passed in ${runtime}`);
    assert.isAbove(passed.length, FILES[runtime].length * 13);
    const failed = results.filter(({ state }) => state === "failed");
    assert.deepEqual(
      failed.map(({ name, failure }) => `${name}: ${failure?.message}`),
      [],
    );
  });
}
