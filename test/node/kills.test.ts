/** A short sample of `npm run kills`: programs that are killed go on with their transfers. */
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { assert, environment, test } from "../harness.ts";
import { judgeCompletions, type Step } from "../kills/judge.ts";

/** `test/runners/runtimes.mjs`, as far as it is used here. */
interface Executables {
  readonly executables: Readonly<Record<string, () => string | undefined>>;
}

const RUN = path.join(environment.root, "test/kills/run.mjs");
const { executables }: Executables = await import(path.join(environment.root, "test/runners/runtimes.mjs"));

for (const runtime of ["node", "deno", "bun", "chromium", "firefox", "webkit"] as const) {
  const lacking = executables[runtime]?.() === undefined && process.env["CI"] !== "true";
  const skip = lacking ? { node: `${runtime} is not installed` } : {};
  test(`uploads of killed programs are whole: ${runtime}`, { timeout: 240_000, skip }, async () => {
    const flags = ["--seed", "7", "--count", "3", "--size", "32", "--runtime", runtime];
    const { stdout } = await promisify(execFile)(process.execPath, [RUN, ...flags]);
    assert.match(stdout, new RegExp(`^${runtime}: 3 times \\(kill\\), \\d+ uploads, 0 problems`, "m"));
    assert.match(stdout, /^all transfers are whole$/m);
  });
}

test("every completion after another one needs a look at its open upload since then", () => {
  const complete = (uploadId: string): Step => ({ kind: "completed", uploadId });
  const look = (uploadId: string, answered = true): Step => ({ kind: "listed", uploadId, answered });
  const judged: readonly (readonly [problems: number, ...Step[]])[] = [
    [1],
    [1, look("a")],
    [0, complete("a")],
    [0, complete("a"), look("a"), complete("a")],
    [1, look("a"), complete("a"), complete("a")],
    [1, complete("a"), look("a", false), complete("a")],
    [1, complete("a"), look("a"), complete("b")],
    [1, complete("a"), look("a"), complete("a"), complete("a")],
    [2, complete("a"), complete("a"), look("b"), complete("a")],
  ];
  for (const [problems, ...steps] of judged) assert.lengthOf(judgeCompletions(steps), problems, JSON.stringify(steps));
});
