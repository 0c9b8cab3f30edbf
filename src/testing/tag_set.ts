/**
 * The document of tags; of those of buckets their limits, and what lists compare.
 * @module
 */
import { encodeUtf8 } from "../codec/utf8.ts";
import { ServiceFault } from "./service_fault.ts";
import { childText, readXml, type XmlNode } from "./xml_read.ts";
import { xmlDocument } from "./xml_write.ts";

/** Tags of one bucket. */
const MAX_TAGS = 20;

function refuse(message: string, ec?: string): ServiceFault {
  return new ServiceFault(400, "InvalidTag", message, { ec });
}

function malformed(message: string): ServiceFault {
  return new ServiceFault(400, "MalformedXML", message);
}

/** The tags of a document, in its order. */
export function tagsOf(document: XmlNode): [string, string][] {
  const sets = document.children.filter(({ name }) => name === "TagSet");
  const [set, ...others] = sets;
  if (set === undefined || others.length > 0) throw malformed("Tagging holds one TagSet.");
  return set.children.map((tag) => {
    const key = childText(tag, "Key");
    const value = childText(tag, "Value");
    if (tag.name !== "Tag" || key === undefined || value === undefined) throw malformed("A Tag holds Key and Value.");
    return [key, value];
  });
}

/** Refuses tags that the service does not give a bucket. */
export function checkTags(tags: readonly (readonly [string, string])[]): void {
  if (tags.length > MAX_TAGS) throw new ServiceFault(400, "TooManyTags", `A bucket has at most ${MAX_TAGS} tags.`);
  if (new Set(tags.map(([key]) => key)).size < tags.length)
    throw new ServiceFault(400, "RepeatedTags", "Tag keys must be unique.");
  for (const [key, value] of tags) {
    if (key === "") throw refuse("The key of a tag must not be empty.", "0010-00000208");
    if (/^(https?:\/\/|aliyun)/i.test(key)) throw refuse("The key of a tag begins as it must not.", "0010-00000207");
    if (key.startsWith("acs")) throw refuse("Keys of tags beginning with acs are the system's.", "0010-00000002");
    if (encodeUtf8(key).length > 64 || encodeUtf8(value).length > 128) {
      throw refuse("Keys of tags have 64 bytes at most, values 128.", "0010-00000219");
    }
  }
}

/** Refuses documents that the service does not keep. */
export function checkTagging(document: XmlNode): void {
  checkTags(tagsOf(document));
}

/** The tags of a kept document; none when there is none. */
export function readTags(document: string | undefined): ReadonlyMap<string, string> {
  return new Map(document === undefined ? [] : tagsOf(readXml(document, "Tagging")));
}

/** The document of tags. */
export function tagging(tags: Iterable<readonly [string, string]>): string {
  return xmlDocument("Tagging", { TagSet: { Tag: [...tags].map(([Key, Value]) => ({ Key, Value })) } });
}
