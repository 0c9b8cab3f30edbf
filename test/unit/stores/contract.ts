/**
 * What every store of checkpoints must do, wherever it keeps them.
 * @module
 */
import type { CheckpointStore, TransferRecord } from "../../../src/checkpoints.ts";
import type { MaybePromise } from "../../../src/types.ts";
import { assert, fc, type TestOptions, test } from "../../harness.ts";
import { channelContract } from "./channel_contract.ts";
import { lockContract } from "./lock_contract.ts";
import { transfersContract } from "./transfers_contract.ts";

/** A store without records. */
export interface StorePlace {
  readonly store: CheckpointStore;
  /** Another one, of somebody who shares the place. */
  again(): CheckpointStore;
  /** One beside it, whose names begin otherwise. */
  elsewhere(): CheckpointStore;
  dispose?(): MaybePromise<unknown>;
}

export interface StoreSubject {
  readonly name: string;
  /** How many records are written and listed. @default 2000 */
  readonly many?: number;
  readonly lock: boolean;
  readonly channel: boolean;
  readonly options?: TestOptions;
  make(): MaybePromise<StorePlace>;
}

/** Declares one test with a store of its own. */
export type Declare = (what: string, body: (place: StorePlace) => Promise<void>, own?: TestOptions) => void;

/** A record with what else is given. */
export function recordOf(id: string, rest: object = {}): TransferRecord {
  return {
    version: 1,
    id,
    kind: "upload",
    state: "running",
    endpoint: "photos.example.com",
    bucket: "photos",
    key: "a.txt",
    created: 1,
    updated: 2,
    ...rest,
  };
}

const IDS = [
  "upload photos a.txt",
  "a/b/../c",
  "..",
  ".",
  "con",
  "CON.",
  "a",
  "A",
  "%41",
  "nul\u0000 and \n",
  "é",
  "e\u0301",
  "图片/一.jpg",
  "\u{1F600}",
  "\ud83d alone",
  'a\\b:c*?"<>|',
  "__proto__",
  `${"long/".repeat(200)}1`,
  `${"long/".repeat(200)}2`,
  "长".repeat(1000),
];

/** Declares the tests of a kind of store. */
export function storeContract(subject: StoreSubject): void {
  const { name, options = {}, many = 2000 } = subject;
  const declare: Declare = (what, body, own) => {
    test(`${name}: ${what}`, { ...options, ...own }, async () => {
      const place = await subject.make();
      try {
        await body(place);
      } finally {
        await place.dispose?.();
      }
    });
  };

  declare("keeps, overwrites, lists and deletes", async ({ store, again }) => {
    assert.isUndefined(await store.get("a"));
    assert.deepEqual(await store.list(), []);
    await store.delete("a");
    await store.set("a", recordOf("a", { parts: [1, 2], more: true }));
    await store.set("b", recordOf("b"));
    await store.set("a", recordOf("a", { parts: [3] }));
    for (const one of [store, again()]) {
      assert.deepEqual(await one.get("a"), recordOf("a", { parts: [3] }));
      assert.sameMembers([...(await one.list())], ["a", "b"]);
    }
    await store.delete("a");
    assert.isUndefined(await again().get("a"));
    assert.deepEqual(await store.list(), ["b"]);
  });

  declare("keeps a copy", async ({ store }) => {
    const parts = [1];
    await store.set("a", recordOf("a", { parts }));
    parts.push(2);
    assert.deepEqual(await store.get("a"), recordOf("a", { parts: [1] }));
    const read = (await store.get("a")) as { parts: number[] };
    read.parts.push(3);
    assert.deepEqual(await store.get("a"), recordOf("a", { parts: [1] }));
  });

  declare("any JSON comes back as it was set", async ({ store }) => {
    const json = fc.jsonValue({ maxDepth: 3 }).map((value): unknown => JSON.parse(JSON.stringify(value)));
    await fc.assert(
      fc.asyncProperty(json, async (value) => {
        await store.set("a", recordOf("a", { value }));
        assert.deepEqual(await store.get("a"), recordOf("a", { value }));
      }),
      { numRuns: 30 },
    );
  });

  declare("ids are any text", async ({ store }) => {
    for (const id of IDS) await store.set(id, recordOf(id));
    assert.sameMembers([...(await store.list())], IDS);
    for (const id of IDS) assert.deepEqual(await store.get(id), recordOf(id), id.slice(0, 40));
    for (const id of IDS.slice(1)) await store.delete(id);
    assert.deepEqual(await store.list(), IDS.slice(0, 1));
  });

  declare("one beside it shares neither records nor locks", async ({ store, elsewhere }) => {
    const other = elsewhere();
    await store.set("a", recordOf("a"));
    assert.isUndefined(await other.get("a"));
    assert.deepEqual(await other.list(), []);
    await other.set("a", recordOf("a", { more: 1 }));
    await other.delete("a");
    assert.deepEqual(await store.get("a"), recordOf("a"));
    const locks = await Promise.all([store, other].map((one) => one.lock?.("a")));
    for (const lock of locks) await lock?.release();
  });

  declare("of changes made at once one stays, whole", async ({ store, again }) => {
    const other = again();
    const texts = Array.from({ length: 20 }, (_, n) => String(n).repeat(500 + 100 * n));
    await Promise.all(texts.map((text, n) => (n % 2 ? store : other).set("a", recordOf("a", { text }))));
    const { text } = (await store.get("a")) as { text: string };
    assert.include(texts, text);
    assert.deepEqual(await store.list(), ["a"]);
  });

  declare(`lists ${many} records`, async ({ store }) => {
    const ids = Array.from({ length: many }, (_, n) => `upload/photos/${n}.jpg`);
    for (let first = 0; first < many; first += 100) {
      await Promise.all(ids.slice(first, first + 100).map((id) => store.set(id, recordOf(id))));
    }
    assert.deepEqual([...(await store.list())].sort(), [...ids].sort());
  });

  declare("keeps the rest of a record whose handle it cannot keep", async ({ store }) => {
    const handle = { getFile: async () => new Blob(["x"]) };
    await store.set("a", recordOf("a", { handle, more: 1 }));
    const { handle: kept, ...rest } = (await store.get("a")) as TransferRecord;
    assert.deepEqual(rest, recordOf("a", { more: 1 }));
    assert.include([undefined, handle], kept);
    assert.strictEqual(kept === undefined, name !== "memory");
  });

  transfersContract(declare);
  if (subject.lock) lockContract(declare);
  else declare("has no lock", async ({ store }) => assert.isUndefined(store.lock));
  if (subject.channel) channelContract(declare);
  else declare("has no channel", async ({ store }) => assert.isUndefined(store.channel));
}
