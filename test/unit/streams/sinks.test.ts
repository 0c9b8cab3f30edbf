/** Sinks in memory and in folders of the File System API, the latter with a made-up one. */
import { type BlobTarget, createSink } from "../../../src/streams/create_sink.ts";
import { directorySink } from "../../../src/streams/directory_sink.ts";
import { fileHandleSink, openWritable } from "../../../src/streams/file_handle_sink.ts";
import { blobSink, memorySink } from "../../../src/streams/memory_sink.ts";
import { openPieces, type PieceFolder, removePieces } from "../../../src/streams/piece_files.ts";
import type { Sink } from "../../../src/streams/sink.ts";
import { syncAccessSink } from "../../../src/streams/sync_access_sink.ts";
import { assert, test } from "../../harness.ts";
import { FakeFolder, type Step } from "./fake_folder.ts";
import { sinkContract } from "./sink_contract.ts";
import { failure, pattern } from "./support.ts";

function finished<T>(get: () => T): T | undefined {
  try {
    return get();
  } catch (error) {
    assert.match(String(error), /not finished/);
    return undefined;
  }
}

sinkContract({
  name: "memory",
  inPlace: true,
  make() {
    const sink = memorySink();
    return { sink, seen: () => finished(() => sink.bytes()), left: () => [] };
  },
});

sinkContract({
  name: "Blob",
  inPlace: true,
  make() {
    const sink = blobSink();
    const seen = async (): Promise<Uint8Array | undefined> => {
      const blob = finished(() => sink.blob("a/b"));
      assert.equal(blob?.type ?? "a/b", "a/b");
      return blob && new Uint8Array(await blob.arrayBuffer());
    };
    return { sink, seen, left: () => [] };
  },
});

const others = (folder: FakeFolder): string[] => [
  ...Object.keys(folder.files()).filter((name) => !name.endsWith("a")),
  ...Array.from({ length: folder.disk.open }, () => "an open file"),
];

for (const worker of [false, true]) {
  sinkContract({
    name: `directory${worker ? " in a worker" : ""} (made up)`,
    async make(before) {
      const folder = new FakeFolder("", worker);
      const inner = await folder.getDirectoryHandle("f", { create: true });
      const file = await inner.getFileHandle("a", { create: true });
      file.bytes = before;
      const seen = async (): Promise<Uint8Array> => (await inner.getFileHandle("a")).bytes;
      const again = (): Sink => directorySink(folder).file("f/a");
      return { sink: again(), seen, left: () => others(folder), ...(worker && { again }) };
    },
  });
}

sinkContract({
  name: "file handle (made up)",
  async make(before) {
    const folder = new FakeFolder();
    const file = await folder.getFileHandle("a", { create: true });
    file.bytes = before;
    return { sink: fileHandleSink(file), seen: () => file.bytes, left: () => others(folder) };
  },
});

/** As a page has it: pieces in the OPFS, put together in a file that is opened at the end. */
async function pieceSink(opfs: FakeFolder): Promise<Sink> {
  const file = await opfs.getFileHandle("a", { create: true });
  const whole = (): Promise<BlobTarget> => openWritable(file);
  // As loosely typed as in a script.
  const root = async (): Promise<PieceFolder> => opfs as unknown as PieceFolder;
  return createSink(whole, {
    name: "a",
    begin: (tag) => openPieces(root, tag, whole),
    discard: (tag) => removePieces(root, tag),
  });
}

sinkContract({
  name: "pieces (made up)",
  async make(before) {
    const opfs = new FakeFolder();
    const file = await opfs.getFileHandle("a", { create: true });
    file.bytes = before;
    const again = (): Promise<Sink> => pieceSink(opfs);
    return { sink: await again(), seen: () => file.bytes, left: () => others(opfs), again };
  },
});

test("pieces: those that a browser removed are missed, those that were not closed are removed", async () => {
  const opfs = new FakeFolder();
  const [first, second] = [await pieceSink(opfs), await pieceSink(opfs)];
  await first.partial?.open(20, "t");
  await first.write(pattern(10), 0);
  await first.partial?.sync();
  await first.write(pattern(10), 10);
  await first.partial?.keep();
  const folder = await (await opfs.getDirectoryHandle("oss-fetch-pieces")).getDirectoryHandle("t");
  assert.deepEqual(Object.keys(folder.files()), ["1-0", "1-10"]);
  await folder.removeEntry("1-0");
  await folder.getFileHandle("1-15.crswap", { create: true });
  assert.equal(await second.partial?.open(20, "t"), 20);
  assert.deepEqual(Object.keys(folder.files()), ["1-10"]);
  assert.match(String(await failure(second.close())), /a piece at 0 has been removed/);
  assert.deepEqual(Object.keys(opfs.files()), ["a", "oss-fetch-pieces/t/1-10"]);
});

test("pieces: without an OPFS, in a private window for example, it begins anew each time", async () => {
  const folder = new FakeFolder();
  const file = await folder.getFileHandle("a", { create: true });
  const whole = (): Promise<BlobTarget> => openWritable(file);
  const sinkOf = (): Sink =>
    createSink(whole, {
      name: "a",
      begin: (tag) => openPieces(() => Promise.reject(new DOMException("no", "SecurityError")), tag, whole),
      discard: () => {},
    });
  const sink = sinkOf();
  assert.equal(await sink.partial?.open(10, "t"), 0);
  await sink.write(pattern(10), 0);
  await sink.partial?.sync();
  await sink.partial?.keep();
  assert.deepEqual([file.bytes.length, folder.disk.open], [0, 0]);
  const other = sinkOf();
  assert.equal(await other.partial?.open(10, "t"), 0);
  await other.write(pattern(10), 0);
  await other.close();
  assert.deepEqual(file.bytes, pattern(10));
});

sinkContract({
  name: "sync access handle (made up)",
  inPlace: true,
  async make(before) {
    const folder = new FakeFolder("", true);
    const file = await folder.getFileHandle("a", { create: true });
    file.bytes = before;
    // As loosely typed as in a script.
    const access = await (file as unknown as { createSyncAccessHandle(): Promise<never> }).createSyncAccessHandle();
    folder.disk.open = 0;
    const again = (): Sink => syncAccessSink(access);
    return { sink: again(), seen: () => file.bytes, left: () => others(folder), again };
  },
});

for (const worker of [false, true]) {
  for (const step of ["create", "truncate", "write", "close", ...(worker ? ["move" as const] : [])] as Step[]) {
    test(`directory${worker ? " in a worker" : ""}: a fault at ${step} surfaces, and leaves nothing`, async () => {
      const folder = new FakeFolder("", worker);
      const full = new DOMException("no space", "QuotaExceededError");
      let times = 0;
      folder.disk.fault = (at) => {
        if (at === step && times++ === 0) throw full;
      };
      const sink = directorySink(folder).file("sub/a");
      const use = async (): Promise<void> => {
        try {
          await sink.open?.(1000);
          await Promise.all([sink.write(pattern(500), 500), sink.write(pattern(500), 0)]);
          await sink.close();
        } catch (error) {
          await sink.abort(error);
          throw error;
        }
      };
      assert.equal(await failure(use()), full);
      assert.deepEqual(folder.files(), {});
      assert.equal(folder.disk.open, 0);
    });
  }
}

for (const worker of [false, true]) {
  test(`directory${worker ? " in a worker" : ""}: a name that ends with .part is one as any other`, async () => {
    const folder = new FakeFolder("", worker);
    const sinks = directorySink(folder);
    for (const name of ["a.part", "a"]) {
      const sink = sinks.file(name);
      await sink.write(new TextEncoder().encode(name), 0);
      await sink.close();
    }
    assert.deepEqual(folder.files(), { "a.part": "a.part", a: "a" });
  });
}

test("directory in a worker: what a crash left of a longer file is no part of the next one", async () => {
  const folder = new FakeFolder("", true);
  (await folder.getFileHandle("a.oss-fetch-part", { create: true })).bytes = pattern(5);
  const sink = directorySink(folder).file("a");
  await sink.write(pattern(2), 0);
  await sink.close();
  assert.deepEqual(folder.files(), { a: String.fromCharCode(...pattern(2)) });
});

test("writes that are under way end before a sink is published or given up", async () => {
  for (const how of ["close", "abort"] as const) {
    const seen: string[] = [];
    let end: (() => void) | undefined;
    const sink = createSink(() => ({
      resize: () => {},
      async write() {
        await new Promise<void>((done) => {
          end = done;
        });
        seen.push("written");
      },
      publish: () => void seen.push("close"),
      discard: () => void seen.push("abort"),
    }));
    const written = sink.write(pattern(1), 0);
    while (!end) await Promise.resolve();
    const over = sink[how]();
    await new Promise((turn) => setTimeout(turn));
    end();
    await Promise.all([written, over]);
    assert.deepEqual(seen, ["written", how]);
  }
});

test("sinks tell what they cannot take", () => {
  const wrong = (use: (value: never) => unknown): void => assert.throws(() => use("a" as never), TypeError, /got text/);
  wrong(fileHandleSink);
  wrong(syncAccessSink);
  wrong(directorySink);
});

test("memory holds an object once, and a chunk may be used again", async () => {
  const sink = memorySink();
  await sink.open?.(3);
  const chunk = pattern(2);
  await sink.write(chunk, 1);
  chunk.fill(0);
  await sink.write(pattern(1), 0);
  await sink.close();
  assert.deepEqual([...sink.bytes()], [...pattern(1), ...pattern(2)]);
  assert.equal(sink.bytes().buffer.byteLength, 3);
});

test("a Blob with a gap is not made", async () => {
  for (const [size, position] of [
    [undefined, 2],
    [4, 0],
  ] as const) {
    const sink = blobSink();
    if (size !== undefined) await sink.open?.(size);
    await sink.write(pattern(2), position);
    assert.instanceOf(await failure(sink.close()), RangeError);
    assert.throws(() => sink.blob(), /not finished/);
  }
});
