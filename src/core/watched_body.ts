/**
 * Bodies whose way out is watched.
 * @module
 */
import type { Body, ObjectBody } from "../types.ts";

/** Who is told how a body leaves. */
export interface BodyWatcher {
  /** Told of the bytes handed to the network; after a retry that may be fewer than before. */
  readonly onSent?: ((bytes: number) => void) | undefined;
  /** Given, for each attempt, the CRC-64 that is computed while the body travels; nothing when nothing is checked. */
  readonly onSum?: ((sum: Promise<bigint | undefined>) => void) | undefined;
}

/** A body, and who is told how it leaves. */
export interface WatchedBody {
  readonly watched: Body;
  readonly watcher: BodyWatcher;
}

/**
 * Makes a body tell how much of it has left, each time it is sent.
 *
 * A `fetch` that counts (see `UploadHook`) tells as bytes go, and so does a body that leaves as a stream; of any other
 * only is known that the request has begun, and then the body counts as a whole.
 * @param body bytes, text or a Blob: what can be sent again
 * @param watcher who is told
 * @returns a body that `client.send` and every operation take
 */
export function watchBody(body: Body, watcher: BodyWatcher): ObjectBody {
  const watched: WatchedBody = { watched: body, watcher };
  // Bodies of this kind are the library's own: no caller can make one, so the public type does not tell of them.
  return watched as unknown as ObjectBody;
}
