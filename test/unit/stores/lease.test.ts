/** Leases, in a time of their own. */
import type { TransferLock } from "../../../src/checkpoints.ts";
import { leaseOf, type Swap, takeLease } from "../../../src/stores/lease.ts";
import { assert, test } from "../../harness.ts";
import { countListeners, failure } from "../streams/support.ts";
import { LEASE, leaseTest, place } from "./lease_support.ts";

leaseTest("who lives keeps it, however long", async (timers) => {
  const shared = place();
  const lock = await takeLease(shared.swap, LEASE);
  const taken: TransferLock[] = [];
  const other = takeLease(shared.swap, LEASE).then((got) => taken.push(got));
  await timers.pass(LEASE * 6);
  assert.isFalse(lock.lost.aborted);
  assert.lengthOf(taken, 0);
  await lock.release();
  await timers.pass(200);
  await other;
  await taken[0]?.release();
  assert.isUndefined(shared.value);
});

leaseTest("of many who wait for a dead one, one takes over, a whole lease later", async (timers) => {
  const shared = place();
  shared.value = "dead-7";
  const locks: TransferLock[] = [];
  const end = new AbortController();
  const waits = Array.from({ length: 10 }, () =>
    takeLease(shared.swap, LEASE, { signal: end.signal }).then(
      (lock) => locks.push(lock),
      () => {},
    ),
  );
  await timers.pass(LEASE);
  assert.equal(locks.length, 0);
  await timers.pass(300);
  assert.equal(locks.length, 1);
  await timers.pass(LEASE * 5);
  assert.equal(locks.length, 1);
  assert.isFalse(locks[0]?.lost.aborted);
  end.abort();
  await Promise.all(waits);
  await locks[0]?.release();
});

leaseTest("who cannot renew it knows before anybody takes over", async (timers) => {
  const shared = place();
  let fails = false;
  const swap: Swap = async (...change) => {
    if (fails) throw new Error("no disk");
    return shared.swap(...change);
  };
  const lock = await takeLease(swap, LEASE);
  let lostFirst: boolean | undefined;
  const other = takeLease(shared.swap, LEASE).then((got) => {
    lostFirst = lock.lost.aborted;
    return got;
  });
  await timers.pass(LEASE * 2);
  fails = true;
  await timers.pass(LEASE * 2);
  assert.isTrue(lostFirst);
  assert.match(String(lock.lost.reason), /ran out/);
  // What is another one's stays so.
  fails = false;
  await lock.release();
  const next = await other;
  assert.isFalse(next.lost.aborted);
  assert.isDefined(shared.value);
  await next.release();
});

leaseTest("what was taken without an answer is one's own", async (timers) => {
  const shared = place();
  shared.value = "other-0";
  const waiting = takeLease(shared.swap, LEASE);
  await timers.pass(100);
  shared.value = undefined;
  shared.mode = "fails after the change";
  await timers.pass(250);
  shared.mode = "works";
  await timers.pass(500);
  const lock = await Promise.race([waiting, Promise.resolve(undefined)]);
  assert.isDefined(lock);
  await lock?.release();
  assert.isUndefined(shared.value);
});

leaseTest("a store that fails for a while costs nothing", async (timers) => {
  const shared = place();
  const lock = await takeLease(shared.swap, LEASE);
  for (const mode of [
    "fails",
    "works",
    "fails after the change",
    "works",
    "fails after the change",
    "works",
  ] as const) {
    shared.mode = mode;
    await timers.pass(LEASE / 3 + 1);
  }
  await timers.pass(LEASE * 3);
  assert.isFalse(lock.lost.aborted);
  await lock.release();
  assert.isUndefined(shared.value);
});

for (const [when, passed] of Object.entries({ "when it is given back": 0, "while it is renewed": LEASE / 3 + 1 }))
  leaseTest(`a store that hangs ${when} is waited for no longer than for a lease`, async (timers) => {
    const shared = place();
    const lock = await takeLease(shared.swap, LEASE);
    shared.mode = "hangs";
    await timers.pass(passed);
    let isReleased = false;
    const released = lock.release().then(() => {
      isReleased = true;
    });
    await timers.pass(LEASE - 1);
    assert.isFalse(isReleased);
    await timers.pass(1);
    assert.isTrue(isReleased);
    await released;
  });

leaseTest("a place that cannot be written rejects, and leaves nothing behind", async () => {
  const shared = place();
  shared.mode = "fails";
  assert.match(String(await failure(takeLease(shared.swap, LEASE))), /no disk/);
});

leaseTest("a wait that is aborted leaves nothing behind", async (timers) => {
  const shared = place();
  shared.value = "another-0";
  const controller = new AbortController();
  const listeners = countListeners(controller.signal);
  const wait = failure(takeLease(shared.swap, LEASE, { signal: controller.signal }));
  await timers.pass(500);
  controller.abort("enough");
  assert.equal(await wait, "enough");
  assert.equal(listeners(), 0);
  assert.equal(shared.value, "another-0");
});

leaseTest("an abort while it is taken gives it back", async () => {
  const shared = place();
  const controller = new AbortController();
  const swap: Swap = async (...change) => {
    const found = await shared.swap(...change);
    controller.abort("too late");
    return found;
  };
  assert.equal(await failure(takeLease(swap, LEASE, { signal: controller.signal })), "too late");
  assert.isUndefined(shared.value);
});

test("lease: lengths that no process could keep are refused", () => {
  assert.equal(leaseOf(), 15_000);
  for (const lease of [0, 99, -1, Number.NaN, 2 ** 31]) {
    assert.throws(
      () => leaseOf({ lease }),
      RangeError,
      `lease must be 100 to 2,147,483,647 milliseconds, got ${lease}`,
    );
  }
});
