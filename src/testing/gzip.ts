/**
 * Compression on the fly: what clients that offer gzip get for texts.
 * @module
 */
import type { HeaderMap } from "./wire.ts";

/** Content types that the service compresses. */
const TYPES: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "text/html",
  "text/plain",
  "text/css",
  "text/xml",
  "text/javascript",
  "text/cache-manifest",
  "text/json",
  "application/json",
  "application/javascript",
  "application/x-javascript",
  "application/xml",
  "application/rss+xml",
]);

/** Smaller bodies are sent as they are. */
const MINIMUM = 1024;

/** Whether the client takes gzip: named, or `*`, and not refused by `q=0`. */
function acceptsGzip(header: string | undefined): boolean {
  return (header ?? "").split(",").some((item) => {
    const [coding = "", ...parameters] = item.split(";").map((part) => part.trim().toLowerCase());
    return (coding === "gzip" || coding === "*") && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter));
  });
}

/**
 * Whether an answer is compressed on the fly.
 * @param request the request's headers
 * @param answer the answer's headers
 * @param size length of the body in bytes
 */
export function compresses(
  request: HeaderMap,
  answer: Readonly<Record<string, string | undefined>>,
  size: number,
): boolean {
  const [type = ""] = (answer["content-type"] ?? "").split(";");
  return (
    size >= MINIMUM &&
    answer["content-encoding"] === undefined &&
    TYPES.has(type.trim().toLowerCase()) &&
    acceptsGzip(request.get("accept-encoding"))
  );
}
