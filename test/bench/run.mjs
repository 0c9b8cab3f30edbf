/**
 * Measures speed, memory and size as ratios to peers in the same run, and says which bounds hold:
 *
 *   npm run bench -- [--runtime node,deno,bun,chromium] [--part puts,xml] [--rounds 9] [--quick] [--write]
 *
 * `--quick` is a short sample that judges nothing; `--write` keeps the tables in README.md. A bound that does not hold
 * makes the exit code 1. `--part` also takes files.
 */
import { rmSync } from "node:fs";
import { mkdir, mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { ROOT } from "../runners/bundle.mjs";
import { readFlags } from "../runners/flags.mjs";
import { killAllGroups, killStrays } from "../runners/processes.mjs";
import { executables } from "../runners/runtimes.mjs";
import { loadPart, runPart } from "./frame/part.mjs";
import { holds } from "./frame/rows.mjs";
import { keepTable, tableOf } from "./frame/table.mjs";

const RUNTIMES = ["node", "deno", "bun", "chromium"];
const PARTS = path.join(import.meta.dirname, "parts");

function wrong(message) {
  console.error(message);
  process.exit(2);
}

const USAGE = `npm run bench -- [--runtime ${RUNTIMES}] [--part NAME,FILE] [--rounds 9] [--quick] [--write]`;

const values = readFlags(USAGE, {
  runtime: { type: "string", default: RUNTIMES.join(",") },
  part: { type: "string" },
  rounds: { type: "string" },
  quick: { type: "boolean", default: false },
  write: { type: "boolean", default: false },
});
const wanted = values.runtime.split(",");
if (wanted.some((name) => !RUNTIMES.includes(name))) wrong(`--runtime takes ${RUNTIMES.join(", ")}`);
const missing = wanted.filter((name) => executables[name]() === undefined);
if (missing.length > 0) wrong(`Not installed: ${missing.join(", ")}; see test/runners/install_browsers.mjs`);
const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0)) wrong("--rounds takes a number");
const known = (await readdir(PARTS)).filter((name) => name.endsWith(".mjs")).sort();
const files = values.part
  ? values.part.split(",").map((name) => (name.endsWith(".mjs") ? path.resolve(name) : path.join(PARTS, `${name}.mjs`)))
  : known.map((name) => path.join(PARTS, name));
const unknown = files.filter((file) => path.dirname(file) === PARTS && !known.includes(path.basename(file)));
if (unknown.length > 0) wrong(`--part takes ${known.map((name) => name.replace(".mjs", "")).join(", ")}`);

// Bundles import packages, so they live where packages are found.
await mkdir(path.join(ROOT, ".cache"), { recursive: true });
const output = await mkdtemp(path.join(ROOT, ".cache/bench-"));
const scratch = await mkdtemp(path.join(tmpdir(), "ofb-"));
const clean = () => {
  killAllGroups();
  killStrays(scratch);
  for (const folder of [output, scratch]) rmSync(folder, { recursive: true, force: true });
};
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    clean();
    process.exit(130);
  });
}

const { quick } = values;
let failed = false;
try {
  for (const file of files) {
    const part = await loadPart(file, output);
    const runtimes = wanted.filter((name) => (part.runtimes ?? RUNTIMES).includes(name));
    if (runtimes.length === 0) continue;
    console.log(`\n## ${part.title}\n`);
    const { rows, problems } = await runPart(part, { runtimes, rounds, quick, output, scratch });
    console.log(`\n${tableOf(rows, !quick)}`);
    for (const problem of problems) console.error(`FAILED ${problem}`);
    failed ||= problems.length > 0 || (!quick && rows.some((row) => holds(row) === false));
    const flags = [
      `--part ${part.name}`,
      rounds && `--rounds ${rounds}`,
      values.runtime !== RUNTIMES.join() && `--runtime ${values.runtime}`,
    ];
    const command = ["npm run bench --", ...flags].filter(Boolean).join(" ");
    if (values.write && !quick && problems.length === 0) await keepTable({ ...part, rows, runtimes, command });
  }
} finally {
  clean();
}
process.exitCode = failed ? 1 : 0;
