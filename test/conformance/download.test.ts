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
