/** Every kind of body that all runtimes know, as a source. */

import { SourceChangedError } from "../../../src/errors.ts";
import { openSource } from "../../../src/streams/open_source.ts";
import type { FileHandle } from "../../../src/types.ts";
import { assert, test } from "../../harness.ts";
import { changeContract, sourceContract } from "./source_contract.ts";
import { failure, pattern, streamOf } from "./support.ts";

const cutUp = async function* (bytes: Uint8Array, cuts: readonly number[], ended: { by?: string }) {
  let position = 0;
  try {
    for (const cut of [...cuts, 0, bytes.length]) {
      const chunk = bytes.slice(position, position + cut);
      position += chunk.length;
      // Buffers of every kind.
      yield cut % 3 === 0 ? chunk.buffer : cut % 3 === 1 ? new DataView(chunk.buffer) : chunk;
    }
    ended.by = "end";
  } finally {
    ended.by ??= "return";
  }
};

/** A `FileSystemFileHandle` whose file can be changed. */
function fileHandle(content: Uint8Array<ArrayBuffer>) {
  let file: File | undefined = new File([content], "a.bin", { lastModified: 1000, type: "image/x-made" });
  const handle: FileHandle = {
    async getFile() {
      if (!file) throw new DOMException("gone", "NotFoundError");
      return file;
    },
  };
  return {
    handle,
    replace(bytes?: Uint8Array<ArrayBuffer>, lastModified = 2000) {
      file = bytes && new File([bytes], "a.bin", { lastModified });
    },
  };
}

sourceContract({ name: "buffer", sized: true, again: true, make: (bytes) => ({ body: bytes.buffer }) });
sourceContract({ name: "view", sized: true, again: true, make: (bytes) => ({ body: new DataView(bytes.buffer) }) });
sourceContract({
  name: "part of a Blob",
  sized: true,
  again: true,
  make: (bytes) => ({ body: new Blob(["--", bytes, "--"]).slice(2, 2 + bytes.length) }),
});
sourceContract({ name: "File", sized: true, again: true, make: (bytes) => ({ body: new File([bytes], "a") }) });
sourceContract({
  name: "file handle of a page",
  sized: true,
  again: true,
  make: (bytes) => ({ body: fileHandle(bytes).handle }),
});
sourceContract({
  name: "stream",
  sized: false,
  again: false,
  make(bytes, cuts) {
    const { stream } = streamOf(bytes, cuts);
    return { body: stream, left: () => (stream.locked ? ["lock"] : []) };
  },
});
sourceContract({
  name: "Response",
  sized: false,
  again: false,
  make: (bytes, cuts) => ({ body: new Response(streamOf(bytes, cuts).stream) }),
});
sourceContract({
  name: "iterable",
  sized: false,
  again: false,
  make(bytes, cuts) {
    const ended: { by?: string } = {};
    const iterator = cutUp(bytes, cuts, ended);
    let asked = false;
    const body = {
      [Symbol.asyncIterator]: () => ({
        next: () => {
          asked = true;
          return iterator.next();
        },
        return: () => iterator.return(),
      }),
    };
    return { body, left: () => (asked && !ended.by ? ["iterator"] : []) };
  },
});
sourceContract({
  name: "source of others",
  sized: true,
  again: true,
  make(bytes) {
    let open = 0;
    const body = {
      async open() {
        open++;
        const { read = assert.fail, next } = await openSource(bytes);
        let closed = false;
        return {
          ...{ size: bytes.length, type: undefined, read, next },
          close() {
            if (!closed) open--;
            closed = true;
          },
        };
      },
    };
    return { body, left: () => Array.from({ length: open }, () => "open") };
  },
});

changeContract({
  name: "file handle of a page",
  make(bytes) {
    const { handle, replace } = fileHandle(bytes);
    return {
      body: handle,
      changes: {
        shrunk: () => replace(bytes.slice(0, 1500)),
        grown: () => replace(pattern(4000)),
        written: () => replace(pattern(bytes.length, 1)),
        gone: () => replace(),
      },
    };
  },
});

test("a file handle that cannot be read says what to do, with the browser's own error as the cause", async () => {
  const cases = [
    ["NotAllowedError", 'The file "a.bin" may not be read by this page: ask for it in a click'],
    ["NotFoundError", 'The file "a.bin" is gone, since it was deleted, moved or renamed: pick it again'],
    ["NotReadableError", 'The file "a.bin" cannot be read: pick it again'],
  ] as const;
  for (const [name, message] of cases) {
    const refusing = { name: "a.bin", getFile: () => Promise.reject(new DOMException("no", name)) };
    const error = (await failure(openSource(refusing))) as SourceChangedError;
    assert.instanceOf(error, SourceChangedError);
    assert.include(error.message, message);
    assert.propertyVal(error.cause, "name", name);
  }
});

test("a source names its file and tells its date and type", async () => {
  const { handle } = fileHandle(pattern(5));
  for (const body of [handle, await handle.getFile()]) {
    const { name, lastModified, type } = await openSource(body);
    assert.deepEqual([name, lastModified, type], ["a.bin", 1000, "image/x-made"]);
  }
  const { name, lastModified } = await openSource(new Blob([]));
  assert.deepEqual([name, lastModified], [undefined, undefined]);
});

test("a File whose date changes under it was written to", async () => {
  const file = new File([pattern(100)], "a");
  const source = await openSource(file);
  await source.next(10);
  // As in WebKit, whose dates are those of now.
  Object.defineProperty(file, "lastModified", { value: 1 });
  assert.match(String(await failure(source.next(10))), /SourceChangedError/);
});

test("an iterable that gives no bytes is refused, and left", async () => {
  for (const chunk of ["text", 7, null, {}]) {
    let left = false;
    const body = (async function* () {
      try {
        yield new Uint8Array(3);
        yield chunk as unknown as Uint8Array;
      } finally {
        left = true;
      }
    })();
    const source = await openSource(body);
    assert.match(String(await failure(source.next(10))), /TypeError: body must give bytes/);
    source.close();
    assert.isTrue(left);
  }
});

test("what an iterable throws is what the caller gets", async () => {
  const broken = new Error("disk on fire");
  const body = (async function* () {
    yield new Uint8Array(3);
    throw broken;
  })();
  const source = await openSource(body);
  assert.strictEqual(await failure(source.next(10)), broken);
  source.close();
});

test("an iterable that hangs does not keep the one who closes it", { timeout: 5000 }, async () => {
  const body = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => {}) }) };
  const source = await openSource(body);
  source.next(10).catch(() => undefined);
  source.close();
});

const server = "a server has no storage of an origin";
const skip = { node: server, deno: server, bun: server, workerd: server, webkit: "WebKitGTK has it behind a flag" };
test("a handle into the origin's own storage is read, and its change noticed", { skip }, async () => {
  const folder = await navigator.storage.getDirectory();
  const name = `source-${Math.random()}`;
  const handle = await folder.getFileHandle(name, { create: true });
  const write = async (bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
    const writable = await handle.createWritable();
    await writable.write(bytes);
    await writable.close();
  };
  try {
    await write(pattern(100));
    const source = await openSource(handle);
    assert.deepEqual([...(await source.next(50))], [...pattern(50)]);
    await write(pattern(120, 1));
    assert.match(String(await failure(source.next(50))), /SourceChangedError/);
  } finally {
    await folder.removeEntry(name);
  }
});
