/** Walkers through what was chosen or dropped, with made-up drops in every runtime, and real folders where there are some. */
import { type DroppedItem, type PickedFile, walkDirectory, walkDrop, walkInput } from "../../../src/page/mod.ts";
import { assert, test } from "../../harness.ts";
import { FakeFolder } from "../streams/fake_folder.ts";
import { fill, NO_OPFS, opfsFolder } from "../streams/opfs.ts";
import { failure, pattern } from "../streams/support.ts";

async function listed(walk: AsyncIterable<PickedFile>): Promise<string[]> {
  const found: string[] = [];
  for await (const { path, file, handle } of walk) found.push(`${path} ${file.size}${handle ? " handle" : ""}`);
  return found;
}

/** A tree of sizes: a number is a file. */
interface Tree {
  readonly [name: string]: number | Tree;
}

interface FakeEntry {
  readonly name: string;
  file?(resolve: (file: File) => void, reject: (error: unknown) => void): void;
  createReader?(): object;
}

const BROKEN = new DOMException("gone", "NotFoundError");

/** An entry of `webkitGetAsEntry`; its readers hand out so many at a time. A size below 0 cannot be read. */
function entryOf(name: string, node: number | Tree, batch: number): FakeEntry {
  if (typeof node === "number") {
    const file = node < 0 ? undefined : new File([pattern(node)], name);
    return { name, file: (resolve, reject) => queueMicrotask(() => (file ? resolve(file) : reject(BROKEN))) };
  }
  const children = Object.entries(node).map(([child, below]) => entryOf(child, below, batch));
  return {
    name,
    createReader() {
      let at = 0;
      const readEntries = (resolve: (entries: FakeEntry[]) => void): void => {
        const piece = children.slice(at, at + batch);
        at += batch;
        queueMicrotask(() => resolve(piece));
      };
      return { readEntries };
    },
  };
}

/** A drop whose items answer during the event alone. */
function drop(items: readonly object[]): { items: DroppedItem[]; over(): void } {
  let isOver = false;
  const guarded = items.map(
    (item) => new Proxy(item, { get: (target, name) => (isOver ? () => null : Reflect.get(target, name)) }),
  );
  // As loosely typed as in a script.
  const over = (): void => {
    isOver = true;
  };
  return { items: guarded as DroppedItem[], over };
}

const entryItem = (entry: FakeEntry | null, file: File | null = null): object => ({
  kind: "file",
  getAsFile: () => file,
  webkitGetAsEntry: () => entry,
});

test("walkDrop: everything is asked for at once, and folders are read to their end", async () => {
  const many = Object.fromEntries(Array.from({ length: 250 }, (_, at) => [`f${at}`, at]));
  const data = drop([
    { kind: "string", getAsFile: () => assert.fail("no file") },
    entryItem(entryOf("a.txt", 3, 100)),
    entryItem(entryOf("photos", { 2025: { "b.jpg": 5, empty: {} }, many }, 100)),
    entryItem(null, new File(["hello"], "c.txt")),
    entryItem(null),
  ]);
  const walk = walkDrop(data);
  data.over();
  const found = await listed(walk);
  assert.deepEqual([found.at(0), found.at(1), found.at(-1)], ["a.txt 3", "photos/2025/b.jpg 5", "c.txt 5"]);
  assert.deepEqual(
    found.slice(2, -1),
    Object.entries(many).map(([name, size]) => `photos/many/${name} ${size}`),
  );
});

test("walkDrop: handles come first, entries where there are none", async () => {
  const folder = new FakeFolder("photos");
  const file = await (await folder.getDirectoryHandle("2025", { create: true })).getFileHandle("b.jpg", {
    create: true,
  });
  file.bytes = pattern(5);
  const entry = entryOf("a.txt", 3, 100);
  const item = (handle: () => unknown): object => ({ ...entryItem(entry), getAsFileSystemHandle: handle });
  const data = drop([
    item(() => Promise.resolve(folder)),
    item(() => Promise.resolve(null)),
    item(() => Promise.reject(new DOMException("no", "NotAllowedError"))),
  ]);
  const walk = walkDrop(data);
  data.over();
  assert.deepEqual(await listed(walk), ["photos/2025/b.jpg 5 handle", "a.txt 3", "a.txt 3"]);
});

test("walkDrop and walkDirectory: what cannot be read ends the walk, or is told of once", async () => {
  const tree = { a: 1, bad: { worse: -1, b: 2 }, c: 3 };
  const data = (): { items: DroppedItem[] } => drop([entryItem(entryOf("top", tree, 2))]);
  assert.equal(await failure(listed(walkDrop(data()))), BROKEN);
  const told: unknown[] = [];
  const found = await listed(walkDrop(data(), { onError: (error, path) => told.push([path, error]) }));
  assert.deepEqual(found, ["top/a 1", "top/bad/b 2", "top/c 3"]);
  assert.deepEqual(told, [["top/bad/worse", BROKEN]]);

  const folder = new FakeFolder();
  const inner = await folder.getDirectoryHandle("x", { create: true });
  for (const name of ["a", "b"]) await inner.getFileHandle(name, { create: true });
  const broken = await inner.getFileHandle("a");
  broken.getFile = () => Promise.reject(BROKEN);
  assert.equal(await failure(listed(walkDirectory(folder))), BROKEN);
  told.length = 0;
  assert.deepEqual(await listed(walkDirectory(folder, { onError: (_, path) => told.push(path) })), ["x/b 0 handle"]);
  assert.deepEqual(told, ["x/a"]);
  const enough = new Error("enough");
  const onError = (): never => {
    told.push("again");
    throw enough;
  };
  assert.equal(await failure(listed(walkDirectory(folder, { onError }))), enough);
  assert.deepEqual(told, ["x/a", "again"]);
});

test("what a download has not finished is left out of folders, but not when it was chosen itself", async () => {
  const [whole, unfinished] = ["a.part", "b.0f1e.oss-fetch-part"];
  const folder = new FakeFolder("photos");
  for (const name of [whole, unfinished]) await folder.getFileHandle(name, { create: true });
  assert.deepEqual(await listed(walkDirectory(folder)), [`${whole} 0 handle`]);
  const entry = entryOf("photos", { [whole]: 1, [unfinished]: 2 }, 100);
  const dropped = drop([entryItem(entry), entryItem(entryOf(unfinished, 3, 1))]);
  assert.deepEqual(await listed(walkDrop(dropped)), [`photos/${whole} 1`, `${unfinished} 3`]);
  const files = ["", `photos/${unfinished}`, `photos/${whole}`].map((webkitRelativePath) =>
    Object.defineProperty(new File([], unfinished), "webkitRelativePath", { value: webkitRelativePath }),
  );
  assert.deepEqual(
    walkInput(files).map((file) => file.path),
    [unfinished, `photos/${whole}`],
  );
});

test("walkInput: files alone, and files of a folder", () => {
  const inFolder = Object.defineProperty(new File(["abc"], "b.jpg"), "webkitRelativePath", { value: "photos/b.jpg" });
  const found = walkInput([new File(["a"], "a.txt"), inFolder]);
  assert.deepEqual(
    found.map(({ path, file }) => [path, file.size]),
    [
      ["a.txt", 1],
      ["photos/b.jpg", 3],
    ],
  );
  assert.deepEqual(walkInput(null), []);
});

test("walkDirectory: a real folder", NO_OPFS, async () => {
  const { folder, dispose } = await opfsFolder();
  const inner = await folder.getDirectoryHandle("2025", { create: true });
  await fill(folder, "a", pattern(1));
  await fill(inner, "b", pattern(2));
  await inner.getDirectoryHandle("empty", { create: true });
  assert.deepEqual((await listed(walkDirectory(folder))).sort(), ["2025/b 2 handle", "a 1 handle"]);
  await dispose();
});
