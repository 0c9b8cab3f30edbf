/** Downloads against the in-process OSS: every range, size and cut gives the object's bytes, with few requests. */
import {
  type DownloadInput,
  download,
  downloadTo,
  getObject,
  putObject,
  ServiceError,
  type TransferError,
} from "../../src/mod.ts";
import type { Progress } from "../../src/streams/progress.ts";
import { assert, fc, test } from "../harness.ts";
import { assertBytes } from "../unit/streams/support.ts";
import { memory, read } from "./download_support.ts";
import { failureOf, noise, world } from "./support/world.ts";

test("download and downloadTo: any size, range, part size, concurrency and read-ahead", {
  timeout: 60_000,
}, async (t) => {
  const { client } = world(t);
  const bytes = noise(700);
  await fc.assert(
    fc.asyncProperty(
      fc.nat(700),
      fc.record({ partSize: fc.integer({ min: 1, max: 800 }), concurrency: fc.integer({ min: 1, max: 5 }) }),
      fc.option(fc.integer({ min: 1, max: 900 }), { nil: undefined }),
      fc.option(fc.tuple(fc.integer({ min: -800, max: 800 }), fc.option(fc.nat(900), { nil: undefined })), {
        nil: undefined,
      }),
      async (size, options, readAhead, given) => {
        const key = `o${size}`;
        const whole = bytes.subarray(0, size);
        await putObject(client, { key, body: whole });
        const plan = { ...options, partSize: Math.max(options.partSize, Math.ceil(size / 25)) };
        const [first = 0, last] = given ?? [];
        const range: DownloadInput["range"] =
          given && (first < 0 ? [first] : last === undefined ? [first] : [first, first + last]);
        const wanted = await getObject(client, { key, range }).then(
          async (response) => new Uint8Array(await response.arrayBuffer()),
          (error: unknown) => error,
        );
        const told: Progress[] = [];
        const onProgress = (progress: Progress): void => void told.push(progress);
        const stream = () => download(client, { key, range }, { ...plan, readAhead, onProgress });
        const sink = memory();
        const store = () => downloadTo(client, { key, range }, sink, plan);
        if (!(wanted instanceof Uint8Array)) {
          for (const begin of [stream, store]) {
            const error = await failureOf(begin());
            assert.instanceOf(error, ServiceError);
            assert.propertyVal(wanted, "code", error.code);
          }
          assert.equal(sink.state, "aborted");
          return;
        }
        const result = await stream();
        assert.equal(result.size, wanted.length);
        assertBytes(await read(result.body), wanted);
        const end = told.at(-1);
        assert.deepInclude(end, { loaded: wanted.length, acknowledged: wanted.length, total: wanted.length });
        assert.equal(end?.parts.done, end?.parts.total);
        if (wanted.length > 0) {
          const start = first < 0 ? Math.max(0, size + first) : first;
          assert.deepEqual(result.range, [start, start + wanted.length - 1]);
          assert.equal(result.objectSize, size);
        }
        assert.equal((await store()).size, wanted.length);
        assert.equal(sink.state, "closed");
        assertBytes(sink.bytes(), wanted);
      },
    ),
    { numRuns: 60 },
  );
});

test("a sink whose abort fails does not hide why the download did", async (t) => {
  const { client } = world(t);
  await putObject(client, { key: "a", body: noise(300) });
  const fail = (message: string) => async (): Promise<never> => {
    throw new Error(message);
  };
  const sink = { write: fail("the disk is full"), close: async () => {}, abort: fail("and more") };
  const error = await failureOf(downloadTo(client, { key: "a" }, sink));
  assert.match(String(error), /TransferError.*the disk is full/);
});

test("a sink that cannot close has kept nothing to go on from", async (t) => {
  const { client } = world(t);
  await putObject(client, { key: "a", body: noise(300) });
  const close = async (): Promise<never> => {
    throw new Error("no room");
  };
  const sink = { write: async () => {}, close, abort: async () => {} };
  const error = await failureOf(downloadTo(client, { key: "a" }, sink, { partSize: 100 }));
  assert.match(String(error), /TransferError.*no room/);
  assert.isUndefined((error as TransferError).checkpoint);
});

test("downloadTo: up to multipartThreshold it is one request; above it that is the first of several", async (t) => {
  const { client, wire } = world(t);
  const bytes = noise(1000);
  await putObject(client, { key: "a", body: bytes });
  for (const [multipartThreshold, requests] of [
    [undefined, 4],
    [300, 4],
    [999, 2],
    [1000, 1],
    [5000, 1],
  ] as const) {
    const before = wire.sent.length;
    const sink = memory();
    await downloadTo(client, { key: "a" }, sink, { partSize: 300, concurrency: 2, multipartThreshold });
    assertBytes(sink.bytes(), bytes);
    assert.equal(wire.sent.length - before, requests, `${multipartThreshold}`);
  }
});

test("download: however little is read ahead, requests are worth their while", async (t) => {
  const { client, wire } = world(t);
  const bytes = noise(250_000);
  await putObject(client, { key: "a", body: bytes });
  const before = wire.sent.length;
  assertBytes(await read((await download(client, { key: "a" }, { readAhead: 1 })).body), bytes);
  assert.equal(wire.sent.length - before, 3);
});

test("downloadTo: a sink that is slow holds the reading up, which bounds the memory", async (t) => {
  const { client } = world(t);
  const bytes = noise(6 << 20);
  await putObject(client, { key: "a", body: bytes });
  let given = 0;
  let go = (): void => {};
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  const whole = new Uint8Array(bytes.length);
  const sink = {
    async write(chunk: Uint8Array, position: number) {
      given += chunk.length;
      await held;
      whole.set(chunk, position);
    },
    close: async () => {},
    abort: async () => {},
  };
  const done = downloadTo(client, { key: "a" }, sink, { partSize: 1 << 21, concurrency: 3 });
  // Until nothing has come for a while.
  for (let [turns, before] = [0, 0]; turns < 20; turns = given > before || !given ? 0 : turns + 1) {
    before = given;
    await new Promise((turn) => setTimeout(turn, 5));
  }
  assert.isAtLeast(given, 1 << 20);
  assert.isAtMost(given, 3 << 20, "a mebibyte, and a chunk of each part");
  go();
  await done;
  assertBytes(whole, bytes);
});
