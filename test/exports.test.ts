/**
 * The public surface: the same for npm and JSR, documented, and each operation with its cases.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import * as surface from "../src/mod.ts";
import * as catalogue from "../src/operations/mod.ts";
import { assert, environment, test } from "./harness.ts";
import { assertNone } from "./structure/assert_none.ts";
import { type Documented, exportsOf } from "./structure/documentation.ts";
import { listFiles, loadSources, type Sources } from "./structure/sources.ts";

const { root } = environment;
const DOCS = /https:\/\/\S*(help\.aliyun\.com|alibabacloud\.com)\/\S+/;

/** Operations whose signature cannot be in the URL, and where it is instead. */
const NOT_BY_URL: Readonly<Record<string, string>> = {
  PostObject: "in the form: postPolicy",
  OptionObject: "nowhere: a preflight goes to a URL that is signed for another method",
};

interface Table {
  tableNames(): string[];
  withTable(readme: string): string;
}

interface Manifest {
  readonly version: string;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly imports?: Readonly<Record<string, string>>;
}

const readJson = (name: string): Manifest => JSON.parse(readFileSync(path.join(root, name), "utf8"));

let loaded: Sources | undefined;
function documented(file: string): Documented[] {
  loaded ??= loadSources(root);
  return exportsOf(loaded, file);
}

const operations = Object.entries(catalogue).flatMap(([name, value]) =>
  typeof value === "function" && "operationName" in value ? [{ name, operationName: value.operationName }] : [],
);

const subpaths = Object.entries(readJson("deno.json").exports);

test("package.json and deno.json export the same", () => {
  const { exports, version, dependencies } = readJson("package.json");
  // JSR takes no other modules than JavaScript; Deno compiles the bytes itself.
  const expected: Record<string, unknown> = {
    "./crc64.wasm": "./src/checksum/crc64.wasm",
    "./package.json": "./package.json",
  };
  for (const [subpath, source] of subpaths) {
    const built = String(source).replace("./src/", "./dist/").replace(/\.ts$/, "");
    expected[subpath] = { types: `${built}.d.ts`, default: `${built}.js` };
  }
  assert.deepEqual(exports, expected);
  const deno = readJson("deno.json");
  assert.equal(deno.version, version);
  const imports = JSON.stringify(deno.imports);
  for (const [name, range] of Object.entries(dependencies ?? {})) assert.include(imports, `${name}@${range}`);
});

test("every public export is documented, functions and operations by example", { timeout: 120_000 }, () => {
  const missing = subpaths.flatMap(([subpath, source]) =>
    documented(String(source).replace("./src/", "")).flatMap(({ name, kind, summary, hasExample }) => {
      const called = kind === "function" || kind === "operation";
      const lacks = [summary === "" ? "a summary" : "", called && !hasExample ? "an @example" : ""];
      return lacks.filter(Boolean).map((what) => `${subpath}: ${name} (${kind}) lacks ${what}`);
    }),
  );
  assertNone(missing);
});

test("every operation is exported by mod.ts, and links to its page", { timeout: 120_000 }, () => {
  assert.isAbove(operations.length, 20);
  const entries = new Map(documented("operations/mod.ts").map((entry) => [entry.name, entry]));
  const lacking = operations.flatMap(({ name }) => {
    const entry = entries.get(name);
    return [
      Reflect.get(surface, name) === Reflect.get(catalogue, name) ? "" : `${name} is not in mod.ts`,
      entry?.see.some((text) => DOCS.test(text)) ? "" : `${name} has no @see with its page`,
      entry?.summary ? "" : `${name} has no summary`,
    ].filter(Boolean);
  });
  assertNone(lacking);
});

test("the README's table has every operation, as it is now", async () => {
  const { tableNames, withTable }: Table = await import(path.join(root, "test/structure/operation_table.mjs"));
  assert.sameMembers(
    tableNames(),
    operations.map(({ name }) => name),
  );
  const readme = readFileSync(path.join(root, "README.md"), "utf8");
  const advice = "README.md is out of date: node test/structure/operation_table.mjs --write";
  if (withTable(readme) !== readme) throw new Error(advice);
});

test("operation names are OSS's own, and each is used once", () => {
  const names = operations.map(({ operationName }) => String(operationName));
  assert.deepEqual(new Set(names).size, names.length);
  for (const { name, operationName } of operations) {
    assert.equal(name.toLowerCase(), String(operationName).toLowerCase(), name);
  }
});

test("every operation has a conformance case and a presign case", () => {
  const folder = path.join(root, "test/conformance");
  const text = listFiles(folder, /\.ts$/).map((name) => readFileSync(path.join(folder, name), "utf8"));
  const named = (helper: string): Set<string | undefined> =>
    new Set([...text.join("\n").matchAll(new RegExp(`\\b${helper}\\(\\s*"(\\w+)"`, "g"))].map(([, name]) => name));
  const [cases, presigned] = [named("operationCase"), named("presignCase")];
  const lacking = operations.flatMap(({ operationName }) => {
    const name = String(operationName);
    const signedElsewhere = Object.hasOwn(NOT_BY_URL, name);
    return [
      cases.has(name) ? "" : `${name}: no operationCase`,
      presigned.has(name) || signedElsewhere ? "" : `${name}: no presignCase`,
    ];
  });
  assertNone(lacking.filter(Boolean));
});
