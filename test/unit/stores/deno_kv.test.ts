/** Checkpoints in Deno KV, with a stand-in for it; `test/node/stores/elsewhere.test.ts` uses the real one. */
import { type DenoKV, type DenoKVChange, denoKVStore } from "../../../src/stores/deno_kv.ts";
import { storeContract } from "./contract.ts";

interface Entry {
  readonly key: readonly string[];
  readonly value: unknown;
  readonly versionstamp: string;
}

/** Keeps what a Deno KV would, and takes what it takes: `deno_kv_real.ts` is the proof. */
function fakeKV(): DenoKV {
  const entries = new Map<string, Entry>();
  let version = 0;
  const nameOf = (key: readonly string[]): string => {
    const name = JSON.stringify(key);
    if (new TextEncoder().encode(name).length > 2048) throw new TypeError("Key too large for write (max 2048 bytes)");
    return name;
  };
  const put = (key: readonly string[], value: unknown): void => {
    version += 1;
    entries.set(nameOf(key), { key, value: structuredClone(value), versionstamp: String(version).padStart(20, "0") });
  };
  return {
    get: async (key) => structuredClone(entries.get(nameOf(key)) ?? { value: null, versionstamp: null }),
    set: async (key, value) => put(key, value),
    delete: async (key) => entries.delete(nameOf(key)),
    async *list({ prefix }) {
      for (const entry of [...entries.values()]) {
        if (prefix.every((part, n) => entry.key[n] === part)) yield structuredClone(entry);
      }
    },
    atomic() {
      const checks: { key: readonly string[]; versionstamp: string | null }[] = [];
      const changes: (() => void)[] = [];
      const operation: DenoKVChange = {
        check(seen) {
          checks.push(seen);
          return operation;
        },
        set(key, value) {
          changes.push(() => put(key, value));
          return operation;
        },
        delete(key) {
          changes.push(() => entries.delete(nameOf(key)));
          return operation;
        },
        async commit() {
          const ok = checks.every(
            (seen) => (entries.get(nameOf(seen.key))?.versionstamp ?? null) === seen.versionstamp,
          );
          if (ok) for (const change of changes) change();
          return { ok };
        },
      };
      return operation;
    },
  };
}

storeContract({
  name: "Deno KV",
  lock: true,
  channel: "BroadcastChannel" in globalThis,
  make() {
    const kv = fakeKV();
    return {
      store: denoKVStore(kv),
      again: () => denoKVStore(kv),
      elsewhere: () => denoKVStore(kv, { prefix: "tenant 2" }),
    };
  },
});
