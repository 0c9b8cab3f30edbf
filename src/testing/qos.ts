/**
 * Limits of bandwidth and requests: documents, and who is limited. Nothing is slowed down.
 * @module
 */
import { type Call, invalidArgument } from "./call.ts";
import { pageSize } from "./list_options.ts";
import { ServiceFault } from "./service_fault.ts";
import { childText, readXml } from "./xml_read.ts";
import type { XmlValue } from "./xml_write.ts";

/** Limits by element. */
export type Limits = Readonly<Record<string, number>>;

/** What an account may ask of a region at most. */
export const USER_LIMITS: Limits = {
  TotalUploadBandwidth: 10,
  IntranetUploadBandwidth: -1,
  ExtranetUploadBandwidth: -1,
  TotalDownloadBandwidth: 10,
  IntranetDownloadBandwidth: -1,
  ExtranetDownloadBandwidth: -1,
  TotalQps: 10_000,
  IntranetQps: -1,
  ExtranetQps: -1,
};

/**
 * Reads a document of limits and fills in -1 where it says nothing.
 * @throws ServiceFault InvalidArgument for limits above those of the account, or above their own total
 */
export function readLimits(xml: string): Limits {
  const document = readXml(xml, "QoSConfiguration");
  const limits: Record<string, number> = {};
  for (const name of Object.keys(USER_LIMITS)) {
    const text = childText(document, name) ?? "-1";
    if (!/^(-1|\d+)$/.test(text)) throw invalidArgument(name, text, `${name} must be -1 or more.`);
    limits[name] = Number(text);
  }
  for (const [name, value] of Object.entries(limits)) {
    const total = name.replace(/^(Intranet|Extranet)/, "Total");
    const most = limits[total] === -1 || name === total ? USER_LIMITS[total] : limits[total];
    if (value > (most ?? 0)) throw invalidArgument(name, String(value), `${name} is greater than ${most}.`);
  }
  return limits;
}

/** Nobody set such limits. */
export function noLimits(what: string): ServiceFault {
  return new ServiceFault(404, `NoSuch${what}`, "The specified QoS configuration does not exist.");
}

/** Which part of a list a request asks for. */
export interface Page<T> {
  readonly items: readonly T[];
  /** The elements that tell of this page and the next. */
  readonly facts: { readonly [name: string]: XmlValue };
}

/**
 * Cuts a page out of a list.
 * @param names of all entries, sorted; a token is the last one of the page before
 */
export function pageOf(call: Call, names: readonly string[]): Page<string> {
  const token = call.query.get("continuation-token") ?? "";
  const size = pageSize(call, "max-keys", 100);
  const rest = names.filter((name) => name > token);
  const items = rest.slice(0, size);
  const more = rest.length > size;
  const next = more ? items[items.length - 1] : "";
  return { items, facts: { ContinuationToken: token, NextContinuationToken: next, IsTruncated: more } };
}

/** Requesters and their limits, as lists show them. */
export function requesterElements(limits: Readonly<Record<string, Limits>>, names: readonly string[]): XmlValue {
  return names.map((name) => ({ Requester: name, QoSConfiguration: limits[name] }));
}
