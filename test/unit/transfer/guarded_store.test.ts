/** What transfers ask of a store comes in the order that it was asked in. */
import type { TransferRecord } from "../../../src/checkpoints.ts";
import { guardStore } from "../../../src/transfer/resume/guarded_store.ts";
import { assert, test } from "../../harness.ts";
import { recordOf } from "../stores/contract.ts";
import { deferred } from "../streams/support.ts";

test("guarded store: no write overtakes one that is slow, and no reading either", async () => {
  const slow = deferred();
  const begun: string[] = [];
  let kept: TransferRecord | undefined;
  const guarded = guardStore(
    {
      get: async () => kept,
      async set(_, record) {
        begun.push(record.key);
        if (record.key === "slow") await slow.promise;
        kept = record;
      },
      delete: async () => undefined,
      list: async () => [],
    },
    (message) => assert.fail(message),
  );
  const first = guarded.write(recordOf("a", { key: "slow" }));
  const second = guarded.write(recordOf("a", { key: "quick" }));
  const read = guarded.read("a");
  // Whatever is to begin without waiting has begun by then.
  await new Promise((resolve) => setTimeout(resolve));
  assert.deepEqual(begun, ["slow"]);
  slow.resolve();
  await Promise.all([first, second]);
  assert.deepEqual(begun, ["slow", "quick"]);
  assert.deepInclude(await read, { key: "quick" });
  assert.deepInclude(kept, { key: "quick" });
});
