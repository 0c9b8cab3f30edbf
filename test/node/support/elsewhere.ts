/**
 * Runs test files that need a file system in Deno and Bun as well: `run_file` takes such files to Node alone.
 * @module
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import * as esbuild from "esbuild";
import { environment } from "../../harness.ts";
import type { Report, TestResult } from "../../runners/execute.ts";
import { execute } from "../../types/compilers.ts";

const { root } = environment;
const COMMANDS = { deno: ["deno", "run", "-A", "--no-lock", "--no-config", "--unstable-kv"], bun: ["bun"] } as const;

/**
 * Runs test files in another runtime.
 * @param runtime where
 * @param files relative to the repository
 * @returns the results of all tests in them
 */
export async function runElsewhere(
  runtime: keyof typeof COMMANDS,
  files: readonly string[],
): Promise<readonly TestResult[]> {
  const folder = await mkdtemp(path.join(root, ".cache/elsewhere-"));
  try {
    const suite = path.join(folder, "suite.mjs");
    const rows = files.map((file) => `[${JSON.stringify(file)}, () => import(${JSON.stringify(`./${file}`)})]`);
    const setting = { environment: { ...environment, runtime } };
    const contents = `globalThis.__test_setting__ = ${JSON.stringify(setting)};
const { execute } = await import("./test/runners/execute.ts");
await execute([${rows.join()}], async (report) => console.log("REPORT " + JSON.stringify(report)));`;
    await esbuild.build({
      stdin: { contents, resolveDir: root, loader: "js" },
      outfile: suite,
      bundle: true,
      format: "esm",
      target: "es2022",
      platform: "node",
      logLevel: "silent",
    });
    await writeFile(path.join(folder, "package.json"), "{}");
    const [name, ...args] = COMMANDS[runtime];
    const { output } = await execute(path.join(root, "node_modules/.bin", name), [...args, suite], folder);
    const reports = output.split("\n").filter((line) => line.startsWith("REPORT "));
    const parsed: Report[] = reports.map((line) => JSON.parse(line.slice(7)));
    if (!parsed.at(-1)?.done) throw new Error(`${runtime} did not finish: ${output}`);
    return parsed.flatMap(({ results }) => results);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
