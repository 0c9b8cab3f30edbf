/**
 * Answer bodies under guard: every byte counted and checked, silence noticed. Loaded with the first such answer.
 * @module
 */
import { createCrc64 } from "../checksum/crc64.ts";
import { DecodeError, IntegrityError } from "../errors.ts";
import { createTimer } from "../timer.ts";
import type { AnswerWatch } from "../types.ts";
import { readUntilAborted } from "./body_reader.ts";
import { decodesAlways, scriptOwnsRequests } from "./runtime.ts";

export { callbackReply } from "./callback_reply.ts";

/** Milliseconds that silence may be noticed too late. */
const BEAT = 10;

function isEncoded({ headers }: Response): boolean {
  return /\S/.test((headers.get("content-encoding") ?? "").replace("identity", ""));
}

/** First and last byte of a part, and how many the whole has; nothing where the header is missing, or hidden from a page. */
function rangeOf({ headers }: Response): readonly [start: number, end: number, total: number] | undefined {
  const got = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers.get("content-range") ?? "");
  return got ? [Number(got[1]), Number(got[2]), Number(got[3])] : undefined;
}

/** Refuses an answer to another question: some servers ignore ranges, and caches mix them up. */
function checkRange(response: Response, title: string, range: string): void {
  if (response.status === 200) throw new DecodeError(`${title}: asked for ${range}, got the whole object`);
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  const got = rangeOf(response);
  if (response.status !== 206 || !got || first === undefined) return;
  const [start, end, total] = got;
  const wantedStart = first === "" ? Math.max(0, total - Number(last)) : Number(first);
  const wantedEnd = first === "" || last === "" ? total - 1 : Math.min(Number(last), total - 1);
  if (start !== wantedStart || end !== wantedEnd) {
    throw new DecodeError(`${title}: asked for ${range} of ${total} bytes, got ${start}-${end}`);
  }
  // What `fetch` decodes a slice to, without a word, is none of the object's bytes.
  if (end - start + 1 < total && isEncoded(response) && decodesAlways())
    throw new DecodeError(`${title}: it is stored compressed, and fetch decodes no slices: read all of it`);
}

/** Is the body the stored object, or a part of it, whose CRC-64 is to be compared? */
function isStored({ checked, request: { method, query } }: AnswerWatch): boolean {
  return checked && method === "GET" && !Object.hasOwn(query ?? {}, "x-oss-process");
}

/** Makes the check at the end of a body. */
function verifier(
  response: Response,
  watch: AnswerWatch,
): { update(chunk: Uint8Array): void; end(): void; received: number } {
  const { headers } = response;
  const [first, last] = rangeOf(response) ?? [];
  // A gateway may leave the length out: of a part, its range tells it as well.
  const announced =
    headers.get("content-length") ?? (first === undefined || last === undefined ? null : `${last - first + 1}`);
  const encoded = isEncoded(response);
  const wanted = headers.get("x-oss-hash-crc64ecma");
  // Stored gzip arrives decoded while length and CRC are those of the stored bytes; gzip on the fly has no length,
  // and its CRC is that of the decoded bytes.
  const checksum =
    isStored(watch) && response.status === 200 && wanted !== null && !(encoded && announced !== null)
      ? createCrc64()
      : undefined;
  const check = {
    received: 0,
    update(chunk: Uint8Array): void {
      check.received += chunk.byteLength;
      checksum?.update(chunk);
    },
    end(): void {
      const { received } = check;
      // Browsers take a head that is cut off for a whole one: the service tells the length also of what is empty, and
      // where a proxy leaves it out, the CRC-64 may still be there.
      if (received === 0 && announced === null && wanted !== "0" && !encoded && !scriptOwnsRequests()) {
        throw new IntegrityError(`${watch.title}: the answer broke off in its headers`, "length", "a length", "none");
      }
      if (announced !== null && !encoded && received !== Number(announced)) {
        // A page may not see Content-Encoding; browsers check the length on the wire themselves, where it is told.
        if (response.type === "cors" && headers.has("content-length")) return;
        throw new IntegrityError(
          `${watch.title}: ${received} bytes arrived instead of ${announced}`,
          "length",
          announced,
          `${received}`,
        );
      }
      const actual = checksum && `${checksum.digest()}`;
      if (actual !== undefined && wanted !== null && actual !== wanted) {
        throw new IntegrityError(
          `${watch.title}: the bytes have CRC-64 ${actual} instead of ${wanted}`,
          "crc64",
          wanted,
          actual,
        );
      }
    },
  };
  return check;
}

/**
 * Watches over reads one after the other. To begin and end the watch for each chunk would cost two timers a chunk: while
 * chunks come faster than the beat, it is begun anew with each beat alone, and ended when nobody reads at the beat.
 */
function pulse(watch: AnswerWatch): { begin(): void; end(): void; stop(): void } {
  let beating = false;
  let reading = false;
  let moved = false;
  const timer = createTimer(() => {
    beating = moved && reading;
    if (moved) watch.end();
    if (beating) beat();
  });
  const beat = (): void => {
    moved = false;
    watch.begin();
    timer.start(BEAT);
  };
  return {
    begin() {
      reading = true;
      if (beating) return;
      beating = true;
      beat();
    },
    end() {
      reading = false;
      moved = true;
      if (!beating) watch.end();
    },
    stop() {
      timer.stop();
      watch.end();
    },
  };
}

/** Browsers put errors of their own in the place of a stream's where a body is read as a whole. */
function keepErrors(response: Response, failure: () => { readonly error: unknown } | undefined): Response {
  for (const name of ["arrayBuffer", "blob", "bytes", "formData", "json", "text"] as const) {
    const read: unknown = response[name];
    if (typeof read !== "function") continue;
    const value = (): Promise<unknown> =>
      read.call(response).catch((cause: unknown) => {
        const own = failure();
        throw own ? own.error : cause;
      });
    Object.defineProperty(response, name, { value, writable: true, configurable: true });
  }
  return response;
}

/**
 * Puts an answer's body under guard.
 * @param response the answer
 * @param watch what watches over the answer
 * @param range the range that was asked for
 * @returns the answer itself when it has no body, else one with the same status and headers
 * @throws DecodeError when it is for another range, or has no content where an object was asked for
 */
export function guard(response: Response, watch: AnswerWatch, range?: string): Response {
  const { body, status } = response;
  // The service never says so of an object: what a proxy answers would be taken for an empty one.
  if (watch.request.operation === "GetObject" && (status === 204 || status === 205))
    throw new DecodeError(`${watch.title}: expected an object, got none (status ${status})`);
  if (range !== undefined) checkRange(response, watch.title, range);
  // Some browsers give the answer to HEAD a body, an empty one, while its length is that of the object.
  if (!body || watch.request.method === "HEAD" || [204, 205, 304].includes(status)) return response;
  const check = verifier(response, watch);
  const { signal } = watch;
  const { reader, release } = readUntilAborted(body, signal);
  const { begin, end, stop } = pulse(watch);
  let failure: { readonly error: unknown } | undefined;
  const cancel = (reason: unknown): Promise<void> => {
    stop();
    release();
    return reader.cancel(reason);
  };
  const guarded = new ReadableStream<Uint8Array>(
    {
      // One promise a chunk: an `async` function would add several. To return none, and read one chunk ahead, gained
      // nothing (0.98 to 1.02 of this, 14 rounds of 256 MiB in Node).
      pull(controller) {
        const fail = (error: unknown): void => {
          failure = { error };
          cancel(error).catch(() => undefined);
          controller.error(error);
        };
        begin();
        return reader.read().then(
          ({ done, value }) => {
            end();
            try {
              signal.throwIfAborted();
              if (done) {
                check.end();
                stop();
                release();
                controller.close();
              } else {
                check.update(value);
                controller.enqueue(value);
              }
            } catch (error) {
              fail(error);
            }
          },
          (cause: unknown) => watch.fail(cause, check.received).then(fail),
        );
      },
      cancel,
    },
    { highWaterMark: 0 },
  );
  return keepErrors(new Response(guarded, response), () => failure);
}

/** The service never answers with a page; captive portals and proxies do, and call it a success. */
function checkedText(response: Response, title: string, text: string): string {
  if (response.ok && text.trim() && /^text\/html/i.test(response.headers.get("content-type") ?? "")) {
    throw new DecodeError(
      `${title}: expected the service's answer, found an HTML page, as of a captive portal or proxy`,
    );
  }
  return text;
}

/**
 * Reads an answer's body as text, under guard: silence is noticed, slowness is not punished.
 * @param response the answer
 * @param watch what watches over the answer
 * @param most bytes to read, about; the rest is given up. @default all
 * @returns the text, empty where there is no body
 * @throws DecodeError for an HTML page that claims success
 */
export async function readText(
  response: Response,
  watch: AnswerWatch,
  most: number = Number.POSITIVE_INFINITY,
): Promise<string> {
  // A reader is dear, and so is the body itself: in Deno, reading nothing with one costs as much as the request.
  if (response.headers.get("content-length") === "0") return response.text();
  if (!response.body) return "";
  const { signal } = watch;
  const { reader, release } = readUntilAborted(response.body, signal);
  const chunks: Uint8Array[] = [];
  let received = 0;
  try {
    for (;;) {
      watch.begin();
      const { done, value } = await reader.read().catch(async (cause: unknown) => {
        throw await watch.fail(cause, received);
      });
      signal.throwIfAborted();
      if (!done) {
        chunks.push(value);
        received += value.byteLength;
        if (received <= most) continue;
      }
      // At once: decoded as a stream, text takes twice the time and twice the memory in V8.
      const bytes = new Uint8Array(received);
      let at = 0;
      for (const chunk of chunks) {
        bytes.set(chunk, at);
        at += chunk.byteLength;
      }
      return checkedText(response, watch.title, new TextDecoder().decode(bytes).slice(0, most));
    }
  } finally {
    watch.end();
    release();
    reader.cancel().catch(() => undefined);
  }
}
