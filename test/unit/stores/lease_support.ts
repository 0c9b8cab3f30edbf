/** A place for leases, and a time of their own. */
import type { Swap } from "../../../src/stores/lease.ts";
import { assert, test } from "../../harness.ts";
import { type VirtualTimers, virtualTimers } from "./virtual_timers.ts";

export interface Place {
  readonly swap: Swap;
  /** What a holder sees whose machine sleeps, or whose store fails. */
  mode: "works" | "fails" | "fails after the change" | "hangs";
  value: string | undefined;
}

export function place(): Place {
  const own: Place = {
    mode: "works",
    value: undefined,
    async swap(expected, next) {
      if (own.mode === "fails") throw new Error("no disk");
      if (own.mode === "hangs") return new Promise(() => {});
      if (own.value === undefined || own.value === expected) own.value = next;
      if (own.mode === "fails after the change") throw new Error("no answer");
      return own.value;
    },
  };
  return own;
}

/** In milliseconds. */
export const LEASE = 9000;

/** Declares a test of leases, which leaves no timer behind. */
export function leaseTest(what: string, body: (timers: VirtualTimers) => Promise<void>): void {
  test(`lease: ${what}`, async () => {
    const timers = virtualTimers();
    try {
      await body(timers);
      assert.equal(timers.waiting(), 0, "timers are left");
    } finally {
      timers.restore();
    }
  });
}
