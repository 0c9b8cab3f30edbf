/** Leases that others wait for, and of holders that sleep. */
import type { TransferLock } from "../../../src/checkpoints.ts";
import { type Swap, takeLease } from "../../../src/stores/lease.ts";
import { assert } from "../../harness.ts";
import { failure } from "../streams/support.ts";
import { LEASE, leaseTest, type Place, place } from "./lease_support.ts";

leaseTest("who slept and was replaced finds out with its next sign of life", async (timers) => {
  const shared = place();
  const lock = await takeLease(shared.swap, LEASE);
  shared.value = "another-0";
  await timers.pass(LEASE / 3 + 1);
  assert.isTrue(lock.lost.aborted);
  await lock.release();
  assert.equal(shared.value, "another-0");
});

leaseTest("who waits is told that somebody holds it, and that he lives as soon as that is seen", async (timers) => {
  const holders = {
    living: async (shared: Place) => (await takeLease(shared.swap, LEASE)).release,
    dead: async (shared: Place) => {
      shared.value = "dead-7";
    },
    nobody: async () => {},
  };
  const told: Record<string, boolean[]> = {};
  for (const [name, hold] of Object.entries(holders)) {
    const shared = place();
    const release = await hold(shared);
    const heard: boolean[] = [];
    told[name] = heard;
    const waiting = takeLease(shared.swap, LEASE, { onHeld: (lives) => heard.push(lives) });
    await timers.pass(LEASE / 3 + 300);
    if (release) await release();
    await timers.pass(LEASE);
    await (await waiting).release();
    await timers.pass(0);
  }
  assert.deepEqual(told, { living: [false, true], dead: [false], nobody: [] });
});

leaseTest("who has a shorter lease waits for the whole one of who holds it", async (timers) => {
  const shared = place();
  const holder = await takeLease(shared.swap, LEASE);
  const taken: TransferLock[] = [];
  const waiting = takeLease(shared.swap, LEASE / 9).then((got) => taken.push(got));
  await timers.pass(LEASE * 3);
  assert.isFalse(holder.lost.aborted);
  assert.lengthOf(taken, 0);
  // From here on he is dead.
  const left = shared.value;
  await holder.release();
  shared.value = left;
  await timers.pass(LEASE / 2);
  assert.lengthOf(taken, 0);
  await timers.pass(LEASE);
  await waiting;
  await taken[0]?.release();
});

leaseTest("who waits goes on waiting over a store that fails for a while", async (timers) => {
  const shared = place();
  const lock = await takeLease(shared.swap, LEASE);
  const other = place();
  const swap: Swap = async (expected, next) => {
    if (other.mode === "fails") throw new Error("no disk");
    return shared.swap(expected, next);
  };
  const taken: TransferLock[] = [];
  const waiting = takeLease(swap, LEASE).then((got) => taken.push(got));
  await timers.pass(LEASE);
  other.mode = "fails";
  await timers.pass(LEASE / 2);
  other.mode = "works";
  await timers.pass(LEASE * 2);
  assert.lengthOf(taken, 0);
  assert.isFalse(lock.lost.aborted);
  await lock.release();
  await timers.pass(LEASE);
  await waiting;
  await taken[0]?.release();
});

leaseTest("who waits gives up on a store that has failed for a whole lease", async (timers) => {
  const shared = place();
  shared.value = "dead-7";
  const failed = failure(takeLease(shared.swap, LEASE));
  await timers.pass(LEASE / 2);
  shared.mode = "fails";
  await timers.pass(LEASE);
  assert.equal(((await failed) as Error).message, "no disk");
});

leaseTest("who waits gives up on a store that does not answer for a whole lease", async (timers) => {
  for (const held of [undefined, "dead-7"]) {
    const shared = place();
    shared.value = held;
    if (!held) shared.mode = "hangs";
    const failed = failure(takeLease(shared.swap, LEASE));
    await timers.pass(LEASE / 2);
    shared.mode = "hangs";
    await timers.pass(held ? LEASE * 2 + 400 : LEASE / 2);
    assert.equal(((await failed) as Error).message, `the store gave no answer within ${LEASE} ms`);
  }
});

leaseTest("an answer that comes when nobody waits any more gives back what it took", async (timers) => {
  for (const held of [undefined, "other-0"]) {
    const shared = place();
    shared.value = held;
    let answer = (): void => {};
    let isSlow = !held;
    const swap: Swap = async (expected, next) => {
      const found = await shared.swap(expected, next);
      if (isSlow && found === next)
        await new Promise<void>((resolve) => {
          answer = resolve;
        });
      return found;
    };
    const failed = failure(takeLease(swap, LEASE));
    await timers.pass(100);
    if (held) shared.value = undefined;
    isSlow = true;
    await timers.pass(LEASE + 200);
    assert.equal(((await failed) as Error).message, `the store gave no answer within ${LEASE} ms`);
    assert.isDefined(shared.value);
    answer();
    await timers.pass(0);
    assert.isUndefined(shared.value);
  }
});

leaseTest("who cannot renew it any more, after an answer was lost, knows before anybody takes over", async (timers) => {
  for (const mode of ["fails", "hangs"] as const) {
    const shared = place();
    // Of the renewals the first has no answer, the second finds what that one wrote, and then nothing works.
    const modes = ["works", "fails after the change", "works"] as const;
    let asked = 0;
    const swap: Swap = (...change) => {
      shared.mode = modes[asked++] ?? mode;
      return shared.swap(...change);
    };
    const lock = await takeLease(swap, LEASE);
    await timers.pass(LEASE - 1);
    assert.isAtLeast(asked, 4);
    await timers.pass(1);
    assert.isTrue(lock.lost.aborted, mode);
    const released = lock.release();
    await timers.pass(LEASE);
    await released;
  }
});
