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
  type Reading,
  refuse,
  startDocument,
  startElement,
  type Target,
} from "./xml_document.ts";

/**
 * What is not an element (processing instructions and the declaration, comments, CDATA; no DTD), or a start tag with its
 * attributes, which are checked and dropped.
 */
const MARKUP =
  /\?[\s\S]*?\?>|!--[\s\S]*?-->|!\[CDATA\[([\s\S]*?)\]\]>|([A-Z_a-z:\x80-\uffff][\w.:\x80-\uffff-]*)(?:\s+[^\s<>/="'&]+\s*=\s*(?:"[^<"]*"|'[^<']*'))*\s*(\/?)>/y;

/** A document on its way. */
interface Scan extends Reading {
  readonly xml: string;
  /** Has no references. */
  readonly plain: boolean;
  at: number;
}

// Functions of the module, not closures of a call: engines forget what they compiled of those when none is alive.

/** Moves past `until`; gives what is before it. */
function skip(scan: Scan, until: string, name: string): string {
  const { xml, at, root } = scan;
  const found = xml.indexOf(until, at);
  if (found < 0) refuse(root, `</${name || root}>`, "");
  scan.at = found + until.length;
  return xml.slice(at, found);
}

/** Reads what is inside an element, and its end tag; gives the element's own text, if it can matter. */
function content(scan: Scan, name: string, element: Element | undefined, target: Target, depth: number): string {
  const { xml, root } = scan;
  // Text between elements is white space: not even to cut it out makes long lists a third faster.
  const ignored = scan.plain && element?.first && !element.own;
  let last: Element | undefined;
  for (let text = ""; ; ) {
    const open = xml.indexOf("<", scan.at);
    // Only the document itself, at depth 0, ends without an end tag.
    if (open < 0) return depth ? skip(scan, "<", name) : text + xml.slice(scan.at);
    if (!ignored) text += decodeText(xml.slice(scan.at, open), root);
    const at = open + 1;
    if (depth && xml.charCodeAt(at) === 47 && xml.startsWith(name, at + 1)) {
      scan.at = at + name.length + 1;
      if (!skip(scan, ">", name).trim()) return text;
    }
    // What came behind the element before the last time is what is most likely here: then nothing is cut out.
    let inner = last ? last.next : element?.first;
    let tag = inner?.tag ?? "";
    let empty = false;
    if (inner && xml.startsWith(tag, at) && xml.charCodeAt(at + tag.length) === 62) scan.at = at + tag.length + 1;
    else {
      scan.at = at;
      tag = skip(scan, ">", name);
      inner = element?.elements.get(tag);
      if (!inner) {
        MARKUP.lastIndex = at;
        const found = MARKUP.exec(xml);
        if (!found) return refuse(root, `<${depth ? `/${name}` : root}>`, `<${tag}>`);
        scan.at = MARKUP.lastIndex;
        const [, cdata = "", start, end] = found;
        if (!start) {
          text += cdata;
          continue;
        }
        tag = start;
        inner = element?.elements.get(tag);
        empty = !!end;
      }
      if (last) last.next = inner;
      else if (element) element.first = inner;
    }
    last = inner;
    const value = startElement(scan, inner, tag, target, depth);
    const own = empty ? "" : content(scan, tag, inner, value, depth + 1);
    endElement(scan, inner, tag, target, depth, value, own);
  }
}

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
  const scan: Scan = { ...startDocument(root, shape), xml, plain: !xml.includes("&"), at: 0 };
  return endDocument(scan, content(scan, "", scan.top, scan.result, 0));
}
