/** A platform that tells of the network: the page's or worker's own, or one that is put where there is none. */

export interface Platform {
  /** Loses the network or gives it back, and tells so. */
  turn(online: boolean): void;
  /** Says nothing of what has changed. */
  lie(online: boolean): void;
  /** How many listen to `online`. */
  listeners(): number;
  restore(): void;
}

type Listen = typeof globalThis.addEventListener;

/** Takes over what the platform says, until it is restored. */
export function fakePlatform(): Platform {
  let onLine = true;
  const own = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  const { addEventListener, removeEventListener } = globalThis;
  const target = typeof addEventListener === "function" ? globalThis : new EventTarget();
  const listening = new Set<unknown>();
  const navigator = Object.create(globalThis.navigator ?? null, { onLine: { get: () => onLine } });
  const define = (name: string, value: unknown): void => {
    Object.defineProperty(globalThis, name, { configurable: true, writable: true, value });
  };
  // A page's navigator is asked for by others, too, and works only as itself.
  const asked = globalThis.navigator as object | undefined;
  const patched =
    asked !== undefined && Reflect.defineProperty(asked, "onLine", { configurable: true, get: () => onLine });
  if (!patched) define("navigator", navigator);
  define("addEventListener", ((type: string, listener: EventListener) => {
    if (type === "online") listening.add(listener);
    if (target === globalThis) addEventListener.call(target, type, listener);
    else target.addEventListener(type, listener);
  }) as Listen);
  define("removeEventListener", ((type: string, listener: EventListener) => {
    listening.delete(listener);
    if (target === globalThis) removeEventListener.call(target, type, listener);
    else target.removeEventListener(type, listener);
  }) as Listen);
  const reset = (name: string, value: unknown): void => {
    if (value === undefined) Reflect.deleteProperty(globalThis, name);
    else define(name, value);
  };
  return {
    turn(online) {
      onLine = online;
      target.dispatchEvent(new Event(online ? "online" : "offline"));
    },
    lie(online) {
      onLine = online;
    },
    listeners: () => listening.size,
    restore() {
      if (patched) Reflect.deleteProperty(asked, "onLine");
      else if (own) Object.defineProperty(globalThis, "navigator", own);
      else Reflect.deleteProperty(globalThis, "navigator");
      reset("addEventListener", addEventListener);
      reset("removeEventListener", removeEventListener);
    },
  };
}

/** The wall clock, which may jump. */
export interface WallClock {
  jump(milliseconds: number): void;
  restore(): void;
}

export function fakeWallClock(): WallClock {
  const { now } = Date;
  let ahead = 0;
  Date.now = () => now() + ahead;
  return {
    jump(milliseconds) {
      ahead += milliseconds;
    },
    restore() {
      Date.now = now;
    },
  };
}
