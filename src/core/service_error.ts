/**
 * Error answers of the service, in each of the forms that they take; loaded when the first one comes.
 * @module
 */
import { CallbackError, ServiceError } from "../errors.ts";
import type { Addressed } from "./address.ts";

const BY_STATUS: Readonly<Record<number, string>> = {
  304: "NotModified",
  403: "Forbidden",
  404: "NotFound",
  412: "PreconditionFailed",
};

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function character(entity: string, word: string): string {
  const code = word.startsWith("#") ? Number(word.slice(1).replace("x", "0x")) : Number.NaN;
  return code <= 0x10ffff ? String.fromCodePoint(code) : (ENTITIES[word] ?? entity);
}

/**
 * Makes a lookup in an error document. It is read leniently, unlike every other document: a truncated one still tells
 * its code, and what cannot be read must not hide the status.
 */
function fieldsOf(body: string): (name: string) => string | undefined {
  if (/^\s*\{/.test(body)) {
    let fields: Record<string, unknown> | undefined;
    try {
      fields = (JSON.parse(body) as { Error?: Record<string, unknown> | null }).Error ?? undefined;
    } catch {
      // Not JSON after all: nothing is known.
    }
    return (name) => (typeof fields?.[name] === "string" ? fields[name] : undefined);
  }
  if (!/<Error[\s>]/.test(body)) return () => undefined;
  return (name) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1]?.replace(/&(#?\w+);/g, character);
}

/** HEAD answers have no body: the document is in a header, which a page sees only when the bucket exposes it. */
function fromHeader(headers: Headers): string {
  try {
    const bytes = Uint8Array.from(atob(headers.get("x-oss-err") ?? ""), (character) => character.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    return "";
  }
}

/**
 * Reads an error answer.
 * @param response the answer; its body is consumed
 * @param target the request
 * @param attempts how many times it was sent
 */
export async function readServiceError(response: Response, target: Addressed, attempts: number): Promise<ServiceError> {
  const { headers, status } = response;
  const field = fieldsOf((await response.text().catch(() => "")) || fromHeader(headers));
  const code = field("Code") || BY_STATUS[status] || "BadErrorResponse";
  const ec = field("EC") ?? headers.get("x-oss-ec") ?? undefined;
  const requestId = field("RequestId") ?? headers.get("x-oss-request-id") ?? undefined;
  const message = field("Message");
  const time = Date.parse(field("ServerTime") ?? "");
  const facts = [ec && `EC ${ec}`, requestId && `request ${requestId}`].filter(Boolean).join(", ");
  const text = [
    `${target.title} failed: ${status} ${code}`,
    attempts > 1 && ` after ${attempts} attempts`,
    message && `: ${message}`,
    facts && ` (${facts})`,
    ec === "0002-00000080" && '. Signature V1 is closed here: use signatureVersion: "v4"',
  ];
  return new ServiceError(text.filter(Boolean).join(""), {
    status,
    code,
    requestId,
    ec,
    hostId: field("HostId"),
    operation: target.operation,
    headers,
    serverTime: Number.isNaN(time) ? undefined : new Date(time),
  });
}

/**
 * Reads an answer that says: stored, but the callback failed.
 * @param title the call and what it was for
 * @param body the answer's document
 * @param result what the call would have resolved with
 */
export function callbackError<R>(title: string, body: string, result: R): CallbackError<R> {
  const message = fieldsOf(body)("Message");
  return new CallbackError(`${title}: stored, but its callback failed${message ? `: ${message}` : ""}`, result);
}
