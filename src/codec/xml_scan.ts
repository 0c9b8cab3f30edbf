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

export { endless } from "./endless.ts";

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

/** Cuts out the text that ends at `end`. */
function cut({ xml, at, plain, root }: Scan, end: number): string {
  const text = xml.slice(at, end);
  return plain ? text : decodeText(text, root);
}

/**
 * Reads elements one behind the other while each holds only text and is followed by what followed it the last times:
 * an expression tries two tags in the time that it takes to compare half a one, which makes lists a fifth faster.
 * @param first the one that is begun
 * @returns the one that is begun behind them
 */
function texts(scan: Scan, first: Element, target: Target, depth: number): Element {
  for (let element = first; ; ) {
    const { turn, next } = element;
    if (!turn || !next) return element;
    const end = scan.xml.indexOf("<", scan.at);
    turn.lastIndex = end;
    if (!turn.test(scan.xml)) return element;
    endElement(scan, element, element.tag, target, depth, target, cut(scan, end));
    scan.at = turn.lastIndex;
    element = next;
  }
}

/** What is between the texts of one element and of the next; a name may have a dot. */
function turnOf({ close }: Element, { open }: Element): RegExp {
  return new RegExp(`${close}\\s*${open}`.replaceAll(".", "\\."), "y");
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
    if (!ignored) text += cut(scan, open);
    // What came behind the element before the last time is what is most likely here: then nothing is cut out.
    let inner = last ? last.next : element?.first;
    let tag = "";
    let empty = false;
    if (inner && xml.startsWith(inner.open, open)) {
      scan.at = open + inner.open.length;
      if (last?.property && last.kind !== "object" && !element?.own) last.turn ??= turnOf(last, inner);
      inner = texts(scan, inner, target, depth);
      tag = inner.tag;
    } else if (depth && element && xml.startsWith(element.close, open)) {
      scan.at = open + element.close.length;
      return text;
    } else {
      scan.at = open + 1;
      tag = skip(scan, ">", name);
      if (depth && tag.trimEnd() === `/${name}`) return text;
      inner = element?.elements.get(tag);
      if (!inner) {
        MARKUP.lastIndex = open + 1;
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
      if (last) {
        last.next = inner;
        last.turn = undefined;
      } else if (element) element.first = inner;
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
 * @throws DecodeError when the root is another, or the document is truncated, malformed, has a DTD or an invalid value
 * @example
 * ```ts
 * import { readXml } from "./xml_scan.ts";
 * import { text } from "./shape.ts";
 * console.log(readXml<{ code?: string }>("<Error><Code>NoSuchKey</Code></Error>", "Error", { code: text }));
 * ```
 */
export function readXml<T>(xml: string, root: string, shape: Shape<T>): T;
export function readXml(xml: string, root: string, shape: AnyShape): unknown {
  const { top, result, keys } = startDocument(root, shape);
  // Not a spread, whose form engines forget when the scan is over, and with it what they compiled: a third faster in Node.
  const scan: Scan = { root, top, result, keys, encoded: false, xml, plain: !xml.includes("&"), at: 0 };
  return endDocument(scan, content(scan, "", scan.top, scan.result, 0));
}
