/** Two tabs that race for one upload, in a real browser: a short sample of `npm run tabs`. */
import { assert, environment, test } from "../harness.ts";
import { execute } from "../types/compilers.ts";

test("two tabs, one upload: one drives, the other sees it and takes over", { timeout: 120_000 }, async () => {
  const run = ["test/tabs/run.mjs", "--seed", "1", "--count", "6"];
  const { code, output } = await execute(process.execPath, run, environment.root);
  assert.equal(code, 0, output);
  assert.match(output, /chromium: .*driver died [1-9].*: 0 problems/);
});
