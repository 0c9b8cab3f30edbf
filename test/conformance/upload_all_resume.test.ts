/** Batches that go on where each file was, wherever the run before was cut short. */
import { cleanTransfers, transfers, upload } from "../../src/mod.ts";
import { type UploadAllInput, type UploadAllOptions, uploadAll } from "../../src/transfer/upload_all.ts";
import { assert, test } from "../harness.ts";
import { assertBytes, deferred, failure, pattern } from "../unit/streams/support.ts";
import { createRuns, type Scene, testStore } from "./resume_support.ts";
import { transferErrorOf } from "./support/walks.ts";
import { createWorld, PART, refuse } from "./upload_support.ts";

const options = { partSize: PART, multipartThreshold: PART, concurrency: 2 } satisfies UploadAllOptions;

/** Two of them have one name and size under different keys. */
const CONTENTS = {
  "a/film": pattern(2 * PART + 7),
  "b/film": pattern(2 * PART + 7, 1),
  "small 1": pattern(9),
  other: pattern(PART + 1),
  "small 2": pattern(PART),
} satisfies Record<string, Uint8Array<ArrayBuffer>>;
const SIZE = Object.values(CONTENTS).reduce((sum, { length }) => sum + length, 0);

function walk(contents: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = CONTENTS): UploadAllInput {
  const fileOf = (path: string, bytes: Uint8Array<ArrayBuffer>): File => new File([bytes], path.replace(/^.*\//, ""));
  return { files: Object.entries(contents).map(([path, bytes]) => ({ path, file: fileOf(path, bytes) })) };
}

interface Batch extends Scene<UploadAllInput, UploadAllOptions, unknown> {
  /** Key and number of each part that was acknowledged, each time it was. */
  readonly parts: string[];
  /** Keys of uploads that a dead run had asked for, and that were opened when the next one had looked for the last time. */
  readonly late: Set<string>;
}

function createBatch(): Batch {
  const scene: Scene<UploadAllInput, UploadAllOptions, unknown> = createRuns((client, input, more) =>
    uploadAll(client, input, { ...options, ...more }),
  );
  const parts: string[] = [];
  const late = new Set<string>();
  const looks: string[] = [];
  const { run } = scene;
  let runs = 0;
  scene.run = (...how) => {
    runs++;
    looks.length = 0;
    return run(...how);
  };
  scene.onRequest = async ({ kind, key, part, query }, forward) => {
    const own = runs;
    const sought = query.has("uploads") ? query.get("prefix") : undefined;
    if (sought) looks.push(sought);
    const response = await forward();
    if (response.ok && kind === "part") parts.push(`${key} ${part}`);
    if (response.ok && kind === "initiate" && own < runs && isLate(key, looks)) late.add(key);
    return response;
  };
  return Object.assign(scene, { parts, late });
}

/** Who finds nothing of a dead run at its beginning looks once more, at its end. */
function isLate(key: string, looks: readonly string[]): boolean {
  return looks.filter((sought) => sought === key).length >= 2;
}

/** All is there, no part was acknowledged twice, and nothing is left over. */
async function assertDone({ world, store, parts, late, warnings }: Batch, label: string): Promise<void> {
  for (const [key, bytes] of Object.entries(CONTENTS)) assertBytes(await world.read(key), bytes);
  assert.sameMembers(parts, [...new Set(parts)], `${label}: no part is sent twice`);
  // What was stored when nobody waited for its answer any more has not been acknowledged, and is not sent again.
  assert.isAtMost(parts.length, 8, label);
  // What comes when all is looked for, nobody can know of.
  for (const open of await world.open()) assert.include([...late], open, label);
  assert.deepEqual([...store.records.keys()], [], label);
  assert.deepEqual(warnings, [], label);
}

test("uploadAll: killed anywhere, the same call goes on where each file was", { timeout: 120_000 }, async () => {
  let steps = 0;
  const whole = createBatch();
  whole.kill = (step) => {
    // From here on all is done, and forgotten.
    if (step === "before delete") whole.kill = undefined;
    else steps++;
    return false;
  };
  assert.deepEqual(await whole.run(walk(), { concurrency: 1 }), { files: 5, size: SIZE, skipped: 0 });
  assert.lengthOf(whole.parts, 8);
  await assertDone(whole, "at once");
  for (let last = 1; last <= steps; last += 3) {
    const scene = createBatch();
    let count = 0;
    scene.kill = () => ++count === last;
    assert.equal(await scene.run(walk()), "killed");
    scene.kill = undefined;
    assert.deepEqual(await scene.run(walk()), { files: 5, size: SIZE, skipped: 0 });
    await assertDone(scene, `killed at ${last} of ${steps}`);
  }
});

test("uploadAll: what a dead run had asked for is found and deleted, whenever it is opened", async () => {
  let lost = 0;
  for (let last = 0; last < 16; last++) {
    const scene = createBatch();
    const { onRequest } = scene;
    const [go, landed] = [deferred(), deferred()];
    let requests: number | undefined;
    scene.onRequest = async (seen, forward) => {
      if (requests === undefined && seen.kind === "initiate" && seen.key === "a/film")
        return onRequest(seen, () => go.promise.then(() => forward())).finally(landed.resolve);
      if (requests !== undefined && requests++ === last) {
        go.resolve();
        await landed.promise;
      }
      return onRequest(seen, forward);
    };
    scene.kill = (step) => step === "before part 1";
    assert.equal(await scene.run(walk()), "killed");
    scene.kill = undefined;
    requests = 0;
    await scene.run(walk());
    await assertDone(scene, `opened before request ${last}`);
    lost += scene.late.size;
  }
  assert.isAtMost(lost, 8, "most of them in time");
});

test("uploadAll: aborted or stopped, the same call goes on; done files are no transfers any more", async () => {
  for (const how of ["abort", "refused", "stopped"] as const) {
    const scene = createBatch();
    const { onRequest } = scene;
    const controller = new AbortController();
    const reason = new Error("enough");
    scene.onRequest = async (seen, forward) => {
      if (seen.key !== "b/film" || seen.part !== 3) return onRequest(seen, forward);
      if (how !== "abort") return refuse(403, "AccessDenied");
      controller.abort(reason);
      return forward();
    };
    const more = { concurrency: 1, signal: controller.signal, stopOnFailure: how === "stopped" };
    const running = scene.run(walk(), more);
    if (how === "abort") assert.equal(await failure(running), reason);
    else {
      const { failures = [] } = await transferErrorOf(running);
      assert.equal(failures[0]?.path, "b/film");
      assert.lengthOf(failures, how === "stopped" ? 4 : 1);
    }
    const listed: string[] = [];
    for await (const { key, state } of transfers(scene.store)) listed.push(`${key} ${state}`);
    assert.deepEqual(listed, [`b/film ${how === "abort" ? "stopped" : "failed"}`]);
    scene.onRequest = onRequest;
    await scene.run(walk());
    await assertDone(scene, how);
  }
});

test("uploadAll: a file that was done is uploaded again when it, its object or what is asked for has changed", async () => {
  const changed = pattern(2 * PART + 7, 5);
  const cases: Readonly<
    Record<string, { input?: Partial<UploadAllInput>; more?: UploadAllOptions; is?: typeof changed }>
  > = {
    file: { input: walk({ ...CONTENTS, "a/film": changed }), is: changed },
    header: { input: { metadata: { by: "me" } } },
    fresh: { more: { fresh: true } },
    object: {},
  };
  for (const [name, { input, more, is = CONTENTS["a/film"] }] of Object.entries(cases)) {
    const { client, read } = createWorld();
    const checkpoints = testStore();
    const unreadable = { path: "z", file: () => Promise.reject(new Error("gone")) };
    const files = [...(walk().files as Iterable<File>), unreadable];
    await transferErrorOf(uploadAll(client, { files }, { ...options, checkpoints }));
    if (name === "object") await upload(client, { key: "a/film", body: changed });
    await uploadAll(client, { ...walk(), ...input }, { ...options, ...more, checkpoints });
    assertBytes(await read("a/film"), is);
    assert.equal(checkpoints.records.size, 0, name);
  }
});

test("uploadAll: what a batch that nobody goes on with has done is cleaned, and its objects stay", async () => {
  const { client, read } = createWorld();
  const checkpoints = testStore();
  const files = [...(walk().files as Iterable<File>), { path: "z", file: () => Promise.reject(new Error("gone")) }];
  await transferErrorOf(uploadAll(client, { files }, { ...options, checkpoints }));
  assert.equal(checkpoints.records.size, 3);
  assert.lengthOf(await cleanTransfers(client, checkpoints, { olderThan: 0 }), 3);
  assert.equal(checkpoints.records.size, 0);
  assertBytes(await read("a/film"), CONTENTS["a/film"]);
});

test("uploadAll: a small file costs the store what `upload` costs it; a store that fails fails no batch", async () => {
  const { client, read, warnings, open } = createWorld();
  const calls: string[] = [];
  const { get, set, delete: remove, list } = testStore();
  const counted =
    <A extends unknown[], R>(name: string, call: (...args: A) => R) =>
    (...args: A): R => {
      calls.push(name);
      return call(...args);
    };
  const checkpoints = {
    get: counted("get", get),
    set: counted("set", set),
    delete: counted("delete", remove),
    list: counted("list", list),
  };
  await upload(client, { key: "one", body: "small" }, { checkpoints });
  const one = calls.splice(0);
  await uploadAll(client, { files: [{ path: "two", file: "small" }] }, { checkpoints });
  assert.deepEqual(calls, one);
  const broken = { get: fail, set: fail, delete: fail, list: fail };
  await uploadAll(client, walk(), { ...options, checkpoints: broken });
  assertBytes(await read("b/film"), CONTENTS["b/film"]);
  assert.isNotEmpty(warnings);
  assert.deepEqual(await open(), []);
});

const fail = (): Promise<never> => Promise.reject(new Error("no store today"));
