/**
 * Requests on an object and its multipart upload, made by hand: what is loaded on demand asks with these, since a
 * bundler would move the rows it shared with others, and all that they need, to what a page loads first.
 * @module
 */
import type { Method, OSSRequest, Query } from "../types.ts";
import type { Described } from "./job.ts";
import { partInput } from "./requests.ts";

/**
 * Makes a request.
 * @param input what is uploaded
 * @param method of HTTP
 * @param operation OSS's name of the call
 * @param query its parameters
 */
export function bareRequest(input: Described, method: Method, operation: string, query?: Query): OSSRequest {
  const { requestPayer, ...base } = partInput(input);
  return {
    ...base,
    method,
    operation,
    query: { ...base.query, ...query },
    headers: { ...base.headers, "x-oss-request-payer": requestPayer },
  };
}
