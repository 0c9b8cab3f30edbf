/**
 * Who is who: each browser gets a cookie and, with it, a folder of its own.
 * @module
 */
import { randomUUID } from "node:crypto";

/** The visitors of the page. */
export interface Sessions {
  /** The visitor's folder, when the cookie is known. */
  find(cookies: string | undefined): string | undefined;
  /** A new visitor: the folder, and the cookie to set. */
  open(): { readonly prefix: string; readonly cookie: string };
}

const NAME = "oss_fetch_demo";
const MAX_SESSIONS = 1000;
/** Seconds: as long as a browser remembers what it has not finished. */
const WEEK = 604_800;

/** Makes an empty register. A real backend would ask its own login instead. */
export function createSessions(): Sessions {
  const prefixes = new Map<string, string>();
  return {
    find(cookies = "") {
      const id = new RegExp(`(?:^|;\\s*)${NAME}=([\\w-]+)`).exec(cookies)?.[1];
      return id === undefined ? undefined : prefixes.get(id);
    },
    open() {
      const id = randomUUID();
      const prefix = `users/${randomUUID().slice(0, 8)}/`;
      prefixes.set(id, prefix);
      const [oldest] = prefixes.keys();
      if (prefixes.size > MAX_SESSIONS && oldest !== undefined) prefixes.delete(oldest);
      return { prefix, cookie: `${NAME}=${id}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${WEEK}` };
    },
  };
}
