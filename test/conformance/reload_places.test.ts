/** Downloads to places that tell no path: open files, and handles of which several may have one name. */
import { downloadTo, fileHandleSink, putObject, type Sink, syncAccessSink } from "../../src/mod.ts";
import { assert, test } from "../harness.ts";
import { assertBytes, failure } from "../unit/streams/support.ts";
import { memoryStore } from "./support/watched_stores.ts";
import { noise, world } from "./support/world.ts";

const bytes = noise(5000);

/** A file in memory. */
function createFile(
  file = new Uint8Array(0),
  full = Infinity,
): { readonly open: () => Sink; readonly picked: () => Sink; bytes(): Uint8Array } {
  const resize = (size: number): void => {
    const next = new Uint8Array(size);
    next.set(file.subarray(0, size));
    file = next;
  };
  const put = (chunk: Uint8Array, at: number): number => {
    if (at + chunk.length > file.length) resize(at + chunk.length);
    file.set(chunk, at);
    return chunk.length;
  };
  const access = {
    getSize: () => file.length,
    truncate: resize,
    flush() {},
    close() {},
    write(chunk: Uint8Array, { at }: { at: number }) {
      if (at >= full) throw new Error("disk full");
      return put(chunk, at);
    },
    read(target: Uint8Array, { at }: { at: number }) {
      const found = file.subarray(at, at + target.length);
      target.set(found);
      return found.length;
    },
  };
  const writable = {
    truncate: async (size: number) => resize(size),
    async write({ data, position }: { data: Uint8Array | Blob; position: number }) {
      put("size" in data ? new Uint8Array(await data.arrayBuffer()) : data, position);
    },
    close: async () => {},
    abort: async () => {},
  };
  return {
    open: () => syncAccessSink(access as unknown as Parameters<typeof syncAccessSink>[0]),
    picked: () =>
      fileHandleSink({
        name: "trip.mp4",
        createWritable: async () => writable,
      } as unknown as Parameters<typeof fileHandleSink>[0]),
    bytes: () => file,
  };
}

for (const kind of ["open", "picked"] as const)
  test(`reload: of two files of one name (${kind}) each has the object in the end`, async (t) => {
    const { client } = world(t);
    await putObject(client, { key: "k", body: bytes });
    const checkpoints = memoryStore();
    const files = [createFile(), createFile()];
    const plan = { partSize: 500, concurrency: 2, checkpoints };
    await Promise.all(files.map((file) => downloadTo(client, { key: "k" }, file[kind](), plan)));
    for (const file of files) assertBytes(file.bytes(), bytes);
    assert.deepEqual(await checkpoints.list(), []);
  });

test("reload: what another file of the name has is not taken for the object, even unverified", async (t) => {
  const { client } = world(t);
  await putObject(client, { key: "k", body: bytes });
  const checkpoints = memoryStore();
  const plan = { partSize: 500, concurrency: 1, multipartThreshold: 0, checkpoints, verify: "none" } as const;
  const broken = createFile(undefined, 2500);
  await failure(downloadTo(client, { key: "k" }, broken.open(), plan));
  assert.lengthOf(await checkpoints.list(), 1);
  const other = createFile(noise(5001).slice(1));
  await downloadTo(client, { key: "k" }, other.open(), plan);
  assertBytes(other.bytes(), bytes);
});
