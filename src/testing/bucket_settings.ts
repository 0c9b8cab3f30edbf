/**
 * What the rest of the service wants to know of the documents that a bucket keeps.
 * @module
 */
import type { BucketRecord } from "./records.ts";
import { childText, readXml } from "./xml_read.ts";

/**
 * The text of an element of a document.
 * @param record the bucket
 * @param subresource the kind of document
 * @param path names from the root down: `Root/Rule/Days`
 * @returns `undefined` when there is no such document or element
 */
export function settingOf(record: BucketRecord, subresource: string, path: string): string | undefined {
  const kept = record.documents?.[subresource];
  const [root = "", ...steps] = path.split("/");
  const last = steps.pop() ?? "";
  if (kept === undefined) return undefined;
  let node = readXml(kept, root);
  for (const step of steps) {
    const child = node.children.find(({ name }) => name === step);
    if (child === undefined) return undefined;
    node = child;
  }
  return childText(node, last);
}
