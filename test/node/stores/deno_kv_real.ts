/** Checkpoints in the Deno KV of Deno; runs there alone. */
import { type DenoKV, denoKVStore } from "../../../src/stores/deno_kv.ts";
import { assert, test } from "../../harness.ts";
import { recordOf, storeContract } from "../../unit/stores/contract.ts";
import { failure } from "../../unit/streams/support.ts";

declare const Deno: { openKv(path: string): Promise<DenoKV & { close(): void }> };

storeContract({
  name: "Deno KV of Deno",
  lock: true,
  channel: true,
  async make() {
    const kv = await Deno.openKv(":memory:");
    return {
      store: denoKVStore(kv),
      again: () => denoKVStore(kv),
      elsewhere: () => denoKVStore(kv, { prefix: "tenant 2" }),
      dispose: () => kv.close(),
    };
  },
});

test("Deno KV of Deno: a record that is too large is refused, and says so", async () => {
  const kv = await Deno.openKv(":memory:");
  const error = await failure(denoKVStore(kv).set("a", recordOf("a", { text: "x".repeat(70_000) })));
  assert.match(String(error), /too large.*65536/);
  kv.close();
});
