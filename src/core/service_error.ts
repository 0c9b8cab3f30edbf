/**
 * Error answers of the service, in each of the forms that they take; loaded when the first one comes.
 * @module
 */

import { elementOf } from "../codec/element.ts";
import type { ScalarField, Shape } from "../codec/shape.ts";
import { readXml } from "../codec/xml_scan.ts";
import { ServiceError } from "../errors.ts";
import type { Addressed } from "./address.ts";

const BY_STATUS: Readonly<Record<number, string>> = {
  304: "NotModified",
  403: "Forbidden",
  404: "NotFound",
  412: "PreconditionFailed",
};

/** Characters of an error document that are read: the service needs a few hundred. */
const MOST = 65_536;

interface ErrorDocument {
  code?: string;
  message?: string;
  requestId?: string;
  hostId?: string;
  ec?: string;
  serverTime?: string;
}

/** That of `shape.ts`, which a bundler would move from here to what every page loads first. */
const text: ScalarField<"text"> = { kind: "text", read: undefined };

const shape = (): Shape<ErrorDocument> => ({
  code: text,
  message: text,
  requestId: text,
  hostId: text,
  ec: { ...text, element: "EC" },
  serverTime: text,
});

/** Reads a document as far as it can be read: a truncated one still tells its code, and nothing hides the status. */
export function documentOf(body: string): ErrorDocument {
  try {
    if (!/^\s*\{/.test(body)) return readXml(body, "Error", shape());
    const { Error: fields } = JSON.parse(body) as { Error?: Record<string, unknown> | null };
    const found: ErrorDocument = {};
    for (const [property, { element }] of Object.entries<{ element?: string | undefined }>(shape())) {
      const value = fields?.[elementOf(property, { element })];
      if (typeof value === "string") Object.assign(found, { [property]: value });
    }
    return found;
  } catch {
    const code = /<Error[\s>].*?<Code>([\w.-]+)<\/Code>/s.exec(body)?.[1];
    return code ? { code } : {};
  }
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
 * @param read reads its body up to a length
 * @returns the error, with all that the answer tells
 */
export async function readServiceError(
  response: Response,
  target: Addressed,
  attempts: number,
  read: (most: number) => Promise<string> = () => response.text(),
): Promise<ServiceError> {
  const { headers, status } = response;
  const document = documentOf((await read(MOST).catch(() => "")) || fromHeader(headers));
  const { message, hostId } = document;
  const code = document.code || BY_STATUS[status] || "BadErrorResponse";
  const ec = document.ec ?? headers.get("x-oss-ec") ?? undefined;
  const requestId = document.requestId ?? headers.get("x-oss-request-id") ?? undefined;
  const time = Date.parse(document.serverTime ?? "");
  const facts = [ec && `EC ${ec}`, requestId && `request ${requestId}`].filter(Boolean).join(", ");
  const parts = [
    `${target.title} failed: ${status} ${code}`,
    attempts > 1 && ` after ${attempts} attempts`,
    message && `: ${message}`,
    facts && ` (${facts})`,
    (status === 0 || (status > 300 && status < 400)) &&
      ". Redirects are not followed: check endpoint, region and bucket",
    ec === "0002-00000080" && '. Signature V1 is closed here: use signatureVersion: "v4"',
  ];
  return new ServiceError(parts.filter(Boolean).join(""), {
    status,
    code,
    requestId,
    ec,
    hostId,
    operation: target.operation,
    headers,
    serverTime: Number.isNaN(time) ? undefined : new Date(time),
  });
}
