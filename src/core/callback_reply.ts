/**
 * What a callback answered, or how it failed. Part of the chunk that reads answers, for no row needs more of failures.
 * @module
 */
import { CallbackError } from "../errors.ts";
import type { Result } from "../types.ts";

/**
 * Reads the text of an answer whose result is all in headers.
 * @param title the call and what it was for
 * @param body the text; callbacks answer in JSON, and a document tells nothing that the result needs
 * @param result what the headers say
 * @returns the result, with the callback's answer
 * @throws CallbackError that says: stored, but the callback failed
 */
export async function callbackReply<R extends Result>(title: string, body: string, result: R): Promise<R> {
  if (result.status !== 203) return body.trimStart().startsWith("<") ? result : { ...result, callbackResult: body };
  const { documentOf } = await import("./service_error.ts");
  const { message } = documentOf(body);
  throw new CallbackError(`${title}: stored, but its callback failed${message ? `: ${message}` : ""}`, result);
}
