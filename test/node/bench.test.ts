/**
 * The frame of the benchmarks: a short sample runs and prints its table, and a bound that does not hold fails the run.
 * Speed itself is not judged here.
 */
import { assert, environment, test } from "../harness.ts";
import { execute } from "../types/compilers.ts";

const bench = (...args: string[]): ReturnType<typeof execute> =>
  execute(process.execPath, ["test/bench/run.mjs", ...args], environment.root);

const rowsOf = (output: string): string[][] =>
  output
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) => line.split("|").map((cell) => cell.trim()));

test("a bound that does not hold fails the run, in every runtime", { timeout: 120_000 }, async () => {
  const { code, output } = await bench("--part", "test/bench/fixtures/bounds.mjs");
  assert.equal(code, 1, output);
  const rows = rowsOf(output);
  for (const runtime of ["node", "deno"]) {
    const own = rows.filter((cells) => cells[2] === runtime);
    const column = (place: number): unknown[] => own.map((cells) => cells[place]);
    assert.deepEqual(column(6), ["yes", "**no**", "", ""], output);
    assert.deepEqual(column(3).slice(0, 3), ["2.00x", "2.00x", "0.500x"], output);
    assert.deepEqual(column(5), [">= 2.00x", ">= 2.10x", "", ""], output);
  }
  const measured = rows.filter((cells) => cells[1] === "measured");
  assert.deepEqual(
    measured.map((cells) => cells.slice(1, -1)),
    [["measured", "", "1,234 B", "", "<= 1,234 B", "yes"]],
  );
});

test("a short sample judges nothing", { timeout: 120_000 }, async () => {
  const { code, output } = await bench("--quick", "--runtime", "node", "--part", "test/bench/fixtures/bounds.mjs");
  assert.equal(code, 0, output);
  assert.deepEqual(
    rowsOf(output).map((cells) => cells[6]),
    ["holds", "---", "", "", "", "", ""],
  );
});

test("a case that throws fails the run", { timeout: 120_000 }, async () => {
  const { code, output } = await bench("--quick", "--runtime", "bun", "--part", "test/bench/fixtures/broken.mjs");
  assert.equal(code, 1, output);
  assert.match(output, /FAILED \[bun\] broken.*out of order/s);
});

test("puts are measured against a server of their own", { timeout: 120_000 }, async (t) => {
  const { code, output } = await bench("--quick", "--runtime", "node,chromium", "--part", "puts");
  assert.equal(code, 0, output);
  const figures = rowsOf(output).flatMap((cells) => (cells[3]?.endsWith("x") ? [Number.parseFloat(cells[3])] : []));
  assert.isAtLeast(figures.length, 4, output);
  for (const figure of figures) assert.isAbove(figure, 0);
  t.note(`ratios ${figures}`);
});

test("what there is no part of is refused", async () => {
  for (const args of [
    ["--part", "nothing"],
    ["--runtime", "netscape"],
    ["--rounds", "0"],
  ]) {
    const { code, output } = await bench(...args);
    assert.equal(code, 2, output);
  }
});
