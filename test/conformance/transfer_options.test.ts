/** Options that transfers have in common: what is wrong is told before any request, with its name and value. */
import {
  copy,
  createUpload,
  download,
  downloadAll,
  downloadTo,
  memorySink,
  pipe,
  putObject,
  upload,
  uploadAll,
} from "../../src/mod.ts";
import { assert, test } from "../harness.ts";
import { failure } from "../unit/streams/support.ts";
import { createWorld, type World } from "./upload_support.ts";

const body = "some text";
const BAD: readonly (readonly [option: string, value: unknown, kind: "TypeError" | "RangeError"])[] = [
  ["partSize", "x", "RangeError"],
  ["partSize", 0, "RangeError"],
  ["concurrency", 0, "RangeError"],
  ["concurrency", 1001, "RangeError"],
  ["multipartThreshold", -1, "RangeError"],
  ["checkpoints", {}, "TypeError"],
  ["checkpoint", "{}", "TypeError"],
  ["checkpoint", 0, "TypeError"],
  ["timeout", 0, "RangeError"],
  ["timeout", Number.POSITIVE_INFINITY, "RangeError"],
  ["stallTimeout", 0, "RangeError"],
  ["stallTimeout", Number.NaN, "RangeError"],
  ["integrity", "md5", "TypeError"],
  ["integrity", null, "TypeError"],
  ["onProgress", 7, "TypeError"],
  ["maxRetryTime", -1, "RangeError"],
  ["onWaiting", "soon", "TypeError"],
  ["slots", 6, "TypeError"],
  ["slots", {}, "TypeError"],
  ["priority", Number.NaN, "RangeError"],
  ["priority", "high", "RangeError"],
];

const sink = { write: async () => {}, close: async () => {}, abort: async () => {} };

const TRANSFERS: Readonly<Record<string, (world: World, options: object) => Promise<unknown>>> = {
  upload: ({ client }, options) => upload(client, { key: "b", body }, options),
  createUpload: async ({ client }, options) => createUpload(client, { key: "b", body }, options).finished,
  copy: ({ client }, options) => copy(client, { sourceKey: "a", key: "b" }, options),
  download: ({ client }, options) => download(client, { key: "a" }, options),
  downloadTo: ({ client }, options) => downloadTo(client, { key: "a" }, sink, options),
  pipe: ({ client }, options) => pipe(client, { sourceKey: "a", key: "b" }, [], options),
  uploadAll: ({ client }, options) => uploadAll(client, { files: [{ path: "b", file: body }] }, options),
  downloadAll: ({ client }, options) => downloadAll(client, { prefix: "" }, { file: memorySink }, options),
};

for (const [name, transfer] of Object.entries(TRANSFERS)) {
  test(`${name}: a bad option is told before any request, with its name and value`, async () => {
    const world = createWorld();
    await putObject(world.client, { key: "a", body });
    world.requests.length = 0;
    for (const [option, value, kind] of BAD) {
      const error = Object(await failure(transfer(world, { [option]: value })));
      assert.equal(error.name, kind, `${option}: ${value}`);
      const shown = Object(value) === value ? typeof value : String(value).replace(/[^\w ]/g, ".");
      assert.match(error.message, new RegExp(`^${option} .*, got .*${shown}`));
    }
    assert.lengthOf(world.requests, 0);
  });
}

test("download: what only downloads have is told as well", async () => {
  const world = createWorld();
  const bad = [
    ["readAhead", -5, "RangeError"],
    ["readAhead", "1", "RangeError"],
    ["verify", "some", "TypeError"],
  ] as const;
  for (const [option, value, kind] of bad)
    for (const name of ["download", "downloadTo", ...(option === "verify" ? ["downloadAll"] : [])]) {
      const error = Object(await failure(TRANSFERS[name]?.(world, { [option]: value }) ?? Promise.resolve()));
      assert.equal(error.name, kind, `${name} ${option}: ${value}`);
      assert.match(error.message, new RegExp(`^${option} .*, got .*${value}`));
    }
  assert.lengthOf(world.requests, 0);
});
