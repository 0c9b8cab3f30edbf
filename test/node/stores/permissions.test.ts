/** What a store of the file system asks of the user in Deno: its folder, and nothing else. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { assert, environment, test } from "../../harness.ts";
import { execute } from "../../types/compilers.ts";

const { root } = environment;
const DENO = path.join(root, "node_modules/.bin/deno");
const STORE = pathToFileURL(path.join(root, "src/stores/file_system.ts"));

/** Two stores of one folder: the second gets the lock when the first lets go of it. */
const script = (folder: string): string => `
import { fileSystemStore } from "${STORE}";
const [one, two] = [1, 2].map(() => fileSystemStore(${JSON.stringify(folder)}));
await one.set("a", { id: "a" } as never);
const first = await one.lock!("a");
let isFree = false;
const second = two.lock!("a").then((lock) => ({ lock, isFree }));
await new Promise((resolve) => setTimeout(resolve, 100));
isFree = true;
await first.release();
const { lock, isFree: inTurn } = await second;
await lock.release();
console.log(await two.list(), inTurn);
`;

test("file system in Deno: a lock needs the permission for the folder alone", { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(path.join(root, ".cache/permissions-"));
  try {
    const file = path.join(folder, "script.ts");
    await writeFile(file, script(path.join(folder, "records")));
    const flags = ["--no-prompt", "--no-lock", "--no-config", `--allow-read=${folder}`, `--allow-write=${folder}`];
    const { output } = await execute(DENO, ["run", "--no-check", ...flags, file], folder);
    assert.equal(output.trim(), '[ "a" ] true');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("file system in Deno: a process that may not see where it is marks nothing", { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(path.join(root, ".cache/permissions-"));
  try {
    const file = path.join(folder, "mark.ts");
    const module = pathToFileURL(path.join(root, "src/stores/process_mark.ts"));
    await writeFile(file, `import { markProcess } from "${module}"; console.log(typeof (await markProcess())?.mark);`);
    const marked = async (...allowed: string[]): Promise<string> =>
      (
        await execute(DENO, ["run", "--no-check", "--no-prompt", "--no-lock", "--no-config", ...allowed, file], folder)
      ).output.trim();
    assert.equal(await marked("-A"), "string");
    // What tells two containers apart is hidden on Linux.
    const expected = process.platform === "linux" ? "undefined" : "string";
    assert.equal(await marked("--allow-read", "--allow-run", "--allow-sys"), expected);
    assert.equal(await marked(), "undefined");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
