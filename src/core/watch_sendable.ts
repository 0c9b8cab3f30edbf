/**
 * How watched bodies are sent. Apart from what makes them: a bundler would move it to what every upload loads first.
 * @module
 */
import type { SendableBody } from "./call.ts";
import type { BodyWatcher, WatchedBody } from "./watched_body.ts";

/**
 * Tells a body that is watched.
 * @param body anything
 */
export function isWatched(body: unknown): body is WatchedBody {
  return typeof body === "object" && body !== null && "watched" in body;
}

/**
 * Watches a body that is ready to be sent.
 * @param inner the body
 * @param watcher who is told
 */
export function watchSendable(inner: SendableBody, { onSent, onSum }: BodyWatcher): SendableBody {
  return {
    ...inner,
    open(initial, tick) {
      let handed = 0;
      const opened = inner.open(initial, (leaving) => {
        handed += leaving ?? 0;
        if (opened.visible && leaving) onSent?.(handed);
        tick(leaving);
      });
      let counted = opened.visible ?? false;
      return {
        ...opened,
        init: {
          ...opened.init,
          onUpload(sent) {
            counted = true;
            // Some `fetch` may count what a browser sends again by itself.
            onSent?.(Math.min(sent, inner.length ?? sent));
            // Not at the start: where a service worker sends the request no page sees how it goes.
            if (sent) tick(sent);
          },
        },
        checksum(signal) {
          // Asked for once the request is on its way: by now a `fetch` that counts has begun to.
          if (!counted) onSent?.(inner.length ?? 0);
          counted = true;
          const sum = Promise.resolve(opened.checksum(signal));
          onSum?.(sum);
          return sum;
        },
      };
    },
  };
}
