/**
 * Bodies whose way out is watched.
 * @module
 */
import type { Body } from "../types.ts";
import { prepareBody } from "./body.ts";
import type { SendableBody } from "./call.ts";

/**
 * Makes a body tell how much of it has left, each time it is sent.
 *
 * A `fetch` that counts (see `UploadHook`) tells as bytes go; of any other only is known that the request has begun,
 * and then the body counts as a whole.
 * @param body bytes, text or a Blob: what can be sent again
 * @param onSent told of the bytes handed to the network; after a retry that may be fewer than before
 * @param signal ends the preparation
 * @returns a body that `client.send` and every operation take
 */
export async function watchBody(body: Body, onSent: (bytes: number) => void, signal: AbortSignal): Promise<Body> {
  const inner = await prepareBody(body, undefined, undefined, signal);
  const watched: SendableBody = {
    ...inner,
    open(initial, tick) {
      const opened = inner.open(initial, tick);
      let counted = opened.visible;
      if (counted) onSent(inner.length ?? 0);
      return {
        ...opened,
        init: {
          ...opened.init,
          onUpload(sent) {
            counted = true;
            onSent(sent);
            // Not at the start: where a service worker sends the request no page sees how it goes.
            if (sent) tick(sent);
          },
        },
        checksum(signal) {
          // Asked for once the request is on its way: by now a `fetch` that counts has begun to.
          if (!counted) onSent(inner.length ?? 0);
          counted = true;
          return opened.checksum(signal);
        },
      };
    },
  };
  // Bodies of this kind are the library's own: no caller can make one, so the public type does not tell of them.
  return watched as unknown as Body;
}
