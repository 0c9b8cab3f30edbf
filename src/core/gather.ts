/**
 * Small chunks of a stream gathered into larger ones, where each costs a runtime more than its copy does.
 * @module
 */

import { createTimer } from "../timer.ts";
import type { Bytes } from "../types.ts";

/** Bytes that are worth a turn of their own. */
const ENOUGH = 1 << 19;
/** Milliseconds that the first of some chunks may wait for others. */
const PATIENCE = 10;

/**
 * Gathers chunks: up to half a MiB, for up to 10 ms. What comes slowly leaves as it comes.
 * @param next gives chunks; `undefined` at the end
 * @returns gives larger ones
 */
export function gather(next: () => Promise<Bytes | undefined>): () => Promise<Bytes | undefined> {
  /** Asked for, and not taken yet. */
  let pending: Promise<Bytes | undefined> | undefined;
  const ask = (): Promise<Bytes | undefined> => {
    if (!pending) {
      pending = next();
      // It may fail while nobody waits for it: whoever asks next is told.
      pending.catch(() => undefined);
    }
    return pending;
  };
  return async () => {
    const first = await ask();
    pending = undefined;
    if (!first || first.length >= ENOUGH / 2) return first;
    const chunks = [first];
    let length = first.length;
    let late = (): void => {};
    const patience = new Promise<false>((resolve) => {
      late = () => resolve(false);
    });
    const timer = createTimer(late);
    timer.start(PATIENCE);
    try {
      while (length < ENOUGH) {
        const chunk = await Promise.race([ask(), patience]);
        // Late; or the end, which is told once what was gathered is gone.
        if (!chunk) break;
        pending = undefined;
        chunks.push(chunk);
        length += chunk.length;
      }
    } finally {
      timer.stop();
    }
    return join(chunks, length);
  };
}

function join(chunks: readonly Bytes[], length: number): Bytes {
  const [first] = chunks;
  if (first && chunks.length === 1) return first;
  const whole = new Uint8Array(length);
  let position = 0;
  for (const chunk of chunks) {
    whole.set(chunk, position);
    position += chunk.length;
  }
  return whole;
}
