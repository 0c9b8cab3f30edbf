/** Stores that fail, records that are anything, uploads whose opening was not written down, and secrets. */
import type { CheckpointStore, TransferRecord } from "../../src/checkpoints.ts";
import { putObject } from "../../src/operations/object/basic.ts";
import { initiateMultipartUpload, uploadPart } from "../../src/operations/object/multipart.ts";
import { copy } from "../../src/transfer/copy.ts";
import { downloadTo } from "../../src/transfer/download_to.ts";
import type { UploadRecord } from "../../src/transfer/resume/types.ts";
import { upload } from "../../src/transfer/upload.ts";
import { assert, fc, test } from "../harness.ts";
import { assertBytes, pattern } from "../unit/streams/support.ts";
import { createDisk } from "./reload_support.ts";
import { createScene, options, testStore, type UploadScene } from "./resume_support.ts";
import { confide, confideKeys } from "./support/watched_stores.ts";
import { createWorld, PART, refuse, type World } from "./upload_support.ts";

const bytes = pattern(4 * PART + 7);
const body = new Blob([bytes]);

/** Each has five parts. */
const RUNS = {
  upload: async (world: World, checkpoints: CheckpointStore) => {
    await upload(world.client, { key: "k", body }, { ...options, checkpoints });
    return world.read("k");
  },
  copy: async (world: World, checkpoints: CheckpointStore) => {
    await copy(world.client, { sourceKey: "source", key: "k" }, { ...options, checkpoints });
    return world.read("k");
  },
  download: async (world: World, checkpoints: CheckpointStore) => {
    const disk = createDisk();
    await downloadTo(world.client, { key: "source" }, disk.run().sink, { ...options, checkpoints });
    assert.deepEqual(disk.left(), []);
    return disk.files.get("a") ?? new Uint8Array(0);
  },
};

test("resume: a store that fails at any call never fails a transfer, and is told once", async () => {
  const kind = fc.constantFrom("upload", "copy", "download");
  const method = fc.constantFrom("get", "set", "delete", "list", "lock", "channel", "send", "release");
  const failing = fc.uniqueArray(method, { minLength: 1 });
  const way = fc.constantFrom("reject", "throw", "sometimes");
  await fc.assert(
    fc.asyncProperty(kind, failing, way, fc.infiniteStream(fc.boolean()), async (transfer, names, how, coins) => {
      const world = createWorld();
      await putObject(world.client, { key: "source", body: bytes });
      world.requests.length = 0;
      const good = testStore();
      let failed = 0;
      const may = <T>(name: (typeof names)[number], work: () => T): T => {
        if (!names.includes(name) || (how === "sometimes" && coins.next().value)) return work();
        failed++;
        if (how === "throw" || name === "channel" || name === "send") throw new Error(`QuotaExceededError ${failed}`);
        // Only what is asynchronous rejects.
        return Promise.reject(new Error(`QuotaExceededError ${failed}`)) as T;
      };
      const checkpoints: CheckpointStore = {
        get: (id) => may("get", () => good.get(id)),
        set: (id, record) => may("set", () => good.set(id, record)),
        delete: (id) => may("delete", () => good.delete(id)),
        list: () => may("list", () => good.list()),
        lock: async () =>
          may("lock", async () => ({
            lost: new AbortController().signal,
            release: () => may("release", async () => undefined),
          })),
        channel: () => may("channel", () => ({ send: () => may("send", () => undefined), close() {} })),
      };
      assertBytes(await RUNS[transfer](world, checkpoints), bytes);
      assert.lengthOf(world.warnings, failed ? 1 : 0);
      if (failed) assert.match(world.warnings[0] ?? "", /^The checkpoint store failed, .*QuotaExceededError/);
      // The first range tells the size of what is copied or loaded.
      const { initiate, part, complete, other } = world.kinds();
      if (transfer === "download") assert.equal(other, 5);
      else assert.deepEqual({ initiate, part, complete }, { initiate: 1, part: 5, complete: 1 });
    }),
    { numRuns: 80 },
  );
});

test("resume: a listener that throws over a store that fails ends nothing", async () => {
  const onWarning = (): never => {
    throw new Error("the listener's");
  };
  const { client, read } = createWorld({ onWarning });
  const broken = (): Promise<never> => Promise.reject(new Error("QuotaExceededError"));
  const checkpoints = { get: broken, set: broken, delete: broken, list: broken };
  await upload(client, { key: "k", body }, { ...options, checkpoints });
  assertBytes(await read("k"), bytes);
});

/** A run that dies once two parts are there. */
async function killed(scene: UploadScene): Promise<UploadRecord> {
  scene.kill = (step) => step === "before part 3";
  assert.equal(await scene.run({ body }, { concurrency: 1 }), "killed");
  scene.kill = undefined;
  return [...scene.store.records.values()][0] as UploadRecord;
}

test("resume: a record that was damaged in any way is told or gone on with, and the object is right", async () => {
  const scene = createScene();
  const record = await killed(scene);
  const places = [...Object.keys(record), "completing"];
  const damage = fc.record({ place: fc.constantFrom(...places), value: fc.jsonValue() });
  const anything = fc.oneof(
    { weight: 4, arbitrary: damage.map(({ place, value }) => ({ ...record, [place]: value })) },
    { weight: 1, arbitrary: fc.constantFrom(...places).map((place) => ({ ...record, [place]: undefined })) },
    { weight: 1, arbitrary: fc.jsonValue() },
  );
  await fc.assert(
    fc.asyncProperty(anything, async (value) => {
      const world = createScene();
      await killed(world);
      // The same, but for the upload, which is that of this service.
      const own = [...world.store.records.values()][0] as UploadRecord;
      const given = Object(value) as UploadRecord;
      const found = given.uploadId === record.uploadId ? { ...given, uploadId: own.uploadId } : value;
      world.store.records.set(own.id, found as TransferRecord);
      await world.run({ body });
      assertBytes(await world.world.read("k"), bytes);
      assert.equal(world.completed, 1);
      assert.equal(world.store.records.size, 0);
    }),
    { numRuns: 60 },
  );
});

const AGO = 1000;
const intent = (record: UploadRecord): UploadRecord => {
  const { uploadId: _, since: __, ...rest } = record;
  return { ...rest, asked: Date.now() - AGO };
};

test("resume: an upload whose opening was not written down is adopted; any that may be another's is left alone", async () => {
  const cases: Readonly<Record<string, (scene: UploadScene) => Promise<unknown>>> = {
    adopted: async () => undefined,
    ambiguous: ({ world }) => initiateMultipartUpload(world.client, { key: "k" }),
    used: async ({ world, store }) => {
      const [uploadId] = store.written.slice(-1).map((record) => (record as UploadRecord).uploadId ?? "");
      await uploadPart(world.client, { key: "k", uploadId: uploadId ?? "", partNumber: 3, body: "another's" });
    },
    claimed: async ({ store }) => {
      const record = store.written.at(-1) as UploadRecord;
      store.records.set("upload-1", { ...record, id: "upload-1" });
    },
    rivalled: async ({ store }) => {
      const [record] = store.records.values();
      store.records.set("upload-1", { ...record, id: "upload-1" } as TransferRecord);
    },
    late: async ({ store }) => {
      const [record] = store.records.values();
      store.records.set(record?.id ?? "", { ...(record as UploadRecord), asked: 1 } as TransferRecord);
    },
    forbidden: async (scene) => {
      scene.onRequest = async (seen, forward) => (seen.kind === "other" ? refuse(403, "AccessDenied") : forward());
    },
  };
  for (const [name, prepare] of Object.entries(cases)) {
    const scene = createScene();
    scene.kill = (step) => step === "after set opened";
    await scene.run({ body });
    scene.kill = undefined;
    const record = intent([...scene.store.records.values()][0] as UploadRecord);
    scene.store.records.set(record.id, record);
    await prepare(scene);
    await scene.run({ body });
    assertBytes(await scene.world.read("k"), bytes);
    const left = { adopted: 0, ambiguous: 2, used: 1, claimed: 1, rivalled: 1, late: 1, forbidden: 1 }[name];
    assert.lengthOf(await scene.world.open(), left ?? -1, name);
    const told = /^(ambiguous|used|rivalled|forbidden)$/.test(name);
    assert.lengthOf(scene.warnings, told ? 1 : 0, name);
  }
});

test("resume: no record, however the upload goes, has a key, a token, a signature or a header that may be secret", async () => {
  for (const step of ["after set intent", "after part 2", "before delete"]) {
    const scene = createScene();
    const keys = scene.world.oss.issueToken({ seconds: 900 });
    scene.credentials = keys;
    scene.kill = (at) => at === step;
    const secret = "a-secret-of-the-caller";
    // What is confided is searched for in the end.
    confideKeys(keys);
    confide(secret);
    await scene.run({ body, metadata: { by: "me" }, headers: { "x-oss-callback-var": secret, "x-my-own": secret } });
    assert.include(JSON.stringify(scene.store.written), '"x-oss-meta-by":"me"');
  }
});
