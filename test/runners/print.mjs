/**
 * What a person reads: one line per run, failures with their place in the sources, skips with their reasons.
 */
import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";

const PLACE = /[^\s(@]*suite\.mjs(?:\?[^\s:)]*)?:(\d+):(\d+)/g;

/** Translates places in the bundle into places in the sources. */
function mapperOf(suite) {
  let map;
  return (stack) =>
    stack.replace(PLACE, (all, line, column) => {
      map ??= new SourceMap(JSON.parse(readFileSync(`${suite}.map`, "utf8")));
      const entry = map.findEntry(Number(line) - 1, Number(column) - 1);
      if (entry.originalSource === undefined) return all;
      const source = entry.originalSource.replace(/^(\.\.\/)+/, "");
      return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
    });
}

const indent = (text, by) => text.replace(/^/gm, " ".repeat(by));

/** Frames of the runner itself say nothing. */
const OWN_FRAME = /test\/runners\/(execute|session|entry)|suite_entry\.js|node:internal\/process/;

function failureText(failure, map) {
  const lines = map(failure.stack).split("\n");
  const frames = lines
    .filter((line) => !OWN_FRAME.test(line))
    .slice(0, 8)
    .join("\n");
  const own = [failure.message, frames && indent(frames.replace(/^\s+/gm, ""), 4)].filter(Boolean).join("\n");
  return failure.cause ? `${own}\ncaused by ${failureText(failure.cause, map)}` : own;
}

export function count(results) {
  const of = (state) => results.filter((result) => result.state === state).length;
  return { passed: of("passed"), failed: of("failed"), skipped: of("skipped") };
}

/** `N passed, N failed`, and the skipped ones where there are any. */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** One line for a run, then its failures. */
export function printRun(label, results, milliseconds, suite) {
  console.log(`${label.padEnd(20)} ${closingLine(count(results))}  (${(milliseconds / 1000).toFixed(1)} s)`);
  for (const { name, notes } of results) for (const note of notes ?? []) console.log(`  ${name}: ${note}`);
  const map = mapperOf(suite);
  for (const { file, name, state, failure } of results) {
    if (state !== "failed") continue;
    console.log(indent(`FAILED [${label}] ${file} > ${name}\n${indent(failureText(failure, map), 2)}`, 2));
  }
}

/** All skips, one line for each test and reason. */
export function printSkips(runs) {
  const rows = new Map();
  for (const { label, results } of runs) {
    for (const { file, name, state, reason } of results) {
      if (state !== "skipped") continue;
      const row = `${file} > ${name}: ${reason}`;
      rows.set(row, [...(rows.get(row) ?? []), label]);
    }
  }
  if (rows.size > 0) console.log("\nSKIPPED");
  for (const [row, labels] of rows) console.log(`  [${labels.join(", ")}] ${row}`);
}

/** What took longest, waiting included: files, each over all its runs, and single tests. */
export function printSlowest(runs, amount) {
  const tests = runs.flatMap(({ label, results }) => results.map((result) => ({ label, ...result })));
  const files = new Map();
  for (const { file, milliseconds } of tests) files.set(file, (files.get(file) ?? 0) + milliseconds);
  const print = (rows) => {
    console.log("\nSLOWEST");
    const sorted = rows.sort(([a], [b]) => b - a).slice(0, amount);
    for (const [milliseconds, name] of sorted)
      console.log(`${(milliseconds / 1000).toFixed(1).padStart(8)} s  ${name}`);
  };
  print([...files].map(([file, milliseconds]) => [milliseconds, file]));
  print(tests.map(({ label, file, name, milliseconds }) => [milliseconds, `[${label}] ${file} > ${name}`]));
}
