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
        const at = Math.min(...[...timers.values()].map((timer) => timer.at));
        if (at > end) break;
        now = at;
        // Those of one moment run out together: in browsers each turn of the event loop costs milliseconds.
        for (const [id, timer] of [...timers]) if (timer.at === at && timers.delete(id)) timer.call();
      }
      now = end;
    },
    waiting: () => timers.size,
    restore() {
      Object.assign(globalThis, { setTimeout, clearTimeout });
    },
  };
}
