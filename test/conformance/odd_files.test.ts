/** Files of a batch that are not what they should be: each is named, the others are transferred, none is left out. */
import { type FilesProgress, type FileToUpload, memorySink, type ObjectToDownload, uploadAll } from "../../src/mod.ts";
import { downloadAll } from "../../src/transfer/download_all.ts";
import { assert, test } from "../harness.ts";
import { deferred, failure } from "../unit/streams/support.ts";
import { keysOf, transferErrorOf } from "./support/walks.ts";
import { world } from "./support/world.ts";

const NO_NUMBERS: readonly unknown[] = [null, "high", "5", true, {}, Number.NaN, Number.POSITIVE_INFINITY];

/** What somebody gave who has no compiler. */
const odd = (file: object): FileToUpload & ObjectToDownload => file as FileToUpload & ObjectToDownload;

for (const field of ["priority", "size"] as const) {
  test(`uploadAll, downloadAll: a ${field} that is no number fails its file, and no other`, async (t) => {
    const { client } = world(t);
    for (const value of NO_NUMBERS) {
      const good = { path: "good", key: "good", file: "x" };
      const files = [odd({ path: "bad", key: "bad", file: "x", [field]: value }), good];
      const refused = new RegExp(`^${field} must be a .*number.*, got `);
      const up = await transferErrorOf(uploadAll(client, { files }));
      assert.deepEqual(await keysOf(client), ["good"], String(value));
      const down = await transferErrorOf(downloadAll(client, { objects: files }, { file: memorySink }));
      for (const { failures, result } of [up, down]) {
        assert.deepEqual(
          failures?.map(({ path }) => path),
          ["bad"],
        );
        assert.match(String(Object(failures?.[0]?.error).message), refused);
        assert.equal(Object(result).files, 1);
      }
    }
  });
}

test("uploadAll: what is no file is named, and fails alone where it has a path", async (t) => {
  const { client } = world(t);
  for (const found of [null, undefined, "a.txt", 7]) {
    const error = await transferErrorOf(uploadAll(client, { files: [odd(found as unknown as object)] }));
    assert.match(error.message, /files must be .*, got /, String(found));
  }
  const files = [odd({ path: "bad", file: null }), { path: "good", file: "x" }];
  const { failures } = await transferErrorOf(uploadAll(client, { files }));
  assert.deepEqual(
    failures?.map(({ path }) => path),
    ["bad"],
  );
  assert.deepEqual(await keysOf(client), ["good"]);
});

test("uploadAll: an abort waits neither for what opens a file nor for onFile", async (t) => {
  const { client } = world(t);
  const never = deferred<never>();
  const reason = new Error("mine");
  const controllers = [new AbortController(), new AbortController()] as const;
  const abortSoon = (controller: AbortController): Promise<never> => {
    queueMicrotask(() => controller.abort(reason));
    return never.promise;
  };
  const [opening, telling] = controllers;
  const opened = uploadAll(
    client,
    { files: [{ path: "a", file: () => abortSoon(opening) }] },
    { signal: opening.signal },
  );
  assert.equal(await failure(opened), reason);
  const told = uploadAll(
    client,
    { files: [{ path: "a", file: "x" }] },
    { signal: telling.signal, onFile: () => abortSoon(telling) },
  );
  assert.equal(await failure(told), reason);
});

test("uploadAll: where files fail the progress ends with all of them counted", async (t) => {
  const { client } = world(t);
  const files = Array.from({ length: 20 }, (_, at) => ({ path: `f${at}`, file: "x" }));
  files.splice(7, 0, odd({ path: "bad", file: 5 }) as (typeof files)[0]);
  const seen: FilesProgress[] = [];
  await transferErrorOf(uploadAll(client, { files }, { onProgress: (progress) => void seen.push(progress) }));
  assert.deepInclude(seen.at(-1), {
    files: { done: 20, failed: 1, total: 21 },
    acknowledged: 20,
    total: 20,
    final: true,
  });
});
