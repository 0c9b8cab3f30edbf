/** The programs in the README. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { environment } from "../../harness.ts";

const readme = readFileSync(path.join(environment.root, "README.md"), "utf8");

/** A code block of the README, by the file name in its first line. */
export function block(name: string): string {
  for (const [, code = ""] of readme.matchAll(/^```\w+\n([\s\S]*?)^```$/gm)) {
    if (code.split("\n")[0]?.includes(name)) return code;
  }
  throw new Error(`README has no block that begins with ${name}`);
}
