/**
 * Hotlink protection: who may refer to the objects of a bucket.
 * @module
 */
import { accessDenied } from "./access.ts";
import type { BucketCall } from "./call.ts";
import { documentOf } from "./stored_document.ts";
import { childText, childTexts, readXml, type XmlNode } from "./xml_read.ts";

/** What a `Referer` is compared with. */
interface Protection {
  readonly allowEmpty: boolean;
  readonly cut: (referer: string) => string;
  readonly white: readonly string[];
  readonly black: readonly string[];
}

function listOf(document: XmlNode, name: string): readonly string[] {
  return document.children.filter((child) => child.name === name).flatMap((child) => childTexts(child, "Referer"));
}

function read(document: XmlNode): Protection {
  const on = (name: string): boolean => childText(document, name) === "true";
  const [path, query] = [on("TruncatePath"), on("AllowTruncateQueryString")];
  return {
    allowEmpty: on("AllowEmptyReferer"),
    cut(referer) {
      if (path) return referer.replace(/^((?:\w+:\/\/)?[^/?#]*).*$/s, "$1");
      return query ? referer.replace(/\?.*$/s, "") : referer;
    },
    white: listOf(document, "RefererList"),
    black: listOf(document, "RefererBlacklist"),
  };
}

/** Whether a text begins as a pattern says: `*` is any text, `?` any character. In a query, case does not count. */
function fits(pattern: string, referer: string): boolean {
  const source = [...pattern].map((char) => (char === "*" ? ".*" : char === "?" ? "." : char.replace(/\W/, "\\$&")));
  return new RegExp(`^${source.join("")}`, referer.includes("?") ? "is" : "s").test(referer);
}

function denied(ec: string): Error {
  return accessDenied("You are denied by bucket referer policy.", ec);
}

/**
 * Refuses calls on objects from where the bucket's owner does not want them. Nobody asks who signs in a header.
 * @param call a call on an object
 * @throws ServiceFault AccessDenied
 */
export function checkReferer(call: BucketCall): void {
  const document = documentOf(call, "referer");
  if (document === undefined || call.headers.has("authorization")) return;
  const { allowEmpty, cut, white, black } = read(readXml(document, "RefererConfiguration"));
  const referer = call.headers.get("referer") ?? "";
  if (referer === "") {
    if (allowEmpty || white.length === 0) return;
    throw denied("0003-00000501");
  }
  const compared = cut(referer);
  if (black.some((pattern) => fits(pattern, compared))) throw denied("0003-00000502");
  if (white.length > 0 && !white.some((pattern) => fits(pattern, compared))) throw denied("0003-00000503");
}
