/**
 * Bodies of every kind, and what became of them.
 * @module
 */
import type { SourceBody } from "../../src/streams/source.ts";
import type { Disk } from "./disk.ts";
import type { SourceKind } from "./plan.ts";
import type { Random } from "./random.ts";

// The timers of the scenario itself are not those that are watched.
const { setTimeout } = globalThis;

export interface TrackedSource {
  readonly body: SourceBody;
  readonly contentLength?: number;
  /** What is wrong with it after the transfer, if anything: a lock, an iterator that was not let go. */
  leak(): string | undefined;
}

function* pieces(bytes: Uint8Array<ArrayBuffer>, random: Random): Generator<Uint8Array<ArrayBuffer>> {
  const most = random.pick([1000, 50_000, 400_000]);
  for (let at = 0; at < bytes.length; ) {
    const end = Math.min(bytes.length, at + (random.chance(0.05) ? 0 : random.int(1, most)));
    yield bytes.slice(at, end);
    at = end;
  }
}

function streamSource(bytes: Uint8Array<ArrayBuffer>, random: Random): TrackedSource & { body: ReadableStream } {
  const rest = pieces(bytes, random);
  let over = false;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (random.chance(0.1)) await new Promise((resolve) => setTimeout(resolve, 1));
        const { done, value } = rest.next();
        if (!done) return controller.enqueue(value);
        over = true;
        controller.close();
      },
      cancel() {
        over = true;
      },
    },
    { highWaterMark: random.int(0, 2) },
  );
  return { body, leak: () => (body.locked && !over ? "the stream of the source is locked" : undefined) };
}

function iterableSource(bytes: Uint8Array<ArrayBuffer>, random: Random): TrackedSource {
  let state = "untouched";
  async function* iterate(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    state = "open";
    try {
      yield* pieces(bytes, random);
    } finally {
      state = "closed";
    }
  }
  return { body: iterate(), leak: () => (state === "open" ? "the iterator of the source is open" : undefined) };
}

/**
 * Makes a body.
 * @param kind what it is
 * @param bytes what it holds
 * @param random where it is cut
 * @param disk where files are: without one they are Blobs
 */
export async function sourceOf(
  kind: SourceKind,
  bytes: Uint8Array<ArrayBuffer>,
  random: Random,
  disk: Disk | undefined,
): Promise<TrackedSource> {
  const file = kind === "file" || kind === "open file";
  if (file && disk) return disk.source(bytes, kind === "open file");
  const whole = { leak: () => undefined };
  if (kind === "bytes") return { body: bytes, ...whole };
  if (kind === "blob" || file) return { body: new Blob([bytes]), ...whole };
  if (kind === "iterable") return iterableSource(bytes, random);
  if (kind === "response") return { body: new Response(bytes), ...whole };
  const source = streamSource(bytes, random);
  return kind === "stream" ? source : { ...source, contentLength: bytes.length };
}
