/**
 * Formatter, linter and compiler have nothing to say about the sources, the tests and the demo.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { assert, environment, test } from "../harness.ts";
import { execute } from "../types/compilers.ts";

const { root } = environment;

test("biome: format and lint", { timeout: 60_000 }, async () => {
  const biome = path.join(root, "node_modules/.bin/biome");
  const { code, output } = await execute(
    biome,
    ["check", "--colors=off", "--max-diagnostics=20", "--error-on-warnings"],
    root,
  );
  assert.equal(code, 0, `\n${output}`);
});

for (const project of ["tsconfig.json", "test/tsconfig.json", "demo/tsconfig.json"]) {
  if (!existsSync(path.join(root, project))) continue;
  test(`tsc -p ${project}`, { timeout: 120_000 }, async () => {
    const tsc = path.join(root, "node_modules/typescript/bin/tsc");
    const { code, output } = await execute(
      process.execPath,
      [tsc, "-p", project, "--noEmit", "--pretty", "false"],
      root,
    );
    assert.equal(code, 0, `\n${output}`);
  });
}
