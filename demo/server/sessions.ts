/**
 * Who is who: each browser gets a cookie and, with it, a folder of its own.
 * @module
 */
import { createHash, randomUUID } from "node:crypto";

/** The visitors of the page. */
export interface Sessions {
  /** The visitor's folder, when there is a cookie of ours: no other one leads to it, for nobody can guess it. */
  find(cookies: string | undefined): string | undefined;
  /** A new visitor: the folder, and the cookie to set. */
  open(): { readonly prefix: string; readonly cookie: string };
}

const NAME = "oss_fetch_demo";
/** Seconds: as long as a browser remembers what it has not finished. */
const WEEK = 604_800;

/** Who has the cookie has the folder, also after the server was started again: nothing is kept here. */
function prefixOf(id: string): string {
  return `users/${createHash("sha256").update(id).digest("hex").slice(0, 32)}/`;
}

/** Makes the register. A real backend would ask its own login instead. */
export function createSessions(): Sessions {
  return {
    find(cookies = "") {
      const id = new RegExp(`(?:^|;\\s*)${NAME}=([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:;|$)`).exec(
        cookies,
      )?.[1];
      return id === undefined ? undefined : prefixOf(id);
    },
    open() {
      const id = randomUUID();
      return { prefix: prefixOf(id), cookie: `${NAME}=${id}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${WEEK}` };
    },
  };
}
