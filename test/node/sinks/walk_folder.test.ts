/** The walker through folders of the file system; `elsewhere.test.ts` runs this in Deno and Bun, too. */
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { type FolderFile, walkFolder } from "../../../src/node/mod.ts";
import { assert, test } from "../../harness.ts";
import { failure } from "../../unit/streams/support.ts";
import { type Temporary, withTemporary } from "./temporary.ts";

async function listed(walk: AsyncIterable<FolderFile>): Promise<string[]> {
  const found: string[] = [];
  for await (const { path: name, size, file } of walk) {
    const source = await file.open();
    assert.equal(source.size, size);
    source.close();
    found.push(`${name} ${size}`);
  }
  return found;
}

async function plant({ folder }: Temporary): Promise<void> {
  await mkdir(path.join(folder, "b/c"), { recursive: true });
  await mkdir(path.join(folder, "b/empty"));
  await writeFile(path.join(folder, "a"), "1");
  await writeFile(path.join(folder, "b/c/file"), "22");
  await writeFile(path.join(folder, "b-"), "333");
  await writeFile(path.join(folder, ".hidden"), "");
  await symlink("a", path.join(folder, "link"));
  await symlink("..", path.join(folder, "b/up"));
  await symlink("nothing", path.join(folder, "dangling"));
}

test("walkFolder: files in order, links left out or followed once", () =>
  withTemporary(async (place) => {
    await plant(place);
    const plain = [".hidden 0", "a 1", "b/c/file 2", "b- 3"];
    assert.deepEqual(await listed(walkFolder(place.folder)), plain);
    assert.deepEqual(await listed(walkFolder(pathToFileURL(place.folder))), plain);
    const told: string[] = [];
    const onError = (_: unknown, name: string): unknown => told.push(name);
    const followed = await listed(walkFolder(`${place.folder}/`, { symlinks: "follow", onError }));
    assert.deepEqual(followed, [...plain, "link 1"]);
    assert.deepEqual(told, ["dangling"]);
    const walk = listed(walkFolder(place.folder, { symlinks: "follow" }));
    assert.propertyVal(await failure(walk), "code", "ENOENT");
  }));

test("walkFolder: what a download has not finished is left out", () =>
  withTemporary(async ({ folder }) => {
    await mkdir(path.join(folder, "photos.oss-fetch-part"));
    for (const name of ["a.part", "a.oss-fetch-part", "b.0f1e.OSS-fetch-part", "photos.oss-fetch-part/b"])
      await writeFile(path.join(folder, name), "1");
    assert.deepEqual(await listed(walkFolder(folder)), ["a.part 1", "photos.oss-fetch-part/b 1"]);
  }));

test("walkFolder: what cannot be read ends the walk, or is left out", () =>
  withTemporary(async ({ folder }) => {
    assert.propertyVal(await failure(listed(walkFolder(path.join(folder, "none")))), "code", "ENOENT");
    // Root may read everything.
    if (process.getuid?.() === 0) return;
    await mkdir(path.join(folder, "closed"), { mode: 0 });
    await writeFile(path.join(folder, "open"), "");
    assert.propertyVal(await failure(listed(walkFolder(folder))), "code", "EACCES");
    assert.deepEqual(await listed(walkFolder(folder, { onError: () => {} })), ["open 0"]);
    await chmod(path.join(folder, "closed"), 0o700);
  }));

test("walkFolder: wrong arguments are refused at once", () => {
  assert.throws(() => walkFolder(""), TypeError, 'got ""');
  assert.throws(() => walkFolder("a", { symlinks: "maybe" as never }), TypeError, 'got "maybe"');
});
