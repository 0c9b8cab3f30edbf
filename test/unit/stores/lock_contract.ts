/**
 * What the lock of every store must do that has one.
 * @module
 */
import type { CheckpointStore, TransferLock } from "../../../src/checkpoints.ts";
import { assert } from "../../harness.ts";
import { failure } from "../streams/support.ts";
import type { Declare } from "./contract.ts";

/** Takes a lock of a store that has them. */
export function take(store: CheckpointStore, id: string, signal?: AbortSignal): Promise<TransferLock> {
  const { lock } = store;
  if (!lock) throw new Error("The store has no lock");
  return lock.call(store, id, signal);
}

/** Declares the tests of a lock. */
export function lockContract(declare: Declare): void {
  declare("one of many has the lock", async ({ store, again }) => {
    const stores = [store, again(), again(), again()];
    let holders = 0;
    let turns = 0;
    const race = Array.from({ length: 8 }, async (_, n) => {
      const lock = await take(stores[n % 4] ?? store, "a");
      holders += 1;
      turns += 1;
      assert.equal(holders, 1);
      // Others run meanwhile.
      await store.get("a");
      await new Promise((resolve) => setTimeout(resolve, 1));
      assert.equal(holders, 1);
      assert.isFalse(lock.lost.aborted);
      holders -= 1;
      await lock.release();
    });
    await Promise.all(race);
    assert.equal(turns, 8);
  });

  declare("locks of other transfers are others", async ({ store, again }) => {
    const ids = ["a", "b", "A", "a/b", `${"a".repeat(999)}1`, `${"a".repeat(999)}2`];
    const locks = await Promise.all(ids.map((id, n) => take(n % 2 ? store : again(), id)));
    assert.deepEqual(await store.list(), [], "a lock is no record");
    await Promise.all(locks.map((lock) => lock.release()));
  });

  declare("who waits gets the lock when it is released, which may be done twice", async ({ store, again }) => {
    const first = await take(store, "a");
    let isFree = false;
    const second = take(again(), "a").then((lock) => {
      assert.isTrue(isFree);
      return lock;
    });
    await store.get("a");
    isFree = true;
    await Promise.all([first.release(), first.release()]);
    const lock = await second;
    await first.release();
    const waits = new AbortController();
    const third = take(store, "a", waits.signal);
    // A second release would have freed the lock of another one.
    const outcome = await Promise.race([third.then(() => "got it"), store.get("a").then(() => "waits")]);
    assert.equal(outcome, "waits");
    waits.abort(new Error("enough"));
    assert.equal(((await failure(third)) as Error).message, "enough");
    assert.isFalse(lock.lost.aborted);
    await lock.release();
  });

  declare("a wait ends with its signal", async ({ store, again }) => {
    const lock = await take(store, "a");
    const reason = { why: "closed" };
    const controller = new AbortController();
    const waits = [take(store, "a", controller.signal), take(again(), "a", controller.signal)];
    await store.get("a");
    controller.abort(reason);
    for (const ended of await Promise.all(waits.map(failure))) assert.strictEqual(ended, reason);
    assert.strictEqual(await failure(take(store, "b", AbortSignal.abort(reason))), reason);
    await lock.release();
    const next = await take(again(), "a", new AbortController().signal);
    await next.release();
    const free = await take(store, "b");
    await free.release();
  });

  declare("an abort comes too late for who holds the lock", async ({ store }) => {
    const controller = new AbortController();
    const lock = await take(store, "a", controller.signal);
    controller.abort();
    await store.get("a");
    assert.isFalse(lock.lost.aborted);
    await lock.release();
    assert.isFalse(lock.lost.aborted);
  });
}
