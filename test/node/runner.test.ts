/**
 * The runner itself: whatever goes wrong in a runtime is counted, named, and fails the run.
 */
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { assert, environment, test } from "../harness.ts";

interface Run {
  readonly code: number | null;
  readonly lines: readonly string[];
}

function run(file: string, ...args: string[]): Promise<Run> {
  const runner = path.join(environment.root, "test/runners/run_file.mjs");
  const child = spawn(process.execPath, [runner, ...args, `test/runners/fixtures/${file}.test.ts`], {
    cwd: environment.root,
    env: { ...process.env, TEST_HANG_MARGIN: "1000" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    output += chunk;
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, lines: output.trim().split("\n") })));
}

test("counts every outcome in every runtime of a server", { timeout: 60_000 }, async () => {
  const runtimes = ["node", "deno", "bun", "workerd"];
  const { code, lines } = await run("mixed", "--portable", "--runtime", runtimes.join(","));
  assert.equal(code, 1);
  for (const name of runtimes) {
    assert.isTrue(
      lines.some((line) => line.startsWith(`${name} `) && line.includes("2 passed, 4 failed, 1 skipped")),
      name,
    );
  }
  assert.isTrue(
    lines.some((line) => line.includes(`[${runtimes.join(", ")}]`) && line.includes("is skipped: the reason")),
  );
  assert.equal(lines.at(-1), "8 passed, 16 failed, 4 skipped");
});

test("the plain-http page runs the tests that are marked for it", { timeout: 60_000 }, async () => {
  const { lines } = await run("mixed", "--portable", "--runtime", "chromium");
  const insecure = lines.find((line) => line.startsWith("chromium (insecure)"));
  assert.include(insecure, "1 passed, 0 failed", lines.join("\n"));
  assert.equal(lines.at(-1), "3 passed, 4 failed, 1 skipped");
});

const TROUBLE: readonly (readonly [file: string, ending: string, ...mentions: string[]])[] = [
  ["hang", "1 passed, 1 failed", "hang.test.ts > hangs", "hangs"],
  ["exit", "1 passed, 1 failed", "exit.test.ts > exits", "ended (0)"],
  ["leak", "1 passed, 1 failed", "Still alive"],
  ["at_end", "1 passed, 1 failed", "at_end.test.ts > has something checked", "not so in the end"],
  ["empty", "0 passed, 1 failed", "No test ran"],
  ["throws", "0 passed, 1 failed", "Error: while loading"],
  ["no_such_file", "0 passed, 1 failed", "Cannot bundle"],
];

for (const [file, ending, ...mentions] of TROUBLE) {
  test(`fails and says why: ${file}`, { timeout: 60_000 }, async () => {
    const { code, lines } = await run(file);
    assert.equal(lines.at(-1), ending, lines.join("\n"));
    assert.equal(code, 1);
    for (const mention of mentions) assert.include(lines.join("\n"), mention);
  });
}

test("ends processes that a test left behind", { timeout: 60_000 }, async () => {
  const { lines } = await run("stray");
  assert.equal(lines.at(-1), "1 passed, 0 failed");
  const [, pid] = /pid (\d+)/.exec(lines.join("\n")) ?? [];
  assert.match(String(pid), /^\d+$/);
  // A killed process may stay in the table until its new parent asks for it: without a command line.
  const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  assert.equal(command, "");
});

test("survives a test that keeps the thread for long", { timeout: 60_000 }, async () => {
  const { lines } = await run("block");
  assert.equal(lines.at(-1), "3 passed, 0 failed", lines.join("\n"));
});
