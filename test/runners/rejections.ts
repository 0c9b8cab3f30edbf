/**
 * Collects floating rejections and uncaught errors: each runtime announces them in its own way.
 * @module
 */
import { setting } from "./registry.ts";

interface ProcessLike {
  on(event: string, listener: (reason: unknown) => void): unknown;
}

/** Starts to collect; the function it returns takes what was collected since the last call. */
export function watchRejections(): () => unknown[] {
  let seen: unknown[] = [];
  const note = (reason: unknown): void => {
    seen.push(reason ?? new Error(`Rejected with ${String(reason)}`));
  };
  const { runtime } = setting.environment;
  const host: ProcessLike | undefined =
    runtime === "node" || runtime === "bun" ? Reflect.get(globalThis, "process") : undefined;
  host?.on("unhandledRejection", note);
  host?.on("uncaughtException", note);
  globalThis.addEventListener?.("unhandledrejection", (event: PromiseRejectionEvent) => {
    event.preventDefault();
    note(event.reason);
  });
  globalThis.addEventListener?.("error", (event: ErrorEvent) => {
    event.preventDefault();
    note(event.error ?? new Error(event.message));
  });
  return () => {
    const taken = seen;
    seen = [];
    return taken;
  };
}
