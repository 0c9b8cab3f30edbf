/**
 * Deno and JSR take the sources as they are.
 */

import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { assert, environment, test } from "../harness.ts";
import { execute } from "../types/compilers.ts";

const { root } = environment;
const DENO = path.join(root, "node_modules/.bin/deno");
const manifest: { exports: Record<string, string>; imports: Record<string, string> } = JSON.parse(
  readFileSync(path.join(root, "deno.json"), "utf8"),
);

async function deno(...args: string[]): Promise<string> {
  const { code, output } = await execute(DENO, args, root);
  assert.equal(code, 0, output);
  return output;
}

test("deno check: every export of deno.json", { timeout: 120_000 }, async () => {
  await deno("check", "--no-lock", "--config", "deno.json", ...Object.values(manifest.exports));
});

test("deno check: a consumer, with Deno's own library", { timeout: 120_000 }, async () => {
  const folder = await mkdtemp(path.join(root, ".cache/deno-"));
  try {
    const config = path.join(folder, "deno.json");
    const imports = { ...manifest.imports, "oss-fetch": path.join(root, "src/mod.ts") };
    await writeFile(config, JSON.stringify({ nodeModulesDir: "manual", imports }));
    await deno("check", "--no-lock", "--config", config, "test/types/pass/call_sites.ts");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("JSR would take the package: every public type is written out", { timeout: 120_000 }, async () => {
  const output = await deno("publish", "--dry-run", "--no-check", "--allow-dirty", "--no-lock");
  assert.include(output, "src/mod.ts");
  assert.notInclude(output, "test/");
});
