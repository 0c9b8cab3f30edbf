/** Downloads of many objects: each in its place, none elsewhere, none on top of another. */
import {
  type DownloadAllInput,
  type DownloadAllOptions,
  downloadAll,
  type FilesProgress,
  type ObjectToDownload,
  putBucketVersioning,
  putObject,
  type SinkFolder,
} from "../../src/mod.ts";
import { assert, test } from "../harness.ts";
import { memoryFolder, traffic } from "./support/folders.ts";
import { fill, numbered, transferErrorOf } from "./support/walks.ts";
import { failureOf, noise, world } from "./support/world.ts";

const PART = 102_400;

test("downloadAll: everything below a prefix, small and large", async (t) => {
  const counts = traffic();
  const { client } = world(t, { client: { use: [counts.layer] } });
  await fill(client, ["a/", "a/1", "a/b/\u{1F600} ?", "a/b/empty", "a0", "b"], "12345");
  await putObject(client, { key: "a/b/empty", body: "" });
  await putObject(client, { key: "a/", body: "" });
  const large = noise(5 * PART + 1).map((byte) => byte % 128);
  await putObject(client, { key: "a/large", body: large });
  const folder = memoryFolder();
  const seen: FilesProgress[] = [];
  const done: string[] = [];
  counts.most = 0;
  const options: DownloadAllOptions = {
    concurrency: 3,
    partSize: PART,
    multipartThreshold: PART,
    onProgress: (progress) => seen.push(progress),
    onFile: ({ path, key, size }) => void done.push(`${path} ${key} ${size}`),
  };
  const result = await downloadAll(client, { prefix: "a/" }, folder, options);
  const size = large.length + 10;
  assert.deepEqual(result, { files: 4, size, skipped: 1 });
  const text = new TextDecoder().decode(large);
  assert.deepEqual(folder.files(), { "1": "12345", "b/\u{1F600} ?": "12345", "b/empty": "", large: text });
  assert.equal(folder.open.size, 0);
  assert.isAtMost(counts.most, 3 + 1, "and one that lists");
  assert.deepInclude(seen.at(-1), { acknowledged: size, loaded: size, total: size, final: true });
  assert.deepEqual(seen.at(-1)?.files, { done: 4, failed: 0, total: 4 });
  assert.include(done, "b/empty a/b/empty 0");
});

test("downloadAll: a prefix in the middle of a name, objects by name, versions, paths of one's own", async (t) => {
  const { client } = world(t);
  await fill(client, ["p/2024/a", "p/2025/b", "p/3"], "x");
  const folders = [memoryFolder(), memoryFolder(), memoryFolder()] as const;
  await downloadAll(client, { prefix: "p/20" }, folders[0]);
  assert.deepEqual(folders[0].files(), { "2024/a": "x", "2025/b": "x" });
  async function* objects(): AsyncGenerator<string> {
    yield* ["p/3", "p/2024/a"];
  }
  const path = ({ key }: ObjectToDownload): string => key.replaceAll("/", "_");
  await downloadAll(client, { objects: objects() }, folders[1], { path });
  assert.deepEqual(folders[1].files(), { p_3: "x", p_2024_a: "x" });
  await putBucketVersioning(client, { versioning: "Enabled" });
  const { versionId } = await putObject(client, { key: "v", body: "old" });
  await putObject(client, { key: "v", body: "new" });
  await downloadAll(client, { objects: [{ key: "v", versionId }] }, folders[2]);
  assert.deepEqual(folders[2].files(), { v: "old" });
});

test("downloadAll: no key leaves the folder or takes another's place; each is refused by its name", async (t) => {
  const { client } = world(t);
  const escapes = [
    "a/../../../etc/passwd",
    "p//etc/passwd",
    "p/..",
    "p/./x",
    "p/a\\..\\..\\b",
    "p/nul\0x",
    "p/con",
    "p/x.",
  ];
  const clashes = ["p/File", "p/file", "p/d", "p/d/inner", "p/m/"];
  const fine = ["p/ok", "p/..ok", "p/m/a"];
  await fill(client, [...escapes.map((key) => key.replace(/^a/, "p")), ...clashes, ...fine], "bytes");
  const folder = memoryFolder();
  // A folder that checks nothing itself.
  const careless: SinkFolder = { file: (path) => memoryFolder().file(path.replace(/[^a-z]/gi, "_")) };
  for (const place of [folder, careless]) {
    const error = await transferErrorOf(downloadAll(client, { prefix: "p/" }, place));
    const named = (error.failures ?? []).map(({ key }) => key);
    const refused = [...escapes.map((key) => key.replace(/^a/, "p")), "p/file", "p/d/inner", "p/m/"];
    assert.sameMembers(named, refused);
    for (const failure of error.failures ?? []) assert.instanceOf(failure.error, TypeError, failure.key);
    assert.deepInclude(error.result as object, { files: 5, skipped: 0 });
  }
  assert.sameMembers(Object.keys(folder.files()), ["File", "d", "ok", "..ok", "m/a"]);
});

test("downloadAll: what fails leaves nothing of itself, and the others arrive", async (t) => {
  const { client, oss } = world(t);
  await fill(client, numbered(12), "hello");
  oss.faults.add({
    kind: "status",
    status: 403,
    code: "AccessDenied",
    operation: "GetObject",
    key: "k00004",
    times: 9,
  });
  const folder = memoryFolder();
  const full = new DOMException("no space", "QuotaExceededError");
  const place: SinkFolder = {
    file(path) {
      const sink = folder.file(path);
      return path === "k00007" ? { ...sink, write: () => Promise.reject(full) } : sink;
    },
  };
  const objects = [...numbered(12), "missing"];
  const error = await transferErrorOf(downloadAll(client, { objects }, place, { concurrency: 4 }));
  assert.sameMembers(
    (error.failures ?? []).map(({ key }) => key),
    ["k00004", "k00007", "missing"],
  );
  assert.deepInclude(error.result as object, { files: 10, size: 50 });
  assert.lengthOf(Object.keys(folder.files()), 10);
  assert.equal(folder.open.size, 0);
});

test("downloadAll: an abort ends everything, and leaves no file open", async (t) => {
  const { client, wire } = world(t);
  await fill(client, numbered(40), "hello");
  const controller = new AbortController();
  const folder = memoryFolder();
  const reason = new Error("enough");
  const options = { signal: controller.signal, onFile: () => controller.abort(reason) };
  assert.equal(await failureOf(downloadAll(client, { prefix: "k" }, folder, options)), reason);
  assert.equal(folder.open.size, 0);
  assert.isBelow(folder.opened.length, 12);
  assert.lengthOf(wire.openRequests(), 0);
});

test("downloadAll: an abort ends what stands still, be it the list or an object", async (t) => {
  for (const operation of ["ListObjectsV2", "GetObject"]) {
    const { client, oss, wire } = world(t);
    await fill(client, numbered(3), "hello");
    const before = wire.sent.length;
    oss.faults.add({ kind: "stall", at: 0.5, operation, times: 9 });
    const controller = new AbortController();
    const folder = memoryFolder();
    const done = failureOf(downloadAll(client, { prefix: "k" }, folder, { signal: controller.signal }));
    while (wire.sent.length < before + (operation === "GetObject" ? 4 : 1))
      await new Promise((go) => setTimeout(go, 1));
    const reason = new Error("enough");
    controller.abort(reason);
    assert.equal(await done, reason);
    assert.equal(folder.open.size, 0);
    assert.lengthOf(wire.openRequests(), 0);
  }
});

test("downloadAll: a list that fails is told; priorities are kept", async (t) => {
  const { client, oss } = world(t);
  await fill(client, numbered(10));
  oss.faults.add({ kind: "status", status: 403, code: "AccessDenied", operation: "ListObjectsV2" });
  const denied = await transferErrorOf(downloadAll(client, { prefix: "" }, memoryFolder()));
  assert.include(denied.message, "AccessDenied");
  const folder = memoryFolder();
  const objects = numbered(10).map((key, at) => ({ key, priority: at }));
  await downloadAll(client, { objects }, folder, { concurrency: 1 });
  assert.deepEqual(folder.opened.slice(1), numbered(10).slice(1).reverse());
});

test("downloadAll: bad arguments are found before any request", async (t) => {
  const { client, wire } = world(t);
  const folder = memoryFolder();
  const bad: [object, unknown, object?][] = [
    [{}, folder],
    [{ prefix: "a", objects: [] }, folder],
    [{ prefix: 5 }, folder],
    [{ objects: "abc" }, folder],
    [{ prefix: "" }, undefined],
    [{ prefix: "" }, {}],
    [{ prefix: "" }, folder, { path: "a" }],
    [{ prefix: "" }, folder, { filter: "a" }],
    [{ prefix: "" }, folder, { onFileProgress: "a" }],
  ];
  for (const [input, place, options] of bad) {
    // Wrong on purpose.
    const error = await failureOf(downloadAll(client, input as DownloadAllInput, place as SinkFolder, options));
    assert.instanceOf(error, TypeError, JSON.stringify([input, options]));
  }
  for (const object of [undefined, null, 5, {}]) {
    const error = await failureOf(downloadAll(client, { objects: [object as unknown as string] }, folder));
    assert.include(String(error), "objects must have keys, got");
  }
  assert.lengthOf(wire.sent, 0);
});
