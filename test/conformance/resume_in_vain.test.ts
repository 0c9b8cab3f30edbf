/** Uploads that were opened in vain, as an answer was lost, by a run that was killed: whoever ends its transfer deletes them. */
import type { TransferRecord } from "../../src/checkpoints.ts";
import { cleanTransfers, copy, createUpload, discardTransfer, putObject, upload } from "../../src/mod.ts";
import { assert, test } from "../harness.ts";
import { assertBytes, failure, pattern } from "../unit/streams/support.ts";
import { options, type TestStore, testStore } from "./resume_support.ts";
import { createWorld, PART, refuse, type World } from "./upload_support.ts";

type Kind = "upload" | "copy";

const bytes = pattern(3 * PART + 7);
const body = new Blob([bytes]);

function run(kind: Kind, { client }: World, checkpoints: TestStore, more: object = {}): Promise<unknown> {
  const plan = { ...options, concurrency: 1, checkpoints, ...more };
  return kind === "copy" ? copy(client, { sourceKey: "a", key: "k" }, plan) : upload(client, { key: "k", body }, plan);
}

/** Leaves a transfer that was killed with one part sent; the first answer to Initiate was lost. */
async function killed(kind: Kind): Promise<{ world: World; store: TestStore }> {
  const world = createWorld();
  await putObject(world.client, { key: "a", body });
  const store = testStore();
  const victim = createWorld({ onWarning: () => {} }, {}, world.oss);
  const life = new AbortController();
  let opened = 0;
  victim.onRequest = async (seen, forward) => {
    life.signal.throwIfAborted();
    const answer = await forward();
    if (seen.kind === "initiate" && ++opened === 1) throw new TypeError("fetch failed");
    if (seen.part === 2) life.abort("killed");
    life.signal.throwIfAborted();
    return answer;
  };
  const dying = {
    ...store,
    async set(id: string, record: TransferRecord) {
      life.signal.throwIfAborted();
      await store.set(id, record);
    },
    delete: async () => {},
  };
  await failure(run(kind, victim, dying, { signal: life.signal }));
  assert.deepEqual(await world.open(), ["k", "k"], kind);
  return { world, store };
}

type End = (world: World, store: TestStore, kind: Kind) => Promise<unknown>;
const ENDS: Readonly<Record<string, End>> = {
  discardTransfer: async ({ client }, store) => {
    for (const record of store.records.values()) await discardTransfer(client, store, record);
  },
  cleanTransfers: ({ client }, store) => cleanTransfers(client, store, { olderThan: 0 }),
  discard: ({ client }, checkpoints) => createUpload(client, { key: "k", body }, { ...options, checkpoints }).discard(),
  "one request": (world, store, kind) => run(kind, world, store, { multipartThreshold: undefined }),
  fresh: (world, store, kind) => run(kind, world, store, { fresh: true }),
  "another header": ({ client }, checkpoints, kind) => {
    const plan = { ...options, checkpoints };
    return kind === "copy"
      ? copy(client, { sourceKey: "a", key: "k", metadataDirective: "REPLACE", contentType: "text/plain" }, plan)
      : upload(client, { key: "k", body, contentType: "text/plain" }, plan);
  },
};

for (const [name, end] of Object.entries(ENDS))
  for (const kind of ["upload", "copy"] as const) {
    if (name === "discard" && kind === "copy") continue;
    test(`in vain: what a killed ${kind} had opened is deleted (${name})`, async () => {
      const { world, store } = await killed(kind);
      await end(world, store, kind);
      assert.deepEqual(await world.open(), []);
      assert.equal(store.records.size, 0);
      assert.lengthOf(world.warnings, name === "another header" ? 1 : 0);
    });

    test(`in vain: it is told when what a killed ${kind} had opened may stay (${name})`, async () => {
      const { world, store } = await killed(kind);
      world.onRequest = async (seen, forward) =>
        seen.kind === "other" && seen.query.has("uploads") ? refuse(403, "AccessDenied") : forward();
      await end(world, store, kind);
      assert.deepEqual(await world.open(), ["k"]);
      assert.equal(store.records.size, 0);
      assert.match(world.warnings.at(-1) ?? "", /empty uploads? of "k" may have been left behind: .*AccessDenied/);
    });
  }

test("in vain: the run that goes on deletes what a killed one had opened", async () => {
  for (const kind of ["upload", "copy"] as const) {
    const { world, store } = await killed(kind);
    await run(kind, world, store);
    assert.deepEqual(await world.open(), [], kind);
    assert.equal(world.kinds().initiate, undefined, "it went on");
    assertBytes(await world.read("k"), bytes);
    assert.deepEqual(world.warnings, []);
  }
});

test("in vain: who gives up giving up leaves the record, and the next one deletes all", async () => {
  const { world, store } = await killed("upload");
  const [record] = store.records.values();
  const abort = new AbortController();
  world.onRequest = async (seen, forward) => {
    if (seen.query.has("uploads")) abort.abort("enough");
    return forward();
  };
  const { signal } = abort;
  assert.equal(await failure(discardTransfer(world.client, store, record as TransferRecord, { signal })), "enough");
  assert.deepEqual(world.warnings, []);
  world.onRequest = (_, forward) => forward();
  await discardTransfer(world.client, store, record as TransferRecord);
  assert.deepEqual(await world.open(), []);
  assert.deepEqual(world.warnings, []);
});
