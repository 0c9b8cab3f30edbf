/**
 * What a person reads: a Markdown table for each part, printed and kept in README.md.
 */
import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { executables } from "../../runners/runtimes.mjs";
import { holds } from "./rows.mjs";

const README = path.join(import.meta.dirname, "../README.md");
const HEAD = ["what", "runtime", "figure", "of rounds", "bound", "holds"];

const figure = (value, unit = "x") => {
  const text = Math.abs(value) >= 100 ? Math.round(value).toLocaleString("en") : value.toPrecision(3);
  return unit === "x" ? `${text}x` : `${text} ${unit}`;
};

function cells(row, judged) {
  const { title, runtime = "", value, unit, rounds, spread, least, most } = row;
  const bound = [least !== undefined && `>= ${figure(least, unit)}`, most !== undefined && `<= ${figure(most, unit)}`];
  const verdict = judged ? holds(row) : undefined;
  const range = spread && rounds > 1 ? ` (${spread.map((end) => end.toPrecision(3)).join("..")})` : "";
  return [
    title,
    runtime,
    figure(value, unit),
    rounds === undefined ? "" : `${rounds}${range}`,
    bound.filter(Boolean).join(", "),
    verdict === undefined ? "" : verdict ? "yes" : "**no**",
  ];
}

/** Writes rows as a Markdown table. */
export function tableOf(rows, judged = true) {
  const lines = [HEAD, HEAD.map(() => "---"), ...rows.map((row) => cells(row, judged))];
  return lines.map((line) => `| ${line.map((cell) => String(cell).replaceAll("|", "\\|")).join(" | ")} |`).join("\n");
}

function versionOf(runtime) {
  const output = execFileSync(executables[runtime](), ["--version"], { encoding: "utf8" });
  return `${runtime} ${/\d+(\.\d+)+/.exec(output)?.[0]}`;
}

/** What figures depend on: a class of machines, not one of them. */
function machine() {
  const [{ model = "" } = {}, ...others] = os.cpus();
  const memory = Math.round(os.totalmem() / 2 ** 30);
  return `${others.length + 1} x ${model.trim() || os.arch()}, ${memory} GiB, ${os.platform()}`;
}

/**
 * Puts the table of a part into README.md in the place of the former one.
 * @param outcome the part's `name`, `title` and `rows`, the `runtimes` it ran in and the `command`
 */
export async function keepTable({ name, title, rows, runtimes, command }) {
  const begin = `<!-- ${name} -->`;
  const end = `<!-- /${name} -->`;
  const versions = runtimes.map(versionOf).join(", ");
  const day = new Date().toISOString().slice(0, 10);
  const section = `${begin}
## ${title}

\`${command}\`, ${day}; ${versions}; ${machine()}

${tableOf(rows)}
${end}`;
  const text = await readFile(README, "utf8");
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  const next =
    from < 0 ? `${text.trimEnd()}\n\n${section}\n` : text.slice(0, from) + section + text.slice(to + end.length);
  await writeFile(README, next);
}
