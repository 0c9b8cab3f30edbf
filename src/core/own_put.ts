/**
 * Recognises the object that a put has made though its answer was lost: with `forbidOverwrite` it is in its own way.
 * @module
 */
import type { AnswerWatch, Credentials } from "../types.ts";
import type { Attempt, Call, Course, SendableBody } from "./call.ts";
import type { Clock } from "./clock.ts";

/** What it takes to make another attempt of a call, or to look at what it has done. */
export interface Looking {
  /** Makes an attempt; handed over, since this code is loaded apart from it. */
  readonly attempt: Attempt;
  readonly call: Call<unknown>;
  readonly clock: Clock;
  readonly course: Course;
  /** Number of the attempt, from 1. */
  readonly number: number;
  /** Those that the attempt was signed with. */
  readonly credentials: Credentials | undefined;
}

/** Milliseconds by which two dates in whole seconds may err. */
const BLUR = 2000;

/**
 * Can the object that a call makes be told from others?
 * @param call sent
 */
export function isRecognisable({ body, integrity, target }: Call<unknown>): boolean {
  return target.request.method === "PUT" && body !== undefined && !!target.request.crc64 && integrity !== "none";
}

/** CRC-64 of all that is sent. */
async function sumOf(body: SendableBody, initial: bigint | undefined, signal: AbortSignal): Promise<unknown> {
  const opened = body.open(initial, () => {});
  // What leaves as a stream is summed up in passing.
  const reader = opened.visible && (opened.init.body as ReadableStream<Uint8Array>).getReader();
  while (reader && !(await reader.read()).done) signal.throwIfAborted();
  return opened.checksum(signal);
}

/**
 * Looks at the object that is in the way.
 * @param failing a put that can be recognised; an answer to it was lost
 * @returns its result, when the object has its bytes and metadata, and is not older than the call
 * @throws when it cannot be looked at
 */
export async function findOwn({ attempt, call, course, clock, number, credentials }: Looking): Promise<unknown> {
  const { body, target } = call;
  if (!body || !isRecognisable(call)) return undefined;
  const { request, headers } = target;
  const { body: known, before = 0n } = request.crc64 ?? {};
  const { signal = new AbortController().signal } = call;
  const sum = known ?? (await sumOf(body, before, signal));
  const { crc64: _, body: __, ...bare } = request;
  const payer = headers["x-oss-request-payer"];
  const look = {
    ...target,
    headers: { ...(payer !== undefined && { "x-oss-request-payer": payer }) },
    method: "HEAD" as const,
    request: { ...bare, method: "HEAD" as const },
  };
  const read = (response: Response, watch: AnswerWatch): unknown => {
    const of = (name: string): string | null => response.headers.get(name);
    const age = (Date.parse(of("date") ?? "") || clock.now()) - Date.parse(of("last-modified") ?? "");
    const described = Object.keys(headers).filter((name) => name.startsWith("x-oss-meta-"));
    const same =
      of("x-oss-hash-crc64ecma") === `${sum}` &&
      [null, `${body.length}`].includes(of("content-length")) &&
      [null, "Normal"].includes(of("x-oss-object-type")) &&
      described.every((name) => of(name) === headers[name]) &&
      Math.abs(age) <= clock.now() - course.begun + BLUR;
    return same ? call.read(response, watch) : undefined;
  };
  return attempt({ ...call, body: undefined, target: look, read }, number, credentials);
}
