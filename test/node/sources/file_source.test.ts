/** Files as sources; `elsewhere.test.ts` runs this in Deno and Bun, too. */

import { execFileSync } from "node:child_process";
import { createReadStream, openAsBlob } from "node:fs";
import { appendFile, type FileHandle, open, rename, rm, stat, truncate, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import { fileSource, type ReadableDenoFile } from "../../../src/node/mod.ts";
import { openSource } from "../../../src/streams/open_source.ts";
import type { SourceBody } from "../../../src/streams/source.ts";
import type { Bytes } from "../../../src/types.ts";
import { assert, runtime, test } from "../../harness.ts";
import { changeContract, sourceContract } from "../../unit/streams/source_contract.ts";
import { assertBytes, failure, pattern } from "../../unit/streams/support.ts";
import { temporary, withTemporary } from "../sinks/temporary.ts";

interface OpenFile {
  readonly body: SourceBody;
  close?(): unknown;
}

/** An open file of Deno: its own in Deno, elsewhere one that is made of what Node has. */
async function denoFile(file: string): Promise<ReadableDenoFile & { close(): unknown }> {
  const { Deno } = globalThis as { Deno?: { open(file: string): Promise<ReadableDenoFile & { close(): void }> } };
  if (Deno && runtime === "deno") return Deno.open(file);
  const handle = await open(file);
  let cursor = 0;
  return {
    async seek(offset) {
      cursor = offset;
      return offset;
    },
    async read(into) {
      // In small bites, as systems may.
      const { bytesRead } = await handle.read(into, 0, Math.min(into.length, 700), cursor);
      cursor += bytesRead;
      return bytesRead || null;
    },
    async stat() {
      const facts = await handle.stat();
      return { isFile: facts.isFile(), size: facts.size, mtime: facts.mtime };
    },
    close: () => handle.close(),
  };
}

/** Kinds of files, and how each is opened. */
const KINDS: Readonly<Record<string, (file: string) => OpenFile | Promise<OpenFile>>> = {
  path: (file) => ({ body: fileSource(file) }),
  "file: URL": (file) => ({ body: fileSource(pathToFileURL(file)) }),
  async FileHandle(file) {
    const handle = await open(file);
    return { body: fileSource(handle), close: () => handle.close() };
  },
  async "Deno.FsFile"(file) {
    const opened = await denoFile(file);
    return { body: fileSource(opened), close: () => opened.close() };
  },
};

async function make(bytes: Bytes, kind: string) {
  const { folder, open: opened, remove } = await temporary();
  const file = path.join(folder, "a.bin");
  await writeFile(file, bytes);
  // A file system counts time in ticks: what is written twice within one has the same date.
  await utimes(file, new Date(1.5e12), new Date(1.5e12));
  const { body, close } = (await KINDS[kind]?.(file)) ?? assert.fail();
  return {
    file,
    body,
    // What the caller opened stays open.
    left: async () => (await opened()).slice(close ? 1 : 0),
    async dispose() {
      await close?.();
      await remove();
    },
  };
}

for (const kind of Object.keys(KINDS)) {
  sourceContract({ name: kind, sized: true, again: true, make: (bytes) => make(bytes, kind) });
  changeContract({
    name: kind,
    async make(bytes) {
      const origin = await make(bytes, kind);
      const { file } = origin;
      const other = `${file}.new`;
      return {
        ...origin,
        changes: {
          truncated: () => truncate(file, 1500),
          emptied: () => truncate(file),
          grown: () => appendFile(file, "more"),
          written: () => writeFile(file, pattern(bytes.length, 1)),
          touched: () => utimes(file, new Date(), new Date(1e12)),
          deleted: () => rm(file),
          async replaced() {
            await writeFile(other, pattern(bytes.length, 2));
            await rename(other, file);
          },
        },
      };
    },
    // The open file is still the old one.
    harmless: ["deleted", "replaced"],
  });
}

sourceContract({
  name: "Node Readable",
  sized: false,
  again: false,
  async make(bytes) {
    const { folder, open: opened, remove } = await temporary();
    const file = path.join(folder, "a.bin");
    await writeFile(file, bytes);
    return { body: createReadStream(file, { highWaterMark: 700 }), left: opened, dispose: remove };
  },
});

sourceContract({
  name: "Blob of a file",
  sized: true,
  again: true,
  async make(bytes) {
    const { folder, open: opened, remove } = await temporary();
    const file = path.join(folder, "a.bin");
    await writeFile(file, bytes);
    return { body: await openAsBlob(file), left: opened, dispose: remove };
  },
});

test("a file tells its name and date", () =>
  withTemporary(async ({ folder }) => {
    const file = path.join(folder, "a.bin");
    await writeFile(file, "x");
    const { name, lastModified, close } = await openSource(fileSource(file));
    close();
    assert.deepEqual([name, lastModified], ["a.bin", (await stat(file)).mtimeMs]);
  }));

test("a path can be opened again and again, and needs nothing while it is not", () =>
  withTemporary(async ({ folder, open: opened }) => {
    const file = path.join(folder, "a");
    const body = fileSource(file);
    assert.match(String(await failure(openSource(body))), /ENOENT/);
    for (const size of [5, 7]) {
      await writeFile(file, pattern(size));
      const source = await openSource(body);
      assertBytes(await source.next(9), pattern(size));
      source.close();
    }
    const { close } = await openSource(body);
    assert.lengthOf(await opened(), 1);
    close();
  }));

test("what is no regular file is refused, and let go of", () =>
  withTemporary(async ({ folder, open: opened }) => {
    assert.match(String(await failure(openSource(fileSource(folder)))), /TypeError.*(regular|EISDIR)|EISDIR/);
    assert.match(String(await failure(openSource(fileSource("/dev/null")))), /TypeError: file must be a regular file/);
    assert.match(String(await failure(openSource(fileSource("/proc/self/status")))), /TypeError: file must tell/);
    // To open it would wait for a writer for ever.
    const pipe = path.join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    assert.match(String(await failure(openSource(fileSource(pipe)))), /TypeError: file must be a regular file/);
    assert.deepEqual(await opened(), []);
    for (const wrong of ["", undefined, null, 7, {}, new Uint8Array(3)]) {
      assert.throws(() => fileSource(wrong as string), TypeError, "file must be a path");
    }
    assert.throws(() => fileSource(new URL("https://x.test/a")), TypeError);
  }));

test("a FileHandle that its owner closes is an error, not an empty object", () =>
  withTemporary(async ({ folder }) => {
    const file = path.join(folder, "a");
    await writeFile(file, pattern(100));
    const handle: FileHandle = await open(file);
    const source = await openSource(fileSource(handle));
    await source.next(10);
    await handle.close();
    assert.instanceOf(await failure(source.next(10)), Error);
    source.close();
  }));

test("a Readable that was read or destroyed is refused; one that hangs is destroyed at once", async () => {
  const read = Readable.from([Buffer.from("abc")]);
  for await (const chunk of read) assert.equal(String(chunk), "abc");
  const destroyed = Readable.from([Buffer.from("abc")]).destroy();
  for (const body of [read, destroyed]) assert.match(String(await failure(openSource(body))), /TypeError.*Readable/);
  const hanging = new Readable({ read() {} });
  const source = await openSource(hanging);
  source.next(10).catch(() => undefined);
  await new Promise(setImmediate);
  source.close();
  assert.isTrue(hanging.destroyed);
});
