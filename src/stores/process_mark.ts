/**
 * Which process holds a lease: for one of this machine that has died, nobody has to wait until it runs out.
 * @module
 */

/** What a process writes into its leases. */
export interface ProcessMark {
  /** Names this process among all that ever ran on any machine, as long as it lives: of letters, digits and `_`. */
  readonly mark: string;
  /** Was this mark left by a process of this machine that is no more? Of others nobody knows. */
  gone(mark: string): boolean;
}

/** Numbers of processes mean something only where they are counted together: in one container, since one start. */
const COUNTED = ["/proc/sys/kernel/random/boot_id", "/proc/self/ns/pid"] as const;

/** What Deno wants to be allowed for what is asked here. */
const PERMISSIONS = ["read", "run", "sys"] as const;

/** Deno would ask its user, who would not know why. */
function isAllowed(): boolean {
  const { Deno } = globalThis as {
    readonly Deno?: { permissions: { querySync(permission: { name: string }): { readonly state: string } } };
  };
  return !Deno || PERMISSIONS.every((name) => Deno.permissions.querySync({ name }).state === "granted");
}

/**
 * Marks this process.
 * @returns nothing where that is not allowed: its leases have to run out, then
 */
export async function markProcess(): Promise<ProcessMark | undefined> {
  if (!isAllowed()) return undefined;
  const { default: process } = await import("node:process");
  const { hostname } = await import("node:os");
  const { readFile, readlink } = await import("node:fs/promises");
  const { createHash } = await import("node:crypto");
  const [boot, namespace] = COUNTED;
  const facts: (string | Promise<string>)[] = [hostname()];
  // Elsewhere there are none. Where they are hidden, as from Deno without `-A`, two containers would look like one.
  if (process.platform === "linux") facts.push(readFile(boot, "utf8"), readlink(namespace));
  const known = await Promise.all(facts).catch(() => undefined);
  if (!known) return undefined;
  const place = createHash("sha256").update(known.join()).digest("hex").slice(0, 16);
  return {
    mark: `${place}_${process.pid}`,
    gone(mark) {
      const [, where, pid = ""] = /^([0-9a-f]{16})_(\d+)$/.exec(mark) ?? [];
      if (where !== place) return false;
      try {
        process.kill(Number(pid), 0);
        return false;
      } catch (error) {
        // It may live and not be ours, or this may not be allowed.
        return (error as { readonly code?: unknown }).code === "ESRCH";
      }
    },
  };
}
