/**
 * Transfers keep to their memory whatever their length: a short run of test/bench/memory.mjs.
 */
import { assert, environment, test } from "../harness.ts";
import { execute } from "../types/compilers.ts";

interface Figure {
  readonly job: string;
  readonly growth: number;
  readonly most: number;
}

/** Of an automatic plan less would show no leak: it may grow by 317 MiB. */
const SAMPLES = [
  { size: 200, jobs: "upload,download" },
  { size: 600, jobs: "auto" },
];

for (const { size, jobs } of SAMPLES)
  test(`${size} MB through ${jobs} grow a process by its parts at most`, { timeout: 300_000 }, async (t) => {
    const args = ["test/bench/memory.mjs", "--size", `${size}`, "--jobs", jobs, "--json"];
    const { code, output } = await execute(process.execPath, args, environment.root);
    assert.equal(code, 0, output);
    const figures: Figure[] = JSON.parse(output.trim().split("\n").at(-1) ?? "");
    t.note(figures.map(({ job, growth, most }) => `${job} ${growth} of ${most} MiB`).join(", "));
    for (const { job, growth, most } of figures) assert.isAtMost(growth, most, job);
  });
