/**
 * The table of operations in the README: node test/structure/operation_table.mjs --write
 *
 * It is made of what stands above each row in `src/operations`: the name, and the page that `@see` links to.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = path.resolve(import.meta.dirname ?? path.dirname(fileURLToPath(import.meta.url)), "../..");
const BEGIN = "<!-- Made by: node test/structure/operation_table.mjs --write -->\n";
const END = "<!-- End of what is made. -->\n";
const ROW = /\* @see (\S+)\s*\n(?: \*[^\n]*\n)*? \*\/\nexport const (\w+): (?:List)?Operation<\s/g;

/** A group's title, and which modules below `src/operations` it takes; the first that fits. */
const GROUPS = [
  ["Multipart", /^object\/.*multipart/],
  ["Object", /^object\//],
  ["Bucket", /^bucket\//],
  ["Service", /./],
];

/** Operations by group and module, in the order in which they stand there. */
function collect() {
  const folder = path.join(ROOT, "src/operations");
  const files = readdirSync(folder, { recursive: true }).map((name) => String(name).replaceAll(path.sep, "/"));
  const groups = new Map(GROUPS.map(([title]) => [title, []]).reverse());
  for (const file of files.filter((name) => name.endsWith(".ts")).sort()) {
    const text = readFileSync(path.join(folder, file), "utf8").replace(/Operation<(?=\S)/g, "Operation< ");
    const operations = [...text.matchAll(ROW)].map(([, page, name]) => ({ name, page }));
    const [title] = GROUPS.find(([, modules]) => modules.test(file));
    if (operations.length > 0)
      groups.get(title).push({ topic: path.basename(file, ".ts").replaceAll("_", " "), operations });
  }
  return groups;
}

/** Names of the operations in the table. */
export function tableNames() {
  return [...collect().values()].flatMap((topics) =>
    topics.flatMap(({ operations }) => operations.map(({ name }) => name)),
  );
}

/** The README with the table of today. */
export function withTable(readme) {
  const [before, rest] = readme.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`README.md lacks the lines ${BEGIN}${END}`);
  let table = "";
  for (const [title, topics] of collect()) {
    table += `\n| ${title} | |\n|---|---|\n`;
    for (const { topic, operations } of topics)
      table += `| ${topic} | ${operations.map(({ name, page }) => `[${name}](${page})`).join(" · ")} |\n`;
  }
  return `${before}${BEGIN}${table}\n${END}${after}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = path.join(ROOT, "README.md");
  const old = readFileSync(file, "utf8");
  const made = withTable(old);
  if (process.argv.includes("--write")) writeFileSync(file, made);
  else if (made !== old) process.exitCode = 1;
  console.log(
    made === old ? "README.md is up to date" : `README.md ${process.exitCode ? "is out of date" : "written"}`,
  );
}
