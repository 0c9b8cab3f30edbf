/** One configuration document, both ways: what Put sends of it, and what Get reads from it. */
import type { BaseInput, Operation, Result } from "../../../src/mod.ts";
import { reads, sends } from "./canned.ts";

type Own<O> = Omit<O, "status" | "requestId" | "headers">;

/**
 * Declares that Put sends this document, and that Get reads the same value from it.
 * @param query what selects the calls: `requestPayment`
 * @param value every field of the document
 * @param xml the document without its declaration
 */
export function documentCases<I extends object, O extends object>(
  put: Operation<I, Result>,
  get: Operation<BaseInput, O>,
  query: string,
  value: I & Own<O>,
  xml: string,
): void {
  sends(put, "every field in a document", value, {
    method: "PUT",
    url: `https://photos.oss-cn-hangzhou.aliyuncs.com/?${query}`,
    headers: { "content-type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${xml}`,
  });
  reads(get, {}, { body: xml }, value);
}
