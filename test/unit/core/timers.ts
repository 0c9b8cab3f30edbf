/** Counts timers, so that a test sees those that are left behind. */

type SetTimer = (callback: (...args: unknown[]) => void, milliseconds?: number, ...args: unknown[]) => unknown;

export interface TimerCount {
  /** Timers that wait now. */
  running(): number;
  /** Puts the runtime's own functions back. */
  restore(): void;
}

/** Node's own `fetch`, with which the runner reports, uses the global timers too. */
const isForeign = (): boolean => String(new Error().stack).includes("node:internal/deps");

/** Wraps `setTimeout` and `setInterval` until it is restored. */
export function countTimers(): TimerCount {
  const { setTimeout, clearTimeout, setInterval, clearInterval } = globalThis;
  const waiting = new Set<unknown>();
  const startTimeout: SetTimer = (callback, milliseconds, ...args) => {
    const id = setTimeout(() => {
      waiting.delete(id);
      callback(...args);
    }, milliseconds);
    if (!isForeign()) waiting.add(id);
    return id;
  };
  const startInterval: SetTimer = (callback, milliseconds, ...args) => {
    const id = setInterval(callback, milliseconds, ...args);
    waiting.add(id);
    return id;
  };
  const stop = (id: never): void => {
    waiting.delete(id);
    clearTimeout(id);
    clearInterval(id);
  };
  Object.assign(globalThis, {
    setTimeout: startTimeout,
    clearTimeout: stop,
    setInterval: startInterval,
    clearInterval: stop,
  });
  return {
    running: () => waiting.size,
    restore() {
      Object.assign(globalThis, { setTimeout, clearTimeout, setInterval, clearInterval });
    },
  };
}
