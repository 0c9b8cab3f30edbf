/**
 * The rule of the architecture: who may import whom, where ambient powers live, what a file may look like.
 * Each rule is first tried on a made-up tree that breaks it.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { assert, environment, test } from "./harness.ts";
import { ambientViolations } from "./structure/ambient.ts";
import { assertNone } from "./structure/assert_none.ts";
import { cycles, foreignImports, layerViolations } from "./structure/imports.ts";
import { bannedSyntax, sideEffects } from "./structure/purity.ts";
import { lineCount, listFiles, loadSources, type Sources, type Violation } from "./structure/sources.ts";

const { root } = environment;
const MAX_LINES = 300;
const MAX_MEDIAN = 80;

/** Breaks each rule at least once; the comment of a line says which files are reported. */
const BAD: Readonly<Record<string, string>> = {
  "codec/up.ts": `import type { X } from "../core/x.ts"; export type Y = X;`,
  "codec/side.ts": `export const later = () => import("../checksum/ok.ts");`,
  "signing/streams.ts": `import { z } from "../streams/z.ts"; export const a: number = z;`,
  "testing/uri.ts": `import { u } from "../codec/uri.ts"; export const a: number = u;`,
  "testing/error_value.ts": `import { E } from "../errors.ts"; export const a: number = E;`,
  "stores/codec.ts": `import { u } from "../codec/uri.ts"; export const a: number = u;`,
  "elsewhere/file.ts": `export const a: number = 1;`,
  "core/x.ts": `import type { B } from "./b.ts"; export type X = B;`,
  "core/package.ts": `import { x } from "fast-xml-parser"; export const a: unknown = x;`,
  "codec/xml_tree.ts": `import { x } from "fast-xml-parser"; export const a: unknown = x;`,
  "core/node.ts": `import { readFile } from "node:fs"; export const a: unknown = readFile;`,
  "core/noble.ts": `import { n } from "../signing/noble.ts"; export const a: number = n;`,
  "core/ending.ts": `import { u } from "../codec/uri"; export const a: number = u;`,
  "core/time.ts": `export const a = (): number => Date.now();`,
  "core/new_date.ts": `export const a = (): Date => new Date();`,
  "core/late.ts": `export const a = (): void => { globalThis.setTimeout(() => {}, 1); };`,
  "core/shorthand.ts": `export const a = (): unknown => ({ fetch });`,
  "core/cast.ts": `export const a = (): unknown => (globalThis as { FixedLengthStream?: unknown }).FixedLengthStream;`,
  "core/in.ts": `export const a = (): boolean => "Deno" in globalThis;`,
  "core/declared.ts": `declare const Deno: object; export const a = (): object => Deno;`,
  "core/subtle.ts": `export const a = (): unknown => crypto.subtle;`,
  "core/subtle_cast.ts": `export const a = (): unknown => globalThis.crypto?.subtle;`,
  "core/runs.ts": `export const a: number = Math.max(1, 2);`,
  "core/sniffs.ts": `export const a: boolean = typeof WebSocket === "function";`,
  "core/reads.ts": `const o = { p: 1 }; export const a: number = o.p;`,
  "core/bare.ts": `import "./b.ts";`,
  "core/static.ts": `export class A { static list: number[] = [1].map((n) => n); }`,
  "core/spread.ts": `const one: number[] = []; export const a: number[] = [...one];`,
  "core/default.ts": `export default function a(): void {}`,
  "core/enum.ts": `export enum A { B }`,
};

/** What must not be reported, however much it looks like it. */
const GOOD: Readonly<Record<string, string>> = {
  "checksum/ok.ts": `// Date.now() in a comment\nexport const a: string = "setTimeout(fetch)";`,
  "codec/uri.ts": `export const u: number = 1;`,
  "streams/z.ts": `import { u } from "../codec/uri.ts"; export const z: number = u;`,
  "errors.ts": `import type { T } from "./types.ts"; export const E: number = 1; export type X = T;`,
  "types.ts": `export type T = typeof fetch; export interface Options { fetch: T; setTimeout?: T }`,
  "signing/noble.ts": `import { x } from "@noble/hashes/hmac.js"; export const n: number = x as never;`,
  "core/local.ts": `export function a({ fetch }: { fetch(): void }): void { fetch(); const window = 1; void window; }`,
  "core/member.ts": `export const a = (o: { document: number; process: number }): number => o.document + o.process;`,
  "core/date.ts": `export const a = (n: number): Date => new Date(n);`,
  "timer.ts": `export const a = (): unknown => setTimeout(() => {}, 1);`,
  // The cycle is reported at core/x.ts.
  "core/b.ts": `import type { X } from "./x.ts"; export type B = X;`,
  "core/pure.ts": `const f = (): number => 1; export const a: number = /* @__PURE__ */ f(); export const b: bigint = 1n << 3n;
export const c: RegExp = /x/g; export const d: ReadonlySet<string> = new Set(["a"]); export class K { static n: number = 1; }`,
  "core/later.ts": `export const a = async (): Promise<unknown> => import("../signing/noble.ts");`,
};

const ALL = [layerViolations, cycles, foreignImports, ambientViolations, sideEffects, bannedSyntax];

let real: Sources | undefined;
const sources = (): Sources => {
  real ??= loadSources(root);
  return real;
};

function assertKept(violations: readonly Violation[]): void {
  assertNone(violations.map(({ file, what }) => `src/${file} ${what}`));
}

test("each rule finds what breaks it, and nothing else", { timeout: 120_000 }, () => {
  const made = loadSources(root, { ...BAD, ...GOOD });
  const reported = new Set(ALL.flatMap((rule) => rule(made)).map(({ file }) => file));
  const missed = Object.keys(BAD).filter((file) => !reported.has(file));
  const falsely = Object.keys(GOOD).filter((file) => reported.has(file));
  assert.deepEqual({ missed, falsely }, { missed: [], falsely: [] });
});

test("imports point to the same folder or a lower layer", { timeout: 120_000 }, () => {
  assert.isAbove(sources().names.length, 20);
  assertKept(layerViolations(sources()));
});
test("there are no import cycles", () => assertKept(cycles(sources())));
test("packages and node:* are imported by their homes alone", () => assertKept(foreignImports(sources())));
test("ambient powers stay in their homes", () => assertKept(ambientViolations(sources())));
test("nothing runs at import", () => assertKept(sideEffects(sources())));
test("no default exports, enums or namespaces", () => assertKept(bannedSyntax(sources())));

test("files are named in snake_case and are short", () => {
  const bad: string[] = [];
  for (const folder of ["src", "test"]) {
    for (const name of listFiles(path.join(root, folder), /\.(ts|mjs)$/)) {
      const base = path.basename(name);
      if (!/^[a-z0-9]+(_[a-z0-9]+)*(\.test|\.d)?\.(ts|mjs)$/.test(base))
        bad.push(`${folder}/${name} is not snake_case`);
      if (base === "index.ts") bad.push(`${folder}/${name} is an index file`);
      const lines = lineCount(path.join(root, folder, name));
      if (lines > MAX_LINES) bad.push(`${folder}/${name} has ${lines} lines`);
    }
  }
  assertNone(bad);
});

test(`the median source file has at most ${MAX_MEDIAN} lines`, () => {
  const lengths = listFiles(path.join(root, "src"), /\.ts$/).map((name) => lineCount(path.join(root, "src", name)));
  lengths.sort((a, b) => a - b);
  assert.isAtMost(lengths[Math.floor(lengths.length / 2)] ?? 0, MAX_MEDIAN);
});

test("package.json keeps its promises: dependencies, side effects, module format", () => {
  const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const { dependencies, peerDependencies, optionalDependencies, sideEffects, type, engines } = manifest;
  assert.deepEqual(Object.keys(dependencies), ["@noble/hashes", "fast-xml-parser"]);
  assert.deepEqual([peerDependencies, optionalDependencies], [undefined, undefined]);
  assert.deepEqual(
    { sideEffects, type, engines },
    { sideEffects: false, type: "module", engines: { node: ">=20.19" } },
  );
});
