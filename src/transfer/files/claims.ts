/**
 * Paths that are taken: no two objects become one file, on any file system.
 * @module
 */
import { show } from "../../core/validate.ts";
import { splitPath } from "../../streams/safe_path.ts";

/** Remembers paths. */
export interface Claims {
  /**
   * Takes a path for one file.
   * @throws TypeError when it leaves the folder, is taken, or is a folder or in a file that is taken: also where that
   *   is so only because a file system ignores case
   */
  take(path: string): void;
}

/** Makes a memory of paths. */
export function createClaims(): Claims {
  const files = new Map<string, string>();
  const folders = new Map<string, string>();
  return {
    take(path) {
      const [above] = splitPath(path);
      const refuse = (other: string): TypeError =>
        new TypeError(`Cannot use ${show(path)} as a path: ${show(other)} is in its place`);
      const id = folded(path);
      const taken = files.get(id) ?? folders.get(id);
      if (taken !== undefined) throw refuse(taken);
      const parents = above.map((_, at) => folded(above.slice(0, at + 1).join("/")));
      for (const parent of parents) {
        const file = files.get(parent);
        if (file !== undefined) throw refuse(file);
      }
      files.set(id, path);
      for (const parent of parents) if (!folders.has(parent)) folders.set(parent, path);
    },
  };
}

/** One text for all that some file system takes for the same name. */
function folded(path: string): string {
  return path.toUpperCase().toLowerCase().normalize("NFC");
}
