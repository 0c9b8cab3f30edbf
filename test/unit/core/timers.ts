/** Counts timers, so that a test sees those that are left behind. */
import type { TestContext } from "../../harness.ts";

type SetTimer = (callback: (...args: unknown[]) => void, milliseconds?: number, ...args: unknown[]) => unknown;

export interface TimerCount {
  /** Timers that wait now. */
  running(): number;
  /** Puts the runtime's own functions back. */
  restore(): void;
}

/** Node's own `fetch`, with which the runner reports, uses the global timers too. */
export const isForeign = (): boolean => String(new Error().stack).includes("node:internal/deps");

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

export interface CaughtTimers {
  /** Lets those that wait run out; when none waits yet, the first that comes. */
  fire(): Promise<void>;
  /** How many wait. */
  waiting(): number;
  /** Puts the runtime's own functions back. */
  restore(): void;
}

/** Keeps back the timers of certain lengths, until they are fired. */
export function catchTimers(match: (milliseconds: number) => boolean): CaughtTimers {
  const { setTimeout, clearTimeout } = globalThis;
  const caught = new Map<object, () => void>();
  let told = (): void => {};
  const start: SetTimer = (callback, milliseconds = 0, ...args) => {
    if (!match(milliseconds) || isForeign()) return setTimeout(callback, milliseconds, ...args);
    const id = {};
    caught.set(id, () => callback(...args));
    told();
    return id;
  };
  const stop = (id: never): void => {
    if (!caught.delete(id)) clearTimeout(id);
  };
  Object.assign(globalThis, { setTimeout: start, clearTimeout: stop });
  return {
    async fire() {
      while (caught.size === 0)
        await new Promise<void>((resolve) => {
          told = resolve;
        });
      for (const [id, run] of caught) {
        caught.delete(id);
        run();
      }
    },
    waiting: () => caught.size,
    restore() {
      Object.assign(globalThis, { setTimeout, clearTimeout });
    },
  };
}

/** How much earlier the timers of a hurried test run out. */
const HURRY = 20;

/**
 * Lets timers run out twenty times as early until the test is over, for tests of which nobody measures the pauses.
 * @returns the lengths that are asked for, in milliseconds, as they come
 */
export function hurry({ signal }: TestContext): readonly number[] {
  const { setTimeout } = globalThis;
  const lengths: number[] = [];
  const start: SetTimer = (callback, milliseconds = 0, ...args) => {
    if (isForeign()) return setTimeout(callback, milliseconds, ...args);
    lengths.push(milliseconds);
    return setTimeout(callback, milliseconds / HURRY, ...args);
  };
  Object.assign(globalThis, { setTimeout: start });
  signal.addEventListener("abort", () => Object.assign(globalThis, { setTimeout }));
  return lengths;
}
