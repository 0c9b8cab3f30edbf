import { isForeign } from "../core/timers.ts";

/** Timers of a made-up time, so that leases of seconds run out at once. */
export interface VirtualTimers {
  /** Lets time pass, and all that follows from it happen. */
  pass(milliseconds: number): Promise<void>;
  /** How many timers wait. */
  waiting(): number;
  restore(): void;
}

/** Puts a made-up time in the place of the runtime's own. */
export function virtualTimers(): VirtualTimers {
  const { setTimeout, clearTimeout } = globalThis;
  const timers = new Map<number, { readonly at: number; readonly call: () => void }>();
  let now = 0;
  let last = 0;
  const start = (call: () => void, milliseconds: number): unknown => {
    if (isForeign()) return setTimeout(call, milliseconds);
    last += 1;
    timers.set(last, { at: now + milliseconds, call });
    return last;
  };
  const stop = (id: never): void => {
    if (!timers.delete(id)) clearTimeout(id);
  };
  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
  Object.assign(globalThis, { setTimeout: start, clearTimeout: stop });
  return {
    async pass(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        await settle();
        const [next] = [...timers].sort(([, a], [, b]) => a.at - b.at);
        if (!next || next[1].at > end) break;
        timers.delete(next[0]);
        now = next[1].at;
        next[1].call();
      }
      now = end;
    },
    waiting: () => timers.size,
    restore() {
      Object.assign(globalThis, { setTimeout, clearTimeout });
    },
  };
}
