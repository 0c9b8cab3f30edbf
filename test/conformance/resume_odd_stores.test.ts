/** Stores that give what is none, or reject where nobody waits: told once, and no transfer fails. */
import type { CheckpointStore, TransferChannel, TransferLock } from "../../src/checkpoints.ts";
import { putObject } from "../../src/operations/object/basic.ts";
import { copy } from "../../src/transfer/copy.ts";
import { downloadTo } from "../../src/transfer/download_to.ts";
import { discardTransfer, transfers } from "../../src/transfer/resume/transfers.ts";
import { upload } from "../../src/transfer/upload.ts";
import { assert, test } from "../harness.ts";
import { assertBytes, deferred, failure } from "../unit/streams/support.ts";
import { createDisk } from "./reload_support.ts";
import { bytes, input, leave, only, options, testStore } from "./resume_support.ts";
import { createWorld, type World } from "./upload_support.ts";

interface How {
  readonly checkpoints: CheckpointStore;
  readonly signal?: AbortSignal;
}

const broken = (): Promise<never> => Promise.reject(new Error("QuotaExceededError"));
const lost = new AbortController().signal;
const release = async (): Promise<void> => {};
const given =
  <T>(value: unknown): (() => Promise<T>) =>
  async () =>
    value as T;
const channelOf = (value: unknown): Pick<CheckpointStore, "channel"> => ({ channel: () => value as TransferChannel });

/** Each but the last ones fails somewhere. */
const ODD: Readonly<Record<string, Partial<CheckpointStore>>> = {
  "send that rejects": channelOf({ send: broken, close() {} }),
  "close that rejects": channelOf({ send() {}, close: broken }),
  "channel that rejects": { channel: broken as unknown as () => TransferChannel },
  "channel that is a promise": channelOf(Promise.resolve({ send() {}, close() {} })),
  "channel without methods": channelOf({}),
  "lock that is undefined": { lock: given<TransferLock>(undefined) },
  "lock that is null": { lock: given<TransferLock>(null) },
  "lock that is true": { lock: given<TransferLock>(true) },
  "lock without anything": { lock: given<TransferLock>({}) },
  "lock without lost": { lock: given<TransferLock>({ release }) },
  "lock without release": { lock: given<TransferLock>({ lost }) },
  "lock whose lost is none": { lock: given<TransferLock>({ lost: {}, release }) },
  "lock that is given at once": { lock: () => ({ lost, release }) as unknown as Promise<TransferLock> },
  "lock that is no promise": { lock: () => undefined as unknown as Promise<TransferLock> },
  "release that rejects": { lock: given<TransferLock>({ lost, release: broken }) },
  "release that throws": {
    lock: given<TransferLock>({
      lost,
      release() {
        throw new Error("closed already");
      },
    }),
  },
  "get that gives null": { get: given(null) },
};
const GOOD: Readonly<Record<string, Partial<CheckpointStore>>> = {
  "channel that is undefined": channelOf(undefined),
  "channel that is null": channelOf(null),
  "methods that are not asynchronous": { get: () => undefined as unknown as Promise<unknown> },
};

for (const [name, odd] of Object.entries({ ...ODD, ...GOOD })) {
  test(`resume: ${name in ODD ? "told once" : "good enough"}: a ${name}`, async () => {
    const runs = [
      ({ client }: World, checkpoints: CheckpointStore): Promise<unknown> =>
        upload(client, input, { ...options, checkpoints }),
      ({ client }: World, checkpoints: CheckpointStore): Promise<unknown> =>
        copy(client, { sourceKey: "source", key: "k" }, { ...options, checkpoints }),
    ];
    for (const run of runs) {
      const world = createWorld();
      await putObject(world.client, { key: "source", body: bytes });
      await run(world, { ...testStore(), ...odd });
      assertBytes(await world.read("k"), bytes);
      assert.lengthOf(world.warnings, name in ODD ? 1 : 0, world.warnings.join());
      for (const warning of world.warnings)
        assert.match(warning, /^The (checkpoint store failed|record .* is not used)/);
    }
  });
}

test("resume: a lock that lacks what tells of its loss is released all the same", async () => {
  let held = 0;
  const lock = async (): Promise<TransferLock> => {
    held++;
    return { release: async () => void held-- } as unknown as TransferLock;
  };
  const world = createWorld();
  await upload(world.client, input, { ...options, checkpoints: { ...testStore(), lock } });
  assert.equal(held, 0);
});

test("resume: who lists and discards is told what a store gives that is none", async () => {
  const world = createWorld();
  const store = testStore();
  await leave(world, input, store);
  const record = only(store);
  for (const names of [undefined, null, 5, {}]) {
    const list = given<string[]>(names);
    const told = await failure(transfers({ ...store, list }).next());
    assert.match(String(told), /^TypeError: list of the store must give an array of names, got /);
  }
  for (const odd of [undefined, null, true, {}, { release }, { lost }]) {
    const lock = given<TransferLock>(odd);
    const told = await failure(discardTransfer(world.client, { ...store, lock }, record));
    assert.match(String(told), /^TypeError: lock of the store must give lost and release, got /);
  }
  assert.deepEqual(await world.open(), ["k"]);
  // An upload whose id was not written down is sought among the others.
  const { uploadId: _, ...intent } = record as typeof record & { readonly uploadId?: string };
  store.records.set(record.id, intent);
  await upload(world.client, input, { ...options, checkpoints: { ...store, list: given<string[]>(undefined) } });
  assert.lengthOf(
    world.warnings.filter((warning) => warning.startsWith("The checkpoint store failed")),
    1,
  );
  assertBytes(await world.read("k"), bytes);
});

test("resume: an abort is heeded at once while the store does not answer", async () => {
  const runs = {
    upload: ({ client }: World, how: How) => upload(client, input, { ...options, ...how }),
    copy: ({ client }: World, how: How) => copy(client, { sourceKey: "source", key: "k" }, { ...options, ...how }),
    download: ({ client }: World, how: How) =>
      downloadTo(client, { key: "source" }, createDisk().run().sink, { ...options, ...how }),
  };
  for (const [name, run] of Object.entries(runs)) {
    for (const silent of [1, 2]) {
      const world = createWorld();
      await putObject(world.client, { key: "source", body: bytes });
      const asked = deferred();
      const controller = new AbortController();
      let calls = 0;
      const get = async (): Promise<unknown> => {
        if (++calls < silent) return undefined;
        asked.resolve();
        return new Promise<never>(() => {});
      };
      const lock = async (): Promise<TransferLock> => ({ lost, release });
      const checkpoints = { ...testStore(), get, lock };
      const running = run(world, { checkpoints, signal: controller.signal });
      await asked.promise;
      const began = performance.now();
      controller.abort("enough");
      assert.equal(await failure(running), "enough", name);
      assert.isBelow(performance.now() - began, 4000, name);
    }
  }
});
