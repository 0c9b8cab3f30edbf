/**
 * The package as npm would install it: packed, unpacked, its dependencies beside it.
 */
import { mkdir, mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { assert, environment } from "../../harness.ts";
import { execute } from "../../types/compilers.ts";

const { root } = environment;

/**
 * Packs the project and removes the tarball afterwards.
 * @param use gets an empty folder and the tarball's path
 */
export async function withTarball<T>(use: (folder: string, tarball: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), "oss-fetch-pack-"));
  try {
    const { code, output } = await execute("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], root);
    assert.equal(code, 0, output);
    const [name = ""] = await readdir(folder);
    return await use(folder, path.join(folder, name));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Installs the project into an empty folder and removes it afterwards.
 * @param use gets the folder, which has `node_modules/oss-fetch`
 */
export function withInstalled<T>(use: (folder: string) => Promise<T>): Promise<T> {
  return withTarball(async (folder, tarball) => {
    const modules = path.join(folder, "node_modules");
    const home = path.join(modules, "oss-fetch");
    await mkdir(home, { recursive: true });
    const unpacked = await execute("tar", ["-xzf", tarball, "--strip-components=1", "-C", home], folder);
    assert.equal(unpacked.code, 0, unpacked.output);
    const { dependencies } = JSON.parse(await readFile(path.join(home, "package.json"), "utf8"));
    for (const name of Object.keys(dependencies)) {
      await mkdir(path.dirname(path.join(modules, name)), { recursive: true });
      await symlink(path.join(root, "node_modules", name), path.join(modules, name));
    }
    return use(folder);
  });
}
