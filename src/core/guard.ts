/**
 * Answer bodies under guard: every byte counted and checked, silence noticed.
 * @module
 */
import { createCrc64 } from "../checksum/crc64.ts";
import { DecodeError, IntegrityError } from "../errors.ts";
import type { AnswerWatch } from "../types.ts";

/** Refuses an answer to another question: some servers ignore ranges, and caches mix them up. */
async function checkRange(response: Response, title: string, range: string): Promise<void> {
  const wanted = /^bytes=(\d+)-/.exec(range)?.[1];
  const got = /^bytes (\d+)-/.exec(response.headers.get("content-range") ?? "")?.[1];
  const whole = response.status === 200;
  if (!whole && !(response.status === 206 && wanted && got && wanted !== got)) return;
  await response.body?.cancel();
  throw new DecodeError(`${title}: asked for ${range}, got ${whole ? "the whole object" : `bytes from ${got}`}`);
}

/**
 * Puts an answer's body under guard.
 * @param response the answer
 * @param watch what watches over the answer
 * @param range the range that was asked for
 * @returns the answer itself when it has no body, else one with the same status and headers
 * @throws DecodeError when it is for another range
 */
export async function guard(response: Response, watch: AnswerWatch, range?: string): Promise<Response> {
  if (range !== undefined) await checkRange(response, watch.title, range);
  if (!response.body || response.status === 204 || response.status === 304) return response;
  const { headers } = response;
  const announced = headers.get("content-length");
  const encoded = /\S/.test((headers.get("content-encoding") ?? "").replace("identity", ""));
  const wanted = headers.get("x-oss-hash-crc64ecma");
  // Stored gzip arrives decoded while length and CRC are those of the stored bytes; gzip on the fly has no length,
  // and its CRC is that of the decoded bytes.
  const checksum = watch.checksum && wanted !== null && !(encoded && announced !== null) ? createCrc64() : undefined;
  const reader = response.body.getReader();
  let received = 0;

  const verify = (): void => {
    const length = announced === null || encoded ? received : Number(announced);
    if (received !== length) {
      // A page may not see Content-Encoding; browsers check the length on the wire themselves.
      if (response.type === "cors") return;
      throw new IntegrityError(`${watch.title}: ${received} bytes arrived instead of ${length}`, "length", String(length), String(received));
    }
    const actual = checksum?.digest().toString();
    if (actual !== undefined && wanted !== null && actual !== wanted) {
      throw new IntegrityError(`${watch.title}: the bytes that arrived have CRC-64 ${actual} instead of ${wanted}`, "crc64", wanted, actual);
    }
  };

  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        watch.begin();
        try {
          const { done, value } = await reader.read().catch(async (cause: unknown) => {
            throw await watch.fail(cause, received);
          });
          if (done) {
            verify();
            controller.close();
          } else {
            received += value.byteLength;
            checksum?.update(value);
            controller.enqueue(value);
          }
        } catch (error) {
          reader.cancel(error).catch(() => undefined);
          controller.error(error);
        } finally {
          watch.end();
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { status: response.status, statusText: response.statusText, headers });
}
