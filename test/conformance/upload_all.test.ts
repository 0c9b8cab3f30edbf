/** Uploads of many files: each arrives, each failure has a name, and the totals are true. */
import {
  createSlots,
  type FilesProgress,
  type FileToUpload,
  getObject,
  headObject,
  NetworkError,
  ServiceError,
  type UploadAllInput,
  uploadAll,
} from "../../src/mod.ts";
import { assert, test } from "../harness.ts";
import { deferred } from "../unit/streams/support.ts";
import { traffic } from "./support/folders.ts";
import { keysOf, numbered, transferErrorOf } from "./support/walks.ts";
import { failureOf, noise, VERSIONS, world } from "./support/world.ts";

const PART = 102_400;

function texts(count: number): FileToUpload[] {
  return numbered(count).map((path, at) => ({ path, file: "x".repeat(at % 7) }));
}

/** Numbers of progress never decrease. */
function assertGrowing(all: readonly FilesProgress[]): void {
  for (const [at, one] of all.entries()) {
    const last = all[at - 1];
    if (!last) continue;
    for (const name of ["loaded", "acknowledged", "total"] as const) assert.isAtLeast(one[name], last[name], name);
    for (const name of ["done", "failed", "total"] as const) assert.isAtLeast(one.files[name], last.files[name], name);
    assert.isTrue(one.final || !last.final);
    assert.isAtMost(one.acknowledged, one.loaded);
  }
}

for (const signatureVersion of VERSIONS) {
  test(`uploadAll: small and large files, streams, openers and Files (${signatureVersion})`, async (t) => {
    const { client } = world(t, { client: { signatureVersion } });
    const large = noise(3 * PART + 5);
    const files: UploadAllInput["files"] = [
      { path: "a b/\u{1F600}.txt", file: "hello" },
      { path: "large", file: new Blob([large]) },
      { path: "opened", file: async () => new TextEncoder().encode("opened"), size: 6 },
      { path: "stream", file: () => new Blob(["stream"]).stream() },
      new File(["a file"], "file.odd", { type: "image/x-odd" }),
      { path: "empty", file: new Uint8Array(0) },
    ];
    const seen: FilesProgress[] = [];
    const done: string[] = [];
    const perFile = new Map<string, number>();
    const result = await uploadAll(
      client,
      { files, prefix: "p/", metadata: { by: "me" } },
      {
        partSize: PART,
        multipartThreshold: PART,
        describe: ({ path }) => (path === "empty" ? { contentType: "x/y" } : {}),
        onProgress: (progress) => seen.push(progress),
        onFileProgress: ({ path }, { acknowledged }) => perFile.set(path, acknowledged),
        onFile: ({ path, key, size }) => void done.push(`${path} ${key} ${size}`),
      },
    );
    const size = large.length + 5 + 6 + 6 + 6;
    assert.deepEqual(result, { files: 6, size, skipped: 0 });
    assert.deepEqual(await keysOf(client), [
      "p/a b/\u{1F600}.txt",
      "p/empty",
      "p/file.odd",
      "p/large",
      "p/opened",
      "p/stream",
    ]);
    const read = async (key: string): Promise<Uint8Array> =>
      new Uint8Array(await (await getObject(client, { key })).arrayBuffer());
    assert.deepEqual(await read("p/large"), large);
    assert.deepEqual((await headObject(client, { key: "p/stream" })).metadata, { by: "me" });
    assert.equal((await headObject(client, { key: "p/empty" })).contentType, "x/y");
    assert.equal((await headObject(client, { key: "p/file.odd" })).contentType, "image/x-odd");
    assertGrowing(seen);
    const { rate, ...last } = seen.at(-1) ?? assert.fail("no progress");
    const files6 = { done: 6, failed: 0, total: 6 };
    assert.deepInclude(last, { files: files6, loaded: size, acknowledged: size, total: size, final: true });
    assert.sameMembers(done, [
      "a b/\u{1F600}.txt p/a b/\u{1F600}.txt 5",
      `large p/large ${large.length}`,
      "opened p/opened 6",
      "stream p/stream 6",
      "file.odd p/file.odd 6",
      "empty p/empty 0",
    ]);
    assert.equal(perFile.get("large"), large.length);
  });
}

test("uploadAll: so many requests at once and no more, of all files together", async (t) => {
  const counts = traffic();
  const { client } = world(t, { client: { use: [counts.layer] } });
  let open = 0;
  let mostOpen = 0;
  const files = numbered(20).map((path) => ({
    path,
    file: async (): Promise<Blob> => {
      mostOpen = Math.max(mostOpen, ++open);
      return new Blob([noise(3 * PART)]);
    },
  }));
  const options = { partSize: PART, multipartThreshold: 0, concurrency: 3, files: 2, onFile: () => void open-- };
  await uploadAll(client, { files }, options);
  assert.isAtMost(mostOpen, 2);
  assert.equal(mostOpen, 2);
  assert.isAtMost(counts.most, 3);
  // Two batches may share one pool.
  counts.most = 0;
  const slots = createSlots(2);
  await Promise.all(
    ["a/", "b/"].map((prefix) => uploadAll(client, { files: texts(20), prefix }, { concurrency: 5, slots })),
  );
  assert.equal(counts.most, 2);
  assert.lengthOf(await keysOf(client), 60);
});

test("uploadAll: what fails is named, and keeps nothing else from being uploaded", async (t) => {
  const { client, oss } = world(t);
  oss.faults.add({
    kind: "status",
    status: 403,
    code: "AccessDenied",
    operation: "PutObject",
    key: "k00003",
    times: 9,
  });
  const unreadable = new DOMException("gone", "NotReadableError");
  const files: FileToUpload[] = [
    ...texts(10),
    { path: "gone", file: () => Promise.reject(unreadable) },
    { path: "k00005", file: "the second one" },
    { path: "", file: "no key" },
    { path: "last", file: "1" },
  ];
  const seen: FilesProgress[] = [];
  const error = await transferErrorOf(uploadAll(client, { files }, { onProgress: (one) => seen.push(one) }));
  assert.include(error.message, "Cannot upload all files (10 done, 4 not)");
  const named = (error.failures ?? []).map(({ path, key }) => `${path} ${key}`);
  assert.sameMembers(named, ["k00003 k00003", "gone gone", "k00005 k00005", " "]);
  const of = (path: string): unknown => error.failures?.find((failure) => failure.path === path)?.error;
  assert.equal(of("gone"), unreadable);
  assert.include(String(of("k00005")), "another file has that key");
  assert.instanceOf(Object(of("k00003")).cause ?? of("k00003"), ServiceError);
  assert.deepInclude(error.result as object, { files: 10, skipped: 0 });
  assert.equal(await (await getObject(client, { key: "k00005" })).text(), "xxxxx");
  assertGrowing(seen);
});

test("uploadAll: one failure is enough, if that is wanted; a network that is down is always", async (t) => {
  const { client, oss } = world(t);
  const refused = { kind: "status", status: 403, code: "AccessDenied", operation: "PutObject" } as const;
  oss.faults.add({ ...refused, key: "k00002" });
  const options = { concurrency: 1, stopOnFailure: true };
  const stopped = await transferErrorOf(uploadAll(client, { files: texts(10) }, options));
  assert.deepEqual(await keysOf(client), ["k00000", "k00001"]);
  assert.lengthOf(stopped.failures ?? [], 8, "what was found and not tried is named, too");
  oss.faults.add({ kind: "reset", operation: "PutObject", key: "k00002", times: 99 });
  const down = await transferErrorOf(uploadAll(client, { files: texts(10) }, { concurrency: 1 }));
  assert.lengthOf(down.failures ?? [], 8);
  const [{ error } = { error: undefined }] = (down.failures ?? []).filter((failure) => failure.error !== undefined);
  assert.instanceOf(Object(error).cause ?? error, NetworkError);
});

test("uploadAll: order by priority, left out by filter, named by key", async (t) => {
  const { client, wire } = world(t);
  const files = texts(30).map((file, at) => ({ ...file, priority: at % 3 }));
  const filter = async ({ path }: FileToUpload): Promise<boolean> => path !== "k00004";
  const key = ({ path }: FileToUpload): string => `x/${path}`;
  async function* walk(): AsyncGenerator<FileToUpload> {
    yield* files;
  }
  const result = await uploadAll(client, { files: walk() }, { concurrency: 1, filter, key, lookAhead: 100 });
  assert.deepEqual([result.files, result.skipped], [29, 1]);
  const order = wire.sent.map(({ url }) => Number(url.pathname.slice(-5)) % 3);
  // The first goes before the others are found.
  assert.deepEqual(order, [0, ...Array(10).fill(2), ...Array(9).fill(1), ...Array(9).fill(0)]);
});

test("uploadAll: a File of another realm is one", async (t) => {
  const { client } = world(t);
  const seen: FileToUpload[] = [];
  Object.defineProperty(Blob, Symbol.hasInstance, { value: () => false, configurable: true });
  try {
    const filter = (file: FileToUpload): boolean => seen.push(file) < 0;
    const files = [new File(["abc"], "a.txt")];
    assert.equal((await uploadAll(client, { files }, { filter })).skipped, 1);
    assert.deepEqual(seen, [{ path: "a.txt", file: files[0] as File }]);
  } finally {
    Reflect.deleteProperty(Blob, Symbol.hasInstance);
  }
});

test("uploadAll: an abort, or what a function of the caller throws, ends everything", async (t) => {
  for (const how of ["abort", "onFile", "onProgress", "filter", "walk"] as const) {
    const { client, wire } = world(t);
    const controller = new AbortController();
    const reason = new Error(how);
    const end = (): never => {
      throw reason;
    };
    const ended = deferred();
    async function* walk(): AsyncGenerator<FileToUpload> {
      try {
        yield* texts(5);
        if (how === "walk") end();
        if (how === "abort") controller.abort(reason);
        for (let at = 0; ; at++) yield { path: `more${at}`, file: "x" };
      } finally {
        ended.resolve();
      }
    }
    const options = {
      signal: controller.signal,
      lookAhead: 10,
      ...(how === "onFile" && { onFile: end }),
      ...(how === "onProgress" && { onProgress: end }),
      ...(how === "filter" && { filter: ({ path }: FileToUpload) => (path === "k00003" ? end() : true) }),
    };
    const error = await failureOf(uploadAll(client, { files: walk() }, options));
    if (how === "walk" || how === "filter") assert.include(String(error), `not): ${how}`);
    else assert.equal(error, reason, how);
    await ended.promise;
    assert.lengthOf(wire.openRequests(), 0);
  }
});

test("uploadAll: bad arguments are found before any request", async (t) => {
  const { client, wire } = world(t);
  const bad: [object, object?][] = [
    [{}],
    [{ files: "abc" }],
    [{ files: 5 }],
    [{ files: [], prefix: 5 }],
    [{ files: [] }, { key: "a" }],
    [{ files: [] }, { filter: 1 }],
    [{ files: [] }, { onFile: 1 }],
    [{ files: [] }, { files: 0 }],
    [{ files: [] }, { lookAhead: 0 }],
    [{ files: [] }, { concurrency: 0 }],
  ];
  for (const [input, options] of bad) {
    // Wrong on purpose.
    const error = await failureOf(uploadAll(client, input as UploadAllInput, options));
    assert.match(String(error), /^(TypeError|RangeError): \w+ must be/, JSON.stringify([input, options]));
  }
  for (const path of [undefined, 5, null]) {
    const files = [{ path: path as unknown as string, file: "x" }];
    const error = await failureOf(uploadAll(client, { files, prefix: "u/" }));
    assert.include(String(error), "path must be text, got");
  }
  assert.lengthOf(wire.sent, 0);
  assert.deepEqual(await uploadAll(client, { files: [] }), { files: 0, size: 0, skipped: 0 });
});
