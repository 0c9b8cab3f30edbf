/** What the tests of streams and transfers share. */
import { assert, fc } from "../../harness.ts";

/** Bytes that repeat only after a long prime, so that swapped or doubled parts are noticed. */
export function pattern(length: number, seed = 0): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at++) bytes[at] = ((at + seed) % 65_521) * 31 + ((at + seed) >> 8);
  return bytes;
}

/** A stream of bytes cut at the given lengths (then the rest), and what became of it. */
export function streamOf(bytes: Uint8Array, cuts: readonly number[] = []): StreamUnderTest {
  let position = 0;
  let cut = 0;
  const state: StreamUnderTest = {
    pulls: 0,
    cancelled: undefined,
    stream: new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          state.pulls += 1;
          const length = cuts[cut++] ?? bytes.length - position;
          if (position >= bytes.length && cut > cuts.length) return controller.close();
          controller.enqueue(bytes.slice(position, position + length));
          position += length;
        },
        cancel(reason) {
          state.cancelled = { reason };
        },
      },
      { highWaterMark: 0 },
    ),
  };
  return state;
}

export interface StreamUnderTest {
  readonly stream: ReadableStream<Uint8Array>;
  pulls: number;
  cancelled: { readonly reason: unknown } | undefined;
}

/** Lengths of chunks, empty ones included. */
export const chunking: fc.Arbitrary<number[]> = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 70 })), {
  maxLength: 12,
});

/** Joins what was read. */
export function concat(parts: readonly Uint8Array[]): number[] {
  return parts.flatMap((part) => [...part]);
}

/** The error a promise rejects with; a promise that resolves is an error itself. */
export async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("resolved, though it was to fail");
}

/** A promise and its handles. */
export function deferred<T = void>(): {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (error: unknown) => void;
} {
  let resolve: (value: T) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** Counts the listeners that were added to a signal and not removed. */
export function countListeners(signal: AbortSignal): () => number {
  const added = new Set<unknown>();
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  Object.assign(signal, {
    addEventListener(type: "abort", listener: EventListener, options?: AddEventListenerOptions) {
      added.add(listener);
      add(type, listener, options);
    },
    removeEventListener(type: "abort", listener: EventListener) {
      added.delete(listener);
      remove(type, listener);
    },
  });
  return () => added.size;
}

/** Compares long bytes; deep equality of chai takes seconds for what this does in a millisecond. */
export function assertBytes(actual: Uint8Array, expected: Uint8Array): void {
  assert.equal(actual.length, expected.length);
  const at = actual.findIndex((byte, index) => byte !== expected[index]);
  assert.equal(at, -1, "the first byte that differs");
}
