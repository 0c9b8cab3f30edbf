/** Sinks of the file system; `elsewhere.test.ts` runs this in Deno and Bun, too. */
import { execFileSync } from "node:child_process";
import { mkdir, open, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type DenoFile, fileSink, folderSink } from "../../../src/node/mod.ts";
import type { Sink } from "../../../src/streams/sink.ts";
import { assert, runtime, test } from "../../harness.ts";
import { sinkContract } from "../../unit/streams/sink_contract.ts";
import { assertBytes, failure, pattern } from "../../unit/streams/support.ts";
import { temporary, withTemporary } from "./temporary.ts";

const others = async (folder: string): Promise<string[]> => (await readdir(folder)).filter((name) => name !== "a");

for (const fsync of [false, true]) {
  sinkContract({
    name: `path, fsync ${fsync}`,
    async make(before) {
      const { folder, open: opened, remove } = await temporary();
      const file = path.join(folder, "a");
      await writeFile(file, before);
      const again = (): Sink => fileSink(fsync ? pathToFileURL(file) : file, { fsync });
      // An unfinished part may lie there, but not afterwards.
      const left = async (): Promise<string[]> => [...(await others(folder)), ...(await opened())];
      return { sink: again(), seen: () => readFile(file), left, dispose: remove, again };
    },
  });
}

sinkContract({
  name: "folder",
  async make(before) {
    const { folder, open: opened, remove } = await temporary();
    await mkdir(path.join(folder, "x/y"), { recursive: true });
    const file = path.join(folder, "x/y/a");
    await writeFile(file, before);
    const left = async (): Promise<string[]> => [...(await others(path.dirname(file))), ...(await opened())];
    const again = (): Sink => folderSink(folder).file("x/y/a");
    return { sink: again(), seen: () => readFile(file), left, dispose: remove, again };
  },
});

sinkContract({
  name: "open file",
  inPlace: true,
  async make(before) {
    const { folder, remove } = await temporary();
    const file = path.join(folder, "a");
    await writeFile(file, before);
    const handle = await open(file, "r+");
    const dispose = async (): Promise<void> => {
      await handle.close();
      await remove();
    };
    return { sink: fileSink(handle, { fsync: true }), seen: () => readFile(file), left: () => others(folder), dispose };
  },
});

interface DenoFiles {
  open(path: string, options: object): Promise<DenoFile & { close(): void }>;
}

/** Outside Deno one with a cursor is made of Node's. */
async function openDeno(file: string): Promise<DenoFile & { close(): unknown }> {
  const deno: DenoFiles | undefined = Reflect.get(globalThis, "Deno");
  if (deno) return deno.open(file, { read: true, write: true });
  const handle = await open(file, "r+");
  let cursor = 0;
  return {
    seek: async (offset) => {
      cursor = offset;
      return cursor;
    },
    async write(bytes) {
      const { bytesWritten } = await handle.write(bytes, 0, Math.ceil(bytes.length / 2), cursor);
      cursor += bytesWritten;
      return bytesWritten;
    },
    truncate: (length) => handle.truncate(length),
    stat: () => handle.stat(),
    sync: () => handle.sync(),
    close: () => handle.close(),
  };
}

sinkContract({
  name: "Deno.FsFile",
  inPlace: true,
  async make(before) {
    const { folder, remove } = await temporary();
    const file = path.join(folder, "a");
    await writeFile(file, before);
    const opened = await openDeno(file);
    const dispose = async (): Promise<void> => {
      await opened.close();
      await remove();
    };
    return { sink: fileSink(opened), seen: () => readFile(file), left: () => others(folder), dispose };
  },
});

test("a folder, and a path below a file, fail at once and leave nothing", () =>
  withTemporary(async ({ folder, open: opened }) => {
    await mkdir(path.join(folder, "sub"));
    await writeFile(path.join(folder, "file"), "old");
    for (const [name, code] of [
      ["sub", "EISDIR"],
      ["file/a", "ENOTDIR"],
      ["missing/a", "ENOENT"],
    ] as const) {
      const sink = fileSink(path.join(folder, name));
      assert.propertyVal(await failure(Promise.resolve(sink.open?.(3))), "code", code);
      await sink.abort();
    }
    assert.deepEqual(await readdir(folder), ["file", "sub"]);
    assert.deepEqual(await opened(), []);
  }));

test("a pipe or a device is not replaced by a file", () =>
  withTemporary(async ({ folder }) => {
    const pipe = path.join(folder, "a");
    execFileSync("mkfifo", [pipe]);
    const sink = fileSink(pipe);
    assert.propertyVal(await failure(sink.write(pattern(3), 0)), "code", "EINVAL");
    await sink.abort();
    assert.isTrue((await stat(pipe)).isFIFO());
    assert.deepEqual(await readdir(folder), ["a"]);
  }));

test("a file that is open for appending, which takes no positions, is not left wrong", () =>
  withTemporary(async ({ folder }) => {
    const file = path.join(folder, "a");
    await writeFile(file, "old");
    const handle = await open(file, "a");
    try {
      const sink = fileSink(handle);
      await sink.open?.(6);
      for (const position of [3, 0]) await sink.write(pattern(3), position);
      assert.match(String(await failure(sink.close())), /12 bytes instead of 6; was it opened for appending/);
      assert.lengthOf(await readFile(file), 0);
    } finally {
      await handle.close();
    }
  }));

test("a rename that fails surfaces, and the part is removed", () =>
  withTemporary(async ({ folder, open: opened }) => {
    const file = path.join(folder, "a");
    const sink = fileSink(file);
    await sink.write(pattern(3), 0);
    // Something else was put there meanwhile.
    await mkdir(path.join(file, "full"), { recursive: true });
    assert.include(["EISDIR", "ENOTEMPTY", "EEXIST"], Reflect.get(Object(await failure(sink.close())), "code"));
    assert.deepEqual([await readdir(folder), await opened()], [["a"], []]);
  }));

test("of two downloads to one path the later one wins, and neither mixes bytes", () =>
  withTemporary(async ({ folder, open: opened }) => {
    const file = path.join(folder, "a");
    const [first, second] = [fileSink(file), fileSink(file)];
    await first.write(pattern(3000), 0);
    await second.write(pattern(2000, 5), 0);
    await first.write(pattern(3000), 3000);
    assert.propertyVal(await failure(first.close()), "code", "EBUSY");
    await second.close();
    assertBytes(await readFile(file), pattern(2000, 5));
    assert.deepEqual([await readdir(folder), await opened()], [["a"], []]);
  }));

test("a name that leaves no room for an ending is written under another one", () =>
  withTemporary(async ({ folder }) => {
    const name = "a".repeat(255);
    const folders = folderSink(folder);
    for (const sink of [fileSink(path.join(folder, name)), folders.file(name)]) {
      await sink.write(pattern(3), 0);
      assert.lengthOf(await readdir(folder), 1);
      await sink.abort();
      assert.deepEqual(await readdir(folder), []);
    }
    // Names with the same beginning do not share it.
    const others = ["b", "c"].map((end) => name.slice(1) + end);
    const both = others.map((other) => folders.file(other));
    for (const [index, sink] of both.entries()) await sink.write(pattern(3, index), 0);
    for (const sink of both) await sink.close();
    assert.sameMembers(await readdir(folder), others);
    for (const [index, other] of others.entries())
      assertBytes(await readFile(path.join(folder, other)), pattern(3, index));
  }));

test("what a crash left is no obstacle", () =>
  withTemporary(async ({ folder }) => {
    const file = path.join(folder, "a");
    await writeFile(`${file}.oss-fetch-part`, pattern(9000));
    const sink = fileSink(file);
    await sink.write(pattern(3), 0);
    await sink.close();
    assertBytes(await readFile(file), pattern(3));
    assert.deepEqual(await readdir(folder), ["a"]);
  }));

test("a .part of another program stays as it is, whatever becomes of the download", () =>
  withTemporary(async ({ folder }) => {
    const file = path.join(folder, "a");
    const others = `${file}.part`;
    await writeFile(others, pattern(9000));
    for (const sink of [fileSink(file), folderSink(folder).file("a")]) {
      await sink.write(pattern(3), 0);
      await sink.abort();
      assertBytes(await readFile(others), pattern(9000));
    }
    const [sink, own] = [fileSink(file), fileSink(others)];
    await Promise.all([sink.write(pattern(3), 0), own.write(pattern(5), 0)]);
    await sink.close();
    assertBytes(await readFile(others), pattern(9000));
    await own.close();
    assertBytes(await readFile(others), pattern(5));
    assertBytes(await readFile(file), pattern(3));
  }));

test("a full disk surfaces", { skip: { deno: "fsync of /dev/full differs", bun: "the same in Node" } }, async () => {
  const handle = await open("/dev/full", "w");
  try {
    const [write, stat] = [handle.write.bind(handle), handle.stat.bind(handle)];
    const full = { write, stat, truncate: async () => {}, sync: async () => {} };
    const sink = fileSink(full);
    assert.propertyVal(await failure(sink.write(pattern(3), 0)), "code", "ENOSPC");
    await sink.abort();
    const stuck = fileSink({ ...full, write: async () => ({ bytesWritten: 0 }) });
    assert.match(String(await failure(stuck.write(pattern(3), 1))), /Cannot write 3 bytes at 1: the file took 0/);
  } finally {
    await handle.close();
  }
});

test("no path leaves the folder, nor does a link", () =>
  withTemporary(async ({ folder }) => {
    const [inner, outer] = [path.join(folder, "inner"), path.join(folder, "outer")];
    await mkdir(inner);
    await mkdir(outer);
    await symlink(outer, path.join(inner, "link"));
    // Its path begins as that of the folder itself.
    await mkdir(`${inner}-too`);
    await symlink(`${inner}-too`, path.join(inner, "next"));
    await writeFile(path.join(outer, "secret"), "old");
    await symlink(path.join(outer, "secret"), path.join(inner, "file"));
    const sinks = folderSink(inner);
    for (const bad of [
      "../a",
      "/a",
      "a/../../b",
      "a\\b",
      "a\0b",
      "",
      "a//b",
      "con",
      "a/nul.txt",
      "a.",
      "x.oss-fetch-part",
    ])
      assert.throws(() => sinks.file(bad), TypeError, JSON.stringify(bad));
    for (const through of ["link/a", "link/b/c", "next/a"])
      assert.match(String(await failure(sinks.file(through).write(pattern(1), 0))), /link that leads elsewhere/);
    const replaced = sinks.file("file");
    await replaced.write(pattern(1), 0);
    await replaced.close();
    assert.deepEqual(await readdir(outer), ["secret"]);
    assert.equal(await readFile(path.join(outer, "secret"), "utf8"), "old", runtime);
    assert.deepEqual(await readdir(`${inner}-too`), []);
    // What could not be made, or was removed, may be made later.
    await failure(sinks.file("file/b/c").write(pattern(1), 0));
    await rm(path.join(inner, "file"));
    for (const _ of ["at first", "once more"]) {
      const sink = sinks.file("file/b/c");
      await sink.write(pattern(1), 0);
      await sink.close();
      await rm(path.join(inner, "file"), { recursive: true });
    }
    const missing = folderSink(path.join(folder, "new/er")).file("a/b");
    await missing.write(pattern(2), 0);
    await missing.close();
    assertBytes(await readFile(path.join(folder, "new/er/a/b")), pattern(2));
  }));

test("fileSink and folderSink tell what they cannot take", () => {
  assert.throws(() => fileSink(""), TypeError, 'got ""');
  assert.throws(() => fileSink(5 as never), TypeError, "got 5");
  assert.throws(() => folderSink(""), TypeError, 'got ""');
  assert.throws(() => fileSink(new URL("http://a/b")), TypeError, "file");
});
