/**
 * A strict, forward-only XML reader for answers on the hot path: no dependency, no tree, one pass.
 * @module
 */
import type { AnyShape, Shape } from "./shape.ts";
import {
  decodeText,
  type Element,
  endDocument,
  endElement,
  refuse,
  startDocument,
  startElement,
  type Target,
} from "./xml_document.ts";

/** What is not an element: processing instructions (and the declaration), comments, CDATA. A DTD is none of them. */
const SECTIONS: readonly (readonly [start: string, end: string])[] = [
  ["?", "?>"],
  ["!--", "-->"],
  ["![CDATA[", "]]>"],
];

/** A start tag with its attributes, which are checked and dropped. */
const TAG = /([A-Z_a-z:\x80-\uffff][\w.:\x80-\uffff-]*)(?:\s+[^\s<>/="'&]+\s*=\s*(?:"[^<"]*"|'[^<']*'))*\s*(\/?)>/y;

/**
 * Reads an XML document by its shape.
 *
 * Text is never trimmed; elements that the shape does not name are skipped; a list is there even when nothing is in
 * it; `key` texts are percent-decoded when the document says `<EncodingType>url</EncodingType>`.
 * @param xml the document
 * @param root the name its root must have
 * @param shape where each property is
 * @returns the value of the root
 * @throws {DecodeError} when the root is another, or the document is truncated, malformed, has a DTD or an invalid value
 * @example
 * ```ts
 * import { readXml } from "./xml_scan.ts";
 * import { text } from "./shape.ts";
 * console.log(readXml<{ code?: string }>("<Error><Code>NoSuchKey</Code></Error>", "Error", { code: text }));
 * ```
 */
export function readXml<T>(xml: string, root: string, shape: Shape<T>): T;
export function readXml(xml: string, root: string, shape: AnyShape): unknown {
  const reading = startDocument(root, shape);
  const plain = !xml.includes("&");
  let at = 0;

  /** Moves past `until`; gives what is before it. */
  const skip = (until: string, name: string): string => {
    const from = at;
    const found = xml.indexOf(until, from);
    if (found < 0) refuse(root, `</${name || root}>`, "");
    at = found + until.length;
    return xml.slice(from, found);
  };

  /** Reads what is inside an element, and its end tag; gives the element's own text, if it can matter. */
  const content = (name: string, element: Element | undefined, target: Target, depth: number): string => {
    // Text between elements is white space: not even to cut it out makes long lists a third faster.
    const ignored = plain && depth && element?.elements.size && !element.own;
    for (let text = ""; ; ) {
      const open = xml.indexOf("<", at);
      // Only the document itself, at depth 0, ends without an end tag.
      if (open < 0) return depth ? skip("<", name) : text + xml.slice(at);
      if (!ignored) text += decodeText(xml.slice(at, open), root);
      at = open + 1;
      if (depth && xml.charCodeAt(at) === 47 && xml.startsWith(name, at + 1)) {
        at += name.length + 1;
        if (!skip(">", name).trim()) return text;
        at = open + 1;
      }
      let tag = skip(">", name);
      let inner = element?.elements.get(tag);
      let empty = false;
      if (!inner) {
        const [start, until] = SECTIONS.find(([start]) => tag.startsWith(start)) ?? [];
        if (start && until) {
          at = open + start.length + 1;
          const section = skip(until, name);
          if (until === "]]>") text += section;
          continue;
        }
        TAG.lastIndex = open + 1;
        const parts = TAG.exec(xml);
        if (!parts) return refuse(root, `<${depth ? `/${name}` : root}>`, `<${tag}>`);
        [, tag = ""] = parts;
        inner = element?.elements.get(tag);
        empty = !!parts[2];
        at = TAG.lastIndex;
      }
      const value = startElement(reading, inner, tag, target, depth);
      const own = empty ? "" : content(tag, inner, value, depth + 1);
      endElement(reading, inner, tag, target, depth, value, own);
    }
  };

  return endDocument(reading, content("", reading.top, reading.result, 0));
}
