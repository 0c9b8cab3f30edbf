/**
 * Who imports whom: layers, cycles and third-party packages.
 * @module
 */
import path from "node:path";
import ts from "typescript-5.9";
import { type Sources, type Violation, walk } from "./sources.ts";

export interface Import {
  readonly from: string;
  readonly specifier: string;
  /** The imported file below `src`; absent for packages. */
  readonly target?: string;
  readonly typeOnly: boolean;
  readonly dynamic: boolean;
}

function specifierOf(node: ts.Node): { text: string; typeOnly: boolean; dynamic: boolean } | undefined {
  if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined) {
    const typeOnly = ts.isImportDeclaration(node) ? node.importClause?.isTypeOnly === true : node.isTypeOnly;
    if (ts.isStringLiteral(node.moduleSpecifier)) return { text: node.moduleSpecifier.text, typeOnly, dynamic: false };
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
    return { text: node.argument.literal.text, typeOnly: true, dynamic: false };
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [argument] = node.arguments;
    const text = argument !== undefined && ts.isStringLiteralLike(argument) ? argument.text : "(computed)";
    return { text, typeOnly: false, dynamic: true };
  }
  return undefined;
}

/** Every import of every file, dynamic ones and types included. */
export function importsOf(sources: Sources): Import[] {
  const found: Import[] = [];
  for (const from of sources.names) {
    walk(sources.tree(from), (node) => {
      const specifier = specifierOf(node);
      if (specifier === undefined) return;
      const { text, typeOnly, dynamic } = specifier;
      const target = text.startsWith(".") ? { target: path.posix.join(path.posix.dirname(from), text) } : {};
      found.push({ from, specifier: text, typeOnly, dynamic, ...target });
    });
  }
  return found;
}

const LEVELS: Readonly<Record<string, number>> = {
  "types.ts": 0,
  "errors.ts": 0,
  "checkpoints.ts": 0,
  "timer.ts": 0,
  codec: 1,
  checksum: 1,
  streams: 1.5,
  signing: 2,
  core: 3,
  operations: 4,
  transfer: 5,
  stores: 5,
  transports: 5,
  remote: 5,
  node: 5,
  // What it saves, it downloads.
  page: 5.5,
  // What is asked of it, it uploads.
  worker: 5.5,
  testing: 5,
  "polyfill.ts": 5,
  "oss.ts": 6,
  "mod.ts": 7,
};

/** Folders that may see less than everything below them. */
const ONLY: Readonly<Record<string, (target: string, typeOnly: boolean) => boolean>> = {
  signing: (target) => level(target) <= 1,
  stores: (target) => level(target) === 0,
  "polyfill.ts": () => false,
  testing: (target, typeOnly) =>
    target === "types.ts" ||
    (target === "errors.ts" && typeOnly) ||
    (/^(codec|checksum)\//.test(target) && target !== "codec/uri.ts"),
};

const unitOf = (file: string): string => file.split("/")[0] ?? file;
const level = (file: string): number => LEVELS[unitOf(file)] ?? Number.NaN;

/** Imports that point sideways or up. */
export function layerViolations(sources: Sources): Violation[] {
  const unknown = sources.names.filter((name) => Number.isNaN(level(name)));
  const violations = unknown.map((file) => ({ file, what: "has no layer" }));
  for (const { from, target, typeOnly } of importsOf(sources)) {
    if (target === undefined) continue;
    const [unit, other] = [unitOf(from), unitOf(target)];
    if (unit === other) continue;
    const bothBase = level(from) === 0 && level(target) === 0;
    const lower = level(target) < level(from) || bothBase;
    if (!lower || ONLY[unit]?.(target, typeOnly) === false) violations.push({ file: from, what: `imports ${target}` });
  }
  return violations;
}

/** Cycles, each named by the files on it. */
export function cycles(sources: Sources): Violation[] {
  const edges = groupByFrom(importsOf(sources));
  const state = new Map<string, "open" | "closed">();
  const found: Violation[] = [];
  const visit = (file: string, trail: readonly string[]): void => {
    if (state.get(file) === "closed") return;
    if (state.get(file) === "open") {
      found.push({ file, what: `cycle: ${[...trail.slice(trail.indexOf(file)), file].join(" -> ")}` });
      return;
    }
    state.set(file, "open");
    for (const target of edges.get(file) ?? []) visit(target, [...trail, file]);
    state.set(file, "closed");
  };
  for (const name of sources.names) visit(name, []);
  return found;
}

function groupByFrom(imports: readonly Import[]): Map<string, string[]> {
  const edges = new Map<string, string[]>();
  for (const { from, target } of imports) {
    if (target !== undefined) edges.set(from, [...(edges.get(from) ?? []), target]);
  }
  return edges;
}

/** Packages, and the one file that may import each; `dynamic`: only when it is needed. */
const PACKAGES: readonly { name: RegExp; home: string; dynamic: boolean }[] = [
  { name: /^@noble\/hashes\/legacy\.js$/, home: "checksum/md5.ts", dynamic: true },
  { name: /^@noble\/hashes\//, home: "signing/noble.ts", dynamic: false },
  { name: /^fast-xml-parser$/, home: "codec/xml_tree.ts", dynamic: true },
  { name: /^web-streams-polyfill/, home: "polyfill.ts", dynamic: false },
];

/** Files that are always loaded on demand. */
const ON_DEMAND = ["signing/noble.ts", "signing/sync_hash.ts"];
const NODE_HOMES = /^(stores|node|testing\/node)\//;

/** Foreign imports outside their homes, imports that only `import()` may do, and specifiers without an ending. */
export function foreignImports(sources: Sources): Violation[] {
  const violations: Violation[] = [];
  for (const { from, specifier, target, typeOnly, dynamic } of importsOf(sources)) {
    const flag = (what: string): number => violations.push({ file: from, what: `${what} ${specifier}` });
    if (target !== undefined) {
      if (!specifier.endsWith(".ts")) flag("imports without .ts");
      const bySubpath = from === "mod.ts" || from === "signing/sync_hash.ts";
      if (ON_DEMAND.includes(target) && !dynamic && !typeOnly && !bySubpath) flag("must load on demand");
    } else if (specifier.startsWith("node:")) {
      if (!NODE_HOMES.test(from)) flag("may not import");
    } else {
      const rule = PACKAGES.find(({ name, home }) => name.test(specifier) && home === from);
      if (rule === undefined) flag("may not import");
      else if (rule.dynamic && !dynamic && !typeOnly) flag("must load on demand");
    }
  }
  return violations;
}
