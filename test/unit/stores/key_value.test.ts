/** Checkpoints in key-value stores: as Workers KV, as a Durable Object, and as a plain Map. */
import type { KeyPage, KeyValue } from "../../../src/stores/key_value.ts";
import { keyValueStore } from "../../../src/stores/key_value.ts";
import { assert, test } from "../../harness.ts";
import { failure } from "../streams/support.ts";
import { recordOf, storeContract } from "./contract.ts";

/** Names as Workers KV takes them. */
function checkName(name: string): void {
  const { length } = new TextEncoder().encode(name);
  if (length > 512)
    throw new RangeError(`KV PUT failed: 414 UTF-8 encoded length of ${length} exceeds key length limit of 512.`);
}

/** Workers KV: pages of names, `null` for what is missing. */
function workersKV(): KeyValue {
  const texts = new Map<string, string>([["of others", "x"]]);
  return {
    get: async (name) => texts.get(name) ?? null,
    async put(name, text) {
      checkName(name);
      texts.set(name, text);
    },
    async delete(name) {
      texts.delete(name);
    },
    async list({ prefix, cursor = "0" }): Promise<KeyPage> {
      const names = [...texts.keys()].filter((name) => name.startsWith(prefix)).sort();
      const end = Number(cursor) + 1000;
      const keys = names.slice(Number(cursor), end).map((name) => ({ name }));
      return end < names.length ? { keys, list_complete: false, cursor: String(end) } : { keys, list_complete: true };
    },
  };
}

/** The storage of a Durable Object: a Map for a list. */
function durableObject(): KeyValue {
  const values = new Map<string, unknown>([["of others", 1]]);
  return {
    get: async (name) => values.get(name),
    async put(name, value) {
      checkName(name);
      values.set(name, structuredClone(value));
    },
    delete: async (name) => values.delete(name),
    list: async ({ prefix }) => new Map([...values].filter(([name]) => name.startsWith(prefix)).sort()),
  };
}

/** `set` for `put`, nothing asynchronous, no notion of a prefix. */
function plainMap(): KeyValue {
  const texts = new Map<string, unknown>([["of others", 1]]);
  return {
    get: (name) => texts.get(name),
    set: (name, text) => texts.set(name, text),
    delete: (name) => texts.delete(name),
    list: () => texts,
  };
}

for (const [kind, open] of Object.entries({
  "Workers KV": workersKV,
  "Durable Object": durableObject,
  Map: plainMap,
})) {
  storeContract({
    name: kind,
    lock: false,
    channel: false,
    make() {
      const storage = open();
      return {
        store: keyValueStore(storage),
        again: () => keyValueStore(storage),
        elsewhere: () => keyValueStore(storage, { prefix: "tenant 2/" }),
      };
    },
  });
}

test("what is damaged is told as it is, and a long name of it is found", async () => {
  const storage = workersKV();
  const store = keyValueStore(storage);
  const id = "x/".repeat(500);
  await store.set(id, recordOf(id));
  const { keys } = (await storage.list({ prefix: "oss-fetch/" })) as KeyPage;
  const name = keys[0]?.name ?? "";
  await storage.put?.(name, '{"version":1,"id":');
  assert.equal(await store.get(id), '{"version":1,"id":');
  const [found = ""] = await store.list();
  assert.match(found, /^#[0-9a-f]{64}$/);
  assert.equal(await store.get(found), '{"version":1,"id":');
  await store.delete(found);
  assert.deepEqual(await store.list(), []);
});

test("a storage that cannot write is refused", () => {
  const { get, delete: remove, list } = workersKV();
  assert.throws(() => keyValueStore({ get, delete: remove, list }), TypeError, "storage must have put or set");
});

test("a list that never ends, or is none, is told of", async () => {
  const keys = [{ name: "oss-fetch/=a" }];
  const endless = (cursors: readonly unknown[]): { answers: () => unknown; asked: () => number } => {
    let asked = 0;
    return {
      answers: () => ({ keys, list_complete: false, cursor: cursors[asked++ % cursors.length] }),
      asked: () => asked,
    };
  };
  for (const cursors of [[undefined], [null], [""], ["x"], ["x", "y"], ["x", "y", "y"], [1]]) {
    const { answers, asked } = endless(cursors);
    const store = keyValueStore({ ...workersKV(), list: async () => answers() as KeyPage });
    const told = await failure(store.list());
    assert.instanceOf(told, TypeError);
    assert.match(String(told), /^TypeError: storage\.list must give a new cursor until list_complete is true, got .+/);
    assert.isAtMost(asked(), 3);
  }
  const none = [
    undefined,
    null,
    1,
    "names",
    {},
    [],
    { keys: [] },
    { list_complete: true },
    { list_complete: true, keys: 1 },
  ];
  for (const answer of none) {
    const store = keyValueStore({ ...workersKV(), list: () => answer as unknown as KeyPage });
    const told = await failure(store.list());
    assert.match(
      String(told),
      /^TypeError: storage\.list must give a Map, or a page with keys and list_complete, got .+/,
    );
  }
});
