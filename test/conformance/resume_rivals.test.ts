/** Uploads of the same key that others have opened: what seeks its own leaves them alone, however long ago that began. */
import type { TransferRecord } from "../../src/checkpoints.ts";
import { copy, discardTransfer, putObject, upload } from "../../src/mod.ts";
import { listMultipartUploads } from "../../src/operations/object/list_multipart.ts";
import { abortMultipartUpload, initiateMultipartUpload } from "../../src/operations/object/multipart.ts";
import { assert, test } from "../harness.ts";
import { assertBytes, failure, pattern } from "../unit/streams/support.ts";
import { options, type TestStore, testStore } from "./resume_support.ts";
import { createWorld, PART, refuse, type World } from "./upload_support.ts";

type Kind = "upload" | "copy";

const KINDS = ["upload", "copy"] as const;
const DAY = 86_400_000;
const bytes = pattern(3 * PART + 7);
const body = new Blob([bytes]);

function run(kind: Kind, { client }: World, checkpoints: TestStore, more: object = {}): Promise<unknown> {
  const plan = { ...options, concurrency: 1, checkpoints, ...more };
  return kind === "copy" ? copy(client, { sourceKey: "a", key: "k" }, plan) : upload(client, { key: "k", body }, plan);
}

interface Scene {
  readonly world: World;
  readonly store: TestStore;
  /** Opens an upload of the same key, days later, and lets another day pass. */
  rival(): Promise<string>;
  /** Ids of the open uploads. */
  open(): Promise<string[]>;
}

/**
 * Leaves a transfer that was killed.
 * @param named with its upload's id and one part; the first answer to Initiate was lost. Else nothing was opened
 */
async function killed(kind: Kind, named: boolean): Promise<Scene> {
  const clock = { time: Date.parse("2026-03-01T00:00:00Z") };
  const now = (): number => clock.time;
  const world = createWorld({ now }, { now });
  const store = testStore();
  await putObject(world.client, { key: "a", body });
  const life = new AbortController();
  const victim = createWorld({ now, onWarning: () => {} }, {}, world.oss);
  let opened = 0;
  victim.onRequest = async (seen, forward) => {
    if (seen.part === 2 || (!named && seen.kind === "initiate")) life.abort("killed");
    life.signal.throwIfAborted();
    const answer = await forward();
    if (seen.kind === "initiate" && ++opened === 1) throw new TypeError("fetch failed");
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
  const open = async (): Promise<string[]> =>
    (await listMultipartUploads(victimOf(world, now), {})).uploads.map(({ uploadId }) => uploadId);
  assert.lengthOf(await open(), named ? 2 : 0);
  return {
    ...{ world, store, open },
    async rival() {
      clock.time += 4 * DAY;
      const { uploadId } = await initiateMultipartUpload(victimOf(world, now), { key: "k" });
      clock.time += DAY;
      return uploadId;
    },
  };
}

/** Another client of the same service. */
function victimOf({ oss }: World, now: () => number): World["client"] {
  return createWorld({ now }, {}, oss).client;
}

for (const kind of KINDS) {
  test(`rivals: a ${kind} that cannot look for what it asked for days ago leaves what others have opened since`, async () => {
    const { world, store, rival, open } = await killed(kind, false);
    const other = await rival();
    let listed = 0;
    world.onRequest = async (seen, forward) =>
      seen.kind === "other" && seen.query.has("uploads") && ++listed <= 4 ? refuse(503, "SlowDown") : forward();
    await run(kind, world, store);
    assertBytes(await world.read("k"), bytes);
    assert.deepEqual(await open(), [other]);
    assert.lengthOf(world.warnings, 1);
    assert.match(world.warnings[0] ?? "", /one empty upload of "k" may have been left behind/);
  });

  test(`rivals: a ${kind} that begins anew deletes its own of days ago, and no other`, async () => {
    const { world, store, rival, open } = await killed(kind, true);
    const other = await rival();
    await run(kind, world, store, { fresh: true });
    assertBytes(await world.read("k"), bytes);
    assert.deepEqual(await open(), [other]);
    assert.deepEqual(world.warnings, []);
  });

  test(`rivals: a ${kind} whose upload is gone deletes what it had opened in vain, and no other`, async () => {
    const { world, store, rival, open } = await killed(kind, true);
    const [record] = store.records.values();
    const { uploadId = "" } = record as { uploadId?: string };
    await abortMultipartUpload(world.client, { key: "k", uploadId });
    const other = await rival();
    await run(kind, world, store);
    assertBytes(await world.read("k"), bytes);
    assert.deepEqual(await open(), [other]);
    assert.deepEqual(world.warnings, []);
  });

  test(`rivals: a ${kind} whose record is gone has nothing that could be sought`, async () => {
    const { world, store, open } = await killed(kind, false);
    const [record] = store.records.values();
    store.records.clear();
    const { uploadId } = await initiateMultipartUpload(world.client, { key: "k" });
    await discardTransfer(world.client, store, record as TransferRecord);
    assert.deepEqual(await open(), [uploadId]);
    assert.deepEqual(world.warnings, []);
  });
}

test("abort: what opens an upload is not sent again, once the caller has gone", async () => {
  for (const checkpoints of [undefined, testStore()]) {
    const world = createWorld({ onWarning: () => {} });
    const abort = new AbortController();
    world.onRequest = async (seen, forward) => {
      const answer = await forward();
      if (seen.kind !== "initiate") return answer;
      abort.abort("enough");
      throw new TypeError("fetch failed");
    };
    const plan = { ...options, checkpoints, signal: abort.signal };
    assert.equal(await failure(upload(world.client, { key: "k", body }, plan)), "enough");
    assert.equal(world.kinds().initiate, 1);
  }
});
