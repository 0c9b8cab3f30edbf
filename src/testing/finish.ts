/**
 * What every answer carries: request id, date, length, type.
 * @module
 */
import { httpDate } from "../codec/time.ts";
import { encodeUtf8 } from "../codec/utf8.ts";
import type { Answer, RouteAnswer } from "./wire.ts";

/** Drops what is not there. */
function present(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const entries = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}

/**
 * Completes an answer.
 * @param answer what the route said
 * @param common headers of this request's answer: CORS
 * @param facts the request's method and id, and the time in milliseconds
 */
export function finish(
  answer: RouteAnswer,
  common: Readonly<Record<string, string>>,
  { method, requestId, now }: { method: string; requestId: string; now: number },
): Answer {
  const { status = 200, body } = answer;
  const bytes = typeof body === "string" ? encodeUtf8(body) : body;
  const own = present(answer.headers ?? {});
  const both = [own, common].flatMap(({ vary }) => vary ?? []);
  // An answer to HEAD says the length that a GET would have, or none.
  const empty = status !== 204 && status !== 304 && bytes === undefined && method !== "HEAD";
  const length = bytes instanceof Uint8Array ? bytes.length : 0;
  const headers: Record<string, string> = {
    server: "AliyunOSS",
    date: httpDate(new Date(now)),
    "x-oss-request-id": requestId,
    "x-oss-server-time": "7",
    ...(typeof body === "string" ? { "content-type": "application/xml" } : {}),
    ...(bytes instanceof Uint8Array || empty ? { "content-length": String(length) } : {}),
    ...common,
    ...own,
    ...(both.length > 0 ? { vary: both.join(", ") } : {}),
  };
  return { status, headers, ...(bytes === undefined ? {} : { body: bytes }) };
}
