/**
 * Reads an object in parts, several at once, each going on where its connection broke. Loaded on demand.
 * @module
 */
import { readUntilAborted } from "../../core/body_reader.ts";
import { scriptOwnsRequests } from "../../core/runtime.ts";
import { CorsError, DecodeError, IntegrityError, type OSSError } from "../../errors.ts";
import { runPool } from "../../streams/pool.ts";
import type { Checksums } from "../job.ts";
import type { Answer, Extent, InParts } from "./answer.ts";
import { ask } from "./ask.ts";
import type { DownloadJob, Piece } from "./job.ts";

/** What is done with the bytes. */
export interface Receiver {
  /** Takes a chunk. What it returns is waited for before more is read; it does not reject. */
  take(chunk: Uint8Array, position: number): Promise<unknown> | undefined;
  /** What it returns is waited for before the part that begins there is asked for. */
  admit?(start: number): Promise<void> | undefined;
  /** Waits until all that was taken is where it belongs. */
  settle?(): Promise<void>;
  /** A part has arrived, and was taken. */
  arrived?(): unknown;
}

/** Milliseconds that a stall may be noticed too early. */
const PRECISION = 10;

/** A page may not see that it gets decoded bytes. */
function overrun({ headers }: Response, message: string): OSSError {
  return scriptOwnsRequests() || headers.has("content-encoding")
    ? new DecodeError(message)
    : new CorsError(`${message}: is it stored compressed? Expose Content-Encoding`, ["Content-Encoding"]);
}

/** Reads one part, and notes how far it came. */
async function readPart(
  job: DownloadJob,
  parts: InParts,
  receiver: Receiver,
  { part, start, end, checksums }: { part: number; start: number; end: number; checksums: Checksums | undefined },
  head: Answer | undefined,
): Promise<void> {
  const { now } = job.client.context;
  const crc = checksums?.createCrc64();
  let position = start;
  let failures = 0;
  let answer = head;
  try {
    while (position < end) {
      const { response, watch } = answer ?? (await ask(job, parts, position, end));
      answer = undefined;
      const from = position;
      const { signal, title } = watch;
      const { reader, release } = readUntilAborted(response.body ?? new Blob([]).stream(), signal);
      let begun = 0;
      try {
        for (;;) {
          // Timers cost more than the rest of a turn: one a chunk is too many.
          const time = now();
          if (time < begun || time > begun + PRECISION) {
            begun = time;
            watch.begin();
          }
          const { done, value } = await reader.read();
          if (signal.aborted) throw signal.reason;
          if (done) break;
          if (position + value.length > end)
            throw overrun(response, `${title}: more came than the bytes ${from}-${end - 1} that were asked for`);
          crc?.update(value);
          const taken = receiver.take(value, position);
          position += value.length;
          if (taken) {
            watch.end();
            await taken;
            begun = 0;
          }
        }
        if (position < end) {
          const [expected, actual] = [end - from, position - from];
          const message = `${title}: ${actual} bytes arrived instead of ${expected}`;
          throw new IntegrityError(message, "length", `${expected}`, `${actual}`);
        }
      } catch (cause) {
        job.call.signal.throwIfAborted();
        job.pace?.failed(part);
        const { goOn } = await import("./resume.ts");
        failures = await goOn(job, await watch.fail(cause, position - from), cause, position - from, failures);
      } finally {
        watch.end();
        release();
        reader.cancel().catch(() => undefined);
      }
    }
  } finally {
    if (position > start) job.pieces.push({ position: start, length: position - start, crc64: crc?.digest() });
  }
}

/** What lies between the pieces, in order. */
function gapsBetween({ start, end }: Extent, pieces: readonly Piece[]): { start: number; end: number }[] {
  const gaps: { start: number; end: number }[] = [];
  let at = start;
  for (const { position, length } of [...pieces, { position: end, length: 0 }]) {
    if (position > at) gaps.push({ start: at, end: position });
    at = position + length;
  }
  return gaps;
}

/**
 * Reads all parts, but for the pieces that are there, which are in order.
 * @param job the download
 * @param parts what the first answer told, and the first answer itself
 * @param receiver what is done with the bytes, which come in any order of parts
 * @throws the first failure, when nothing runs any more; IntegrityError when the CRC-64 of all is wrong
 */
export async function readParts(job: DownloadJob, parts: InParts, receiver: Receiver): Promise<void> {
  const { partSize, controller, progress, pace } = job;
  const { extent, response, watch } = parts;
  const checksums = await job.checksums();
  // An answer that only told where the last so many bytes begin is of no use any more.
  let head: Answer | undefined = parts.end ? parts : undefined;
  if (!head) response.body?.cancel().catch(() => undefined);
  const gaps = gapsBetween(extent, job.pieces);
  const found = job.pieces.length;
  let remaining = 0;
  let planned = found + (head ? 1 : 0);
  for (const { start, end } of gaps) {
    remaining += end - start;
    planned += Math.ceil((end - Math.max(start, parts.end)) / partSize);
  }
  progress?.expect(extent.end - extent.start, planned);
  let claimed = 0;

  const step = async (): Promise<boolean> => {
    const gap = gaps[0];
    if (!gap) return false;
    const [{ start }, answer, held] = [gap, head, job.held];
    head = undefined;
    job.held = undefined;
    const part = ++claimed;
    const cut = answer ? parts.end - start : (pace?.next(part, start - extent.start, remaining) ?? partSize);
    const end = Math.min(start + cut, gap.end);
    remaining -= end - start;
    gap.start = end;
    if (end === gap.end) gaps.shift();
    if (pace && remaining === 0) progress?.expect(extent.end - extent.start, found + part);
    await receiver.admit?.(start);
    const release = held ?? (await job.slot());
    try {
      controller.signal.throwIfAborted();
      pace?.started(part, end - start);
      await readPart(job, parts, receiver, { part, start, end, checksums }, answer);
      pace?.finished(part);
      receiver.arrived?.();
    } finally {
      release?.();
    }
    return true;
  };
  await runPool(pace?.lanes ?? job.concurrency, controller, step);
  await receiver.settle?.();
  controller.signal.throwIfAborted();

  const wanted = response.headers.get("x-oss-hash-crc64ecma");
  if (!checksums || wanted === null || extent.start > 0 || extent.end !== extent.total) return;
  let crc = 0n;
  for (const piece of job.pieces.sort((a, b) => a.position - b.position))
    crc = checksums.combineCrc64(crc, piece.crc64 ?? 0n, piece.length);
  if (`${crc}` !== wanted) {
    const message = `${watch.title}: the bytes that arrived have CRC-64 ${crc} instead of ${wanted}`;
    throw new IntegrityError(message, "crc64", wanted, `${crc}`);
  }
}
