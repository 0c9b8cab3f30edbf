/**
 * The examples of the documentation, as programs.
 * @module
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { listFiles } from "./sources.ts";

export interface Example {
  /** `core/presign.ts:42`. */
  readonly place: string;
  /** A file name that is free: `core_presign_42`. */
  readonly name: string;
  readonly code: string;
}

const FENCE = /^([ \t]*\*?[ \t]*)```ts\n([\s\S]*?)^[ \t]*\*?[ \t]*```$/gm;

/** The ```ts blocks of a text; the stars of a comment are dropped. */
function blocksOf(text: string, file: string): Example[] {
  return [...text.matchAll(FENCE)].map((match) => {
    const line = text.slice(0, match.index).split("\n").length;
    const [, margin = "", block = ""] = match;
    const code = margin.includes("*") ? block.replace(/^[ \t]*\* ?/gm, "") : block;
    return { place: `${file}:${line}`, name: `${file.replace(/\W+/g, "_")}_${line}`, code };
  });
}

/** Examples in the comments of the sources. What is not public is imported by its file, `from "./crc64.ts"`. */
export function sourceExamples(root: string): Example[] {
  const src = path.join(root, "src");
  return listFiles(src, /\.ts$/).flatMap((name) => {
    const folder = path.dirname(path.join(src, name));
    const absolute = (_: string, start: string, specifier: string): string =>
      `${start}${path.resolve(folder, specifier)}"`;
    return blocksOf(readFileSync(path.join(src, name), "utf8"), name).map((example) => ({
      ...example,
      code: example.code.replace(/(from "|import\(")(\.\.?\/[^"]+)"/g, absolute),
    }));
  });
}

/** Examples in the pages at the top of the repository. */
export function pageExamples(root: string): Example[] {
  const pages = ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"].filter((name) => existsSync(path.join(root, name)));
  return pages.flatMap((name) => blocksOf(readFileSync(path.join(root, name), "utf8"), name));
}
