/**
 * Error answers: an XML document, or for HEAD the same document in a header.
 * @module
 */
import { encodeBase64 } from "../codec/base64.ts";
import { encodeUtf8 } from "../codec/utf8.ts";
import { ServiceFault } from "./service_fault.ts";
import { ConnectionLost, type RouteAnswer } from "./wire.ts";
import { xmlDocument } from "./xml_write.ts";

/** What the error document repeats of the request. */
export interface ErrorContext {
  readonly method: string;
  readonly requestId: string;
  readonly host: string;
}

/**
 * Turns a fault into its answer.
 * @param fault the error
 * @param context the request
 */
export function errorAnswer(fault: ServiceFault, context: ErrorContext): RouteAnswer {
  const ec = fault.ec === undefined ? {} : { "x-oss-ec": fault.ec };
  const headers = { ...ec, ...fault.headers };
  // A 304 is an answer without a document.
  if (fault.status === 304) return { status: 304, headers };
  const { requestId, host, method } = context;
  const doc = fault.ec === undefined ? undefined : `https://api.alibabacloud.com/troubleshoot?q=${fault.ec}`;
  const document = xmlDocument("Error", {
    Code: fault.code,
    Message: fault.message,
    RequestId: requestId,
    HostId: host,
    ...fault.extras,
    EC: fault.ec,
    RecommendDoc: doc,
  });
  if (method !== "HEAD") return { status: fault.status, headers, body: document };
  const error = encodeBase64(encodeUtf8(document));
  return { status: fault.status, headers: { ...headers, "content-type": "application/xml", "x-oss-err": error } };
}

/**
 * Makes a fault of whatever was thrown: a bug of the service is a 500 that says so, a broken connection stays one.
 * @param error what was caught
 * @throws the error itself when there is nobody left to answer
 */
export function toFault(error: unknown): ServiceFault {
  if (error instanceof ServiceFault) return error;
  if (error instanceof ConnectionLost) throw error;
  const message = error instanceof Error ? error.message : String(error);
  return new ServiceFault(500, "InternalError", `The in-process OSS failed: ${message}`);
}
