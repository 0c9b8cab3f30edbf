/**
 * A folder of the file system as the place of many downloads.
 * @module
 */
import { mkdir, realpath } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { createSink } from "../streams/create_sink.ts";
import { splitPath, UNFINISHED } from "../streams/safe_path.ts";
import type { SinkFolder } from "../streams/sink.ts";
import { type FileSinkOptions, partialPlace } from "./file_sink.ts";
import { openPart } from "./part_file.ts";

/**
 * Makes a folder of sinks of a path; it and the folders in it are made when they are missing.
 *
 * Files are written beside their place and renamed when all is there. None leaves the folder: paths that would, on any
 * system, are refused, and so are symbolic links that lead out of it.
 *
 * @param folder a path or a `file:` URL
 * @param options whether to wait for the disk
 * @returns `file(path)` gives the sink of a file in it
 * @example
 * ```ts
 * import { mkdtemp, readFile, rm } from "node:fs/promises";
 * import { folderSink } from "oss-fetch/node";
 * const folder = await mkdtemp("/tmp/sink-");
 * const sink = folderSink(folder).file("2025/hello.txt");
 * await sink.write(new TextEncoder().encode("hello"), 0);
 * await sink.close();
 * console.log(await readFile(`${folder}/2025/hello.txt`, "utf8")); // hello
 * await rm(folder, { recursive: true });
 * ```
 */
export function folderSink(folder: string | URL, options: FileSinkOptions = {}): SinkFolder {
  if (!(folder instanceof URL) && (typeof folder !== "string" || folder === ""))
    throw new TypeError(`folder must be a path or a file: URL, got ${JSON.stringify(folder)}`);
  const root = resolve(folder instanceof URL ? fileURLToPath(folder) : folder);
  /** Each folder is made and looked at once. */
  const made = new Map<string, Promise<string>>();
  const makeRoot = async (): Promise<string> => {
    await mkdir(root, { recursive: true });
    return realpath(root);
  };
  const make = (names: readonly string[]): Promise<string> => {
    const id = names.join("/");
    let known = made.get(id);
    if (!known) {
      known = names.length === 0 ? makeRoot() : makeWithin(names);
      made.set(id, known);
      // One that could not be made may be later.
      known.catch(() => made.delete(id));
    }
    return known;
  };
  const makeWithin = async (names: readonly string[]): Promise<string> => {
    const [top, parent] = [await make([]), await make(names.slice(0, -1))];
    const path = join(parent, names.at(-1) ?? "");
    await mkdir(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
    const real = await realpath(path);
    if (!real.startsWith(top.endsWith(sep) ? top : top + sep))
      throw new TypeError(
        `Cannot use ${JSON.stringify(names.join("/"))} as a folder: it is a link that leads elsewhere`,
      );
    return real;
  };
  return {
    file(path) {
      const [folders, name] = splitPath(path);
      // Windows takes `a:b` for a stream of the file `a`.
      if (sep === "\\" && /[<>:"|?*]/.test(path))
        throw new TypeError(`Cannot use ${JSON.stringify(path)} as a path: it has a character that Windows refuses`);
      const at = async <T>(use: (path: string) => Promise<T>): Promise<T> => {
        try {
          return await use(join(await make(folders), name));
        } catch (error) {
          if ((Object(error) as NodeJS.ErrnoException).code !== "ENOENT") throw error;
          // A folder that was made before has been removed since.
          made.clear();
          return use(join(await make(folders), name));
        }
      };
      return createSink(
        () => at((path) => openPart(path, { ...options, ending: UNFINISHED })),
        partialPlace(join(root, ...folders, name), options, at),
      );
    },
  };
}
