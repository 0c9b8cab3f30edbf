/**
 * Conditional requests: If-Match, If-None-Match and the two dates, for reads and for copy sources.
 * @module
 */
import { httpDate, parseDate } from "../codec/time.ts";
import type { ObjectRecord } from "./records.ts";
import { ServiceFault } from "./service_fault.ts";
import type { HeaderMap } from "./wire.ts";

/** Whether a list of ETags names this one; quotes are optional, `*` names any. */
function names(list: string, etag: string): boolean {
  const bare = (tag: string): string => tag.trim().replace(/^(?:W\/)?"|"$/g, "");
  return list.split(",").some((tag) => tag.trim() === "*" || bare(tag) === bare(etag));
}

/** A date header in milliseconds, `undefined` where there is none to go by. */
function dateOf(headers: HeaderMap, name: string): number | undefined {
  return parseDate(headers.get(name) ?? "")?.getTime();
}

/**
 * Checks the conditions of a request.
 * @param headers the request's headers
 * @param object what they are about
 * @param prefix `x-oss-copy-source-` for the source of a copy
 * @throws ServiceFault 412 PreconditionFailed or 304 NotModified
 */
export function checkConditions(headers: HeaderMap, object: ObjectRecord, prefix = ""): void {
  const { etag, modified } = object;
  const match = headers.get(`${prefix}if-match`);
  const unmodified = dateOf(headers, `${prefix}if-unmodified-since`);
  if (match !== undefined && !names(match, etag)) throw preconditionFailed("If-Match");
  if (unmodified !== undefined && modified > unmodified) throw preconditionFailed("If-Unmodified-Since");
  const noneMatch = headers.get(`${prefix}if-none-match`);
  const since = dateOf(headers, `${prefix}if-modified-since`);
  const same = noneMatch !== undefined && names(noneMatch, etag);
  const old = since !== undefined && modified <= since;
  // If-None-Match decides alone where it is given.
  if (same || (noneMatch === undefined && old)) {
    throw new ServiceFault(304, "NotModified", "The object is not modified.", {
      headers: { etag, "last-modified": httpDate(new Date(modified)) },
    });
  }
}

function preconditionFailed(condition: string): ServiceFault {
  const message = "At least one of the pre-conditions you specified did not hold.";
  return new ServiceFault(412, "PreconditionFailed", message, {
    ec: "0017-00001001",
    extras: { Condition: condition },
  });
}
