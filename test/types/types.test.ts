/**
 * The types hold under the compilers that applications use: what must compile does, each promised error is one.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { assert, environment, test } from "../harness.ts";
import { assertNone } from "../structure/assert_none.ts";
import { COMPILERS, compile, type Diagnostic, type Program, programs, promisedErrors } from "./compilers.ts";

const { root } = environment;
const show = ({ file, line, message }: Diagnostic): string => `${file}:${line} ${message}`;

/** Programs about the rows of operations use modules that are not public. */
async function usesSources(file: string): Promise<boolean> {
  return (await readFile(path.join(root, file), "utf8")).includes("/src/");
}

async function filesFor(folder: string, target: Program["target"]): Promise<string[]> {
  const all = await programs(root, folder);
  const internal = await Promise.all(all.map(usesSources));
  return all.filter((_, index) => target === "sources" || internal[index] === false);
}

/** Each compiler over the sources, and over what npm delivers, with and without the types of pages and workers. */
const SETUPS: readonly Pick<Program, "compiler" | "target" | "globals">[] = (["5.7", "5.9", "7"] as const).flatMap(
  (compiler) => [
    { compiler, target: "sources", globals: "DOM" },
    { compiler, target: "declarations", globals: "DOM" },
    { compiler, target: "declarations", globals: "WebWorker" },
    { compiler, target: "declarations", globals: "none" },
  ],
);

for (const setup of SETUPS) {
  const { compiler, target, globals } = setup;
  test(`TypeScript ${compiler}, ${target}, globals: ${globals}`, { timeout: 180_000 }, async () => {
    const [passing, failing] = await Promise.all([filesFor("pass", target), filesFor("fail", target)]);
    assert.isNotEmpty(passing);
    assert.isNotEmpty(failing);
    const promised = (await Promise.all(failing.map((file) => promisedErrors(root, file)))).flat();
    const found = await compile({ root, ...setup, files: [...passing, ...failing] });
    const covers = (diagnostic: Diagnostic): ((one: (typeof promised)[number]) => boolean) => {
      return ({ file, first, last }) => file === diagnostic.file && first < diagnostic.line && diagnostic.line <= last;
    };
    const kept = new Set(found.flatMap((diagnostic) => promised.filter(covers(diagnostic))));
    const unexpected = found.filter((diagnostic) => !promised.some(covers(diagnostic))).map(show);
    const broken = promised
      .filter((one) => !kept.has(one))
      .map(({ file, first, why }) => `${file}:${first} compiles: ${why}`);
    assertNone([...unexpected, ...broken]);
  });
}

test("the compilers are the versions that they are called", async () => {
  for (const [version, folder] of Object.entries(COMPILERS)) {
    const manifest: { version: string } = JSON.parse(
      await readFile(path.join(root, "node_modules", folder, "package.json"), "utf8"),
    );
    assert.match(manifest.version, new RegExp(`^${version.replace(".", "\\.")}\\.`));
  }
});
