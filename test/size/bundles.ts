/**
 * Bundles an entry as an application would, and tells what a page loads first.
 * @module
 */
import path from "node:path";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";

export interface FirstLoad {
  /** Bytes of the gzipped code that is loaded before anything is called. */
  readonly gzip: number;
  readonly code: string;
  /** Files that the code comes from. */
  readonly inputs: readonly string[];
  /** The files that weigh most, for whoever has to make it smaller. */
  readonly heaviest: string;
}

/** The outputs that an output imports statically, itself included. */
function staticClosure(outputs: esbuild.Metafile["outputs"], first: string): Set<string> {
  const found = new Set([first]);
  for (const name of found) {
    for (const { path: imported, kind } of outputs[name]?.imports ?? []) {
      if (kind === "import-statement" && imported in outputs) found.add(imported);
    }
  }
  return found;
}

const COMMON = {
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  platform: "browser",
  outdir: "out",
  write: false,
  metafile: true,
  logLevel: "silent",
} as const satisfies esbuild.BuildOptions;

async function load(root: string, contents: string, options: esbuild.BuildOptions): Promise<FirstLoad> {
  const { metafile, outputFiles } = await esbuild.build({
    ...options,
    ...COMMON,
    stdin: { contents, resolveDir: root },
    absWorkingDir: root,
  });
  const entry = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === "<stdin>");
  if (entry === undefined) throw new Error("esbuild named no entry point");
  const closure = staticClosure(metafile.outputs, entry[0]);
  const code = outputFiles
    .filter((file) => closure.has(path.relative(root, file.path)))
    .map(({ text }) => text)
    .join("\n");
  const weights = [...closure]
    .flatMap((name) => Object.entries(metafile.outputs[name]?.inputs ?? {}))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput);
  const inputs = weights.map(([input]) => input);
  const heaviest = weights
    .slice(0, 12)
    .map(([input, { bytesInOutput }]) => `${input.replace(/^src\//, "")} ${bytesInOutput}`);
  return { gzip: gzipSync(code, { level: 9 }).length, code, inputs, heaviest: heaviest.join(", ") };
}

/**
 * What a page loads at first.
 * @param root the repository's folder
 * @param names what the page imports from `oss-fetch`
 */
export function firstLoad(root: string, names: readonly string[]): Promise<FirstLoad> {
  return load(root, `export { ${names.join(", ")} } from "./src/mod.ts";`, { minify: true });
}

/** The same without the code that esbuild adds to the first load because parts loaded on demand share its file. */
export function leastLoad(root: string, names: readonly string[], options?: esbuild.BuildOptions): Promise<FirstLoad> {
  return leastOf(root, `export { ${names.join(", ")} } from "./src/mod.ts";`, options);
}

/** The same for an entry that is given as text; its specifiers start at the repository's folder. */
export function leastOf(
  root: string,
  contents: string,
  options: esbuild.BuildOptions = { minify: true },
): Promise<FirstLoad> {
  return load(root, contents, { ...options, plugins: [onDemandOutside] });
}

/** What the whole catalogue weighs. */
export interface WholeLoad {
  /** Bytes of gzip of one file with everything in it, what is loaded on demand included, packages not. */
  readonly gzip: number;
  /** Specifiers of packages that it would load. */
  readonly packages: readonly string[];
}

/**
 * Everything that an entry can ever load, in one file, without packages.
 * @param outside modules that are not counted, as their importers name them
 */
export async function wholeLoad(root: string, contents: string, outside?: RegExp): Promise<WholeLoad> {
  const { metafile, outputFiles } = await esbuild.build({
    ...COMMON,
    splitting: false,
    minify: true,
    packages: "external",
    plugins: outside ? [leftOut(outside)] : [],
    stdin: { contents, resolveDir: root },
    absWorkingDir: root,
  });
  const packages = Object.values(metafile.outputs)
    .flatMap(({ imports }) => imports.map((found) => found.path))
    .filter((name) => !outside?.test(name));
  const code = outputFiles.map(({ text }) => text).join("\n");
  return { gzip: gzipSync(code, { level: 9 }).length, packages };
}

const leftOut = (outside: RegExp): esbuild.Plugin => ({
  name: "left-out",
  setup(build) {
    build.onResolve({ filter: outside }, ({ path: specifier }) => ({ path: specifier, external: true }));
  },
});

const onDemandOutside: esbuild.Plugin = {
  name: "on-demand-outside",
  setup(build) {
    build.onResolve({ filter: /^/ }, ({ path: specifier, kind }) =>
      kind === "dynamic-import" ? { path: specifier, external: true } : undefined,
    );
  },
};

/** Makes esbuild look for itself whether a module does something when it is loaded. */
const distrust: esbuild.Plugin = {
  name: "do-not-trust-side-effects-false",
  setup(build) {
    build.onResolve({ filter: /^\.\.?\// }, ({ path: specifier, resolveDir, kind }) =>
      kind === "dynamic-import"
        ? { path: specifier, external: true }
        : { path: path.resolve(resolveDir, specifier), sideEffects: true },
    );
  },
};

/** What is left of the library when everything is imported and nothing is used. */
export async function unusedCode(root: string): Promise<string> {
  const { code } = await load(root, `import "./src/mod.ts";`, {
    minifySyntax: true,
    packages: "external",
    plugins: [distrust],
  });
  return code;
}
