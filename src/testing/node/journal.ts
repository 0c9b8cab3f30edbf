/**
 * A journal of changes: one JSON line each, the last one of a path counts.
 * @module
 */
import { appendFile, readFile, rename, writeFile } from "node:fs/promises";
import type { Change } from "../store.ts";

/** Parents come before what is in them. */
const KINDS: readonly string[] = ["account", "bucket", "object", "upload", "part"];

/** The journal of one folder. */
export interface Journal {
  /** What is still true, parents first; the file is rewritten without the rest. */
  load(): Promise<readonly Change[]>;
  /** Adds a change, after all earlier ones. */
  append(change: Change): Promise<void>;
}

/** One line; a torn last line of a crash is nothing. */
function parse(line: string): Change | undefined {
  try {
    const change: Change = JSON.parse(line);
    return Array.isArray(change.path) ? change : undefined;
  } catch {
    return undefined;
  }
}

/** What is left when every change has been applied in order. */
function fold(lines: readonly string[]): Change[] {
  const live = new Map<string, Change>();
  for (const line of lines) {
    const change = parse(line);
    if (change === undefined) continue;
    const name = JSON.stringify(change.path);
    if (change.value !== null) {
      live.set(name, change);
      continue;
    }
    live.delete(name);
    const [kind, ...rest] = change.path;
    if (kind !== "upload") continue;
    // The parts of an upload end with it.
    const parts = JSON.stringify(["part", ...rest]).slice(0, -1);
    for (const key of [...live.keys()]) if (key.startsWith(`${parts},`)) live.delete(key);
  }
  const rank = (change: Change): number => KINDS.indexOf(change.path[0] ?? "");
  return [...live.values()].sort((a, b) => rank(a) - rank(b));
}

/**
 * Makes the journal of a file.
 * @param path the file; made when it is not there
 */
export function createJournal(path: string): Journal {
  let last: Promise<void> = Promise.resolve();
  return {
    async load() {
      const text = await readFile(path, "utf8").catch(() => "");
      const changes = fold(text.split("\n"));
      const part = `${path}.part`;
      await writeFile(part, changes.map((change) => `${JSON.stringify(change)}\n`).join(""));
      await rename(part, path);
      return changes;
    },
    append(change) {
      const line = `${JSON.stringify(change)}\n`;
      last = last.catch(() => {}).then(() => appendFile(path, line));
      return last;
    },
  };
}
