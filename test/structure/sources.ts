/**
 * The sources as TypeScript sees them: a program over real or made-up files, for the rules of the architecture.
 * @module
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript-5.9";

export interface Sources {
  /** Paths below `src`: `codec/hex.ts`. */
  readonly names: readonly string[];
  readonly checker: ts.TypeChecker;
  text(name: string): string;
  tree(name: string): ts.SourceFile;
}

/** One broken rule: where, and what. */
export interface Violation {
  readonly file: string;
  readonly what: string;
}

/** All files below a folder, as paths relative to it. */
export function listFiles(folder: string, ending: RegExp): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter((name) => !name.includes("node_modules"))
    .sort();
}

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.Preserve,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  types: ["node"],
  allowImportingTsExtensions: true,
  noEmit: true,
  skipLibCheck: true,
  strict: true,
};

/**
 * @param root the repository's folder; packages are found there
 * @param files texts by path below `src`; the real ones when left out
 */
export function loadSources(root: string, files?: Readonly<Record<string, string>>): Sources {
  const src = path.join(root, "src");
  const names = files === undefined ? listFiles(src, /\.ts$/) : Object.keys(files);
  const at = (name: string): string => path.join(src, name);
  const host = ts.createCompilerHost(OPTIONS, true);
  if (files !== undefined) overlay(host, new Map(Object.entries(files).map(([name, text]) => [at(name), text])));
  const program = ts.createProgram({ rootNames: names.map(at), options: OPTIONS, host });
  const tree = (name: string): ts.SourceFile => {
    const found = program.getSourceFile(at(name));
    if (found === undefined) throw new Error(`No source file ${name}`);
    return found;
  };
  return { names, checker: program.getTypeChecker(), tree, text: (name) => tree(name).text };
}

function overlay(host: ts.CompilerHost, texts: ReadonlyMap<string, string>): void {
  const { readFile, fileExists, getSourceFile } = host;
  host.fileExists = (file) => texts.has(file) || fileExists(file);
  host.readFile = (file) => texts.get(file) ?? readFile(file);
  host.getSourceFile = (file, target, ...rest) => {
    const text = texts.get(file);
    return text === undefined ? getSourceFile(file, target, ...rest) : ts.createSourceFile(file, text, target, true);
  };
}

/** Visits every node of a file. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** `file:line` of a node. */
export function place(tree: ts.SourceFile, node: ts.Node): string {
  return `line ${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1}`;
}

/** Number of lines of a text file. */
export function lineCount(file: string): number {
  return readFileSync(file, "utf8").replace(/\n$/, "").split("\n").length;
}
