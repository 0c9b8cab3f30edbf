/**
 * Cross-origin calls: the bucket's own rules, the first one that matches.
 * @module
 */
import type { Bucket, CorsRule } from "./records.ts";

/** What a page asks. */
export interface CorsRequest {
  readonly origin: string;
  readonly method: string;
  /** Header names of a preflight, lower case. */
  readonly headers: readonly string[];
}

/** Whether a pattern with at most one `*` fits a text. */
function fits(pattern: string, text: string): boolean {
  const star = pattern.indexOf("*");
  if (star < 0) return pattern === text;
  const start = pattern.slice(0, star);
  const end = pattern.slice(star + 1);
  return text.length >= start.length + end.length && text.startsWith(start) && text.endsWith(end);
}

function matches(rule: CorsRule, { origin, method, headers }: CorsRequest): boolean {
  const allowed = (rule.allowedHeaders ?? []).map((name) => name.toLowerCase());
  return (
    rule.allowedOrigins.some((pattern) => fits(pattern.toLowerCase(), origin.toLowerCase())) &&
    rule.allowedMethods.includes(method) &&
    headers.every((name) => allowed.some((pattern) => fits(pattern, name)))
  );
}

/** Lets everything through, for a service that is lenient on CORS. */
const OPEN: CorsRule = {
  allowedOrigins: ["*"],
  allowedMethods: ["GET", "PUT", "POST", "DELETE", "HEAD"],
  allowedHeaders: ["*"],
  exposeHeaders: [],
  maxAgeSeconds: 600,
};

/**
 * Headers of an answer to a page, none when no rule matches.
 * @param bucket the bucket, if it exists
 * @param request what the page asks
 * @param relaxed whether everything is allowed whatever the rules say
 */
export function corsHeaders(
  bucket: Bucket | undefined,
  request: CorsRequest,
  relaxed: boolean,
): Record<string, string> | undefined {
  const configuration = bucket?.record.cors;
  const rule = relaxed ? OPEN : configuration?.rules.find((candidate) => matches(candidate, request));
  if (rule === undefined) return undefined;
  const expose = rule.exposeHeaders ?? [];
  const age = rule.maxAgeSeconds;
  return {
    "access-control-allow-origin": rule.allowedOrigins.includes("*") ? "*" : request.origin,
    "access-control-allow-methods": rule.allowedMethods.join(", "),
    // Echoed, never "*": that would not cover Authorization.
    ...(request.headers.length > 0 ? { "access-control-allow-headers": request.headers.join(", ") } : {}),
    ...(expose.length > 0 ? { "access-control-expose-headers": expose.join(", ") } : {}),
    ...(age === undefined ? {} : { "access-control-max-age": String(age) }),
    ...(configuration?.responseVary === true ? { vary: "Origin" } : {}),
  };
}
