/**
 * Bundles test files with esbuild: one ES module that exports `start(setting, send)` and runs unchanged everywhere, and
 * `load(setting, file)`, which gives workers that a test starts what its file exports.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";

export const ROOT = path.resolve(import.meta.dirname, "../..");

/** Text of the entry: each file is a lazy chunk, so that one that throws while loading is one failure. */
function entryText(files) {
  const rows = files.map((file) => `[${JSON.stringify(file)}, () => import(${JSON.stringify(`./${file}`)})]`);
  return `const files = [${rows.join(",\n")}];
export async function start(setting, send) {
  globalThis.__test_setting__ = setting;
  const { execute } = await import("./test/runners/execute.ts");
  await execute(files, send);
}
export async function load(setting, file) {
  globalThis.__test_setting__ = setting;
  return files.find(([name]) => name === file)[1]();
}
`;
}

/** A bundle in one file moves code: in Node-only tests `import.meta` must still tell where the source is. */
const keepMetaUrl = {
  name: "keep-meta-url",
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
      const text = await readFile(file, "utf8");
      if (!text.includes("import.meta.")) return undefined;
      const contents = text
        .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(file).href))
        .replaceAll("import.meta.dirname", JSON.stringify(path.dirname(file)));
      return { contents, loader: "ts" };
    });
  },
};

function options(files, outfile, nodeOnly) {
  return {
    stdin: { contents: entryText(files), resolveDir: ROOT, sourcefile: "suite_entry.js", loader: "js" },
    absWorkingDir: ROOT,
    bundle: true,
    format: "esm",
    target: "es2022",
    platform: nodeOnly ? "node" : "neutral",
    mainFields: ["module", "main"],
    ...(nodeOnly ? { packages: "external", plugins: [keepMetaUrl] } : {}),
    outfile,
    sourcemap: "linked",
    sourcesContent: false,
    logLevel: "silent",
    write: true,
  };
}

/**
 * Bundles what can be bundled.
 * @returns files that could not be bundled, each with esbuild's message
 */
export async function bundleTests(files, outfile, { nodeOnly = false } = {}) {
  try {
    await esbuild.build(options(files, outfile, nodeOnly));
    return [];
  } catch (error) {
    if (!Array.isArray(error.errors)) throw error;
  }
  // Something does not bundle: find out which files suffer, so that the others still run.
  const broken = [];
  for (const file of files) {
    try {
      await esbuild.build({ ...options([file], outfile, nodeOnly), write: false });
    } catch (error) {
      const lines = error.errors.map(({ text, location }) =>
        location ? `${location.file}:${location.line}: ${text}` : text,
      );
      broken.push({ file, message: `Cannot bundle: ${lines.join("; ")}` });
    }
  }
  const bad = new Set(broken.map(({ file }) => file));
  await esbuild.build(
    options(
      files.filter((file) => !bad.has(file)),
      outfile,
      nodeOnly,
    ),
  );
  return broken;
}
