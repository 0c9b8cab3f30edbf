/**
 * Reads configuration documents with fast-xml-parser, which is loaded when the first one arrives.
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

/** Sections, closed or not: without the latter, many openings and no closing would take quadratic time. */
const SECTION = /<!--[\s\S]*?(-->|$)|<\?[\s\S]*?(\?>|$)|<!\[CDATA\[([\s\S]*?)(\]\]>|$)/g;

/**
 * Takes out what the parser would misread: comments and processing instructions go, CDATA becomes escaped text, and
 * a carriage return in text a reference, since the parser would turn it into a line feed.
 */
function prepare(xml: string): string {
  const plain = xml
    .replace(SECTION, (found, comment?: string, instruction?: string, cdata = "", end?: string) =>
      comment || instruction || end ? cdata.replace(/[&<\r]/g, (one: string) => `&#${one.charCodeAt(0)};`) : found,
    )
    .trim();
  return plain.includes("\r") ? plain.replace(/<[^<>]*>|\r/g, (found) => (found === "\r" ? "&#13;" : found)) : plain;
}

/**
 * Reads a rare, deep document by its shape: same rules and same result as `readXml`.
 * @param xml the document
 * @param root the name its root must have
 * @param shape where each property is
 * @returns the value of the root
 * @throws DecodeError when the root is another, or the document is truncated, malformed, has a DTD or an invalid value
 * @example
 * ```ts
 * import { readXmlTree } from "./xml_tree.ts";
 * import { text } from "./shape.ts";
 * console.log(await readXmlTree<{ status?: string }>("<V><Status>Enabled</Status></V>", "V", { status: text }));
 * ```
 */
export function readXmlTree<T>(xml: string, root: string, shape: Shape<T>): Promise<T>;
export async function readXmlTree(xml: string, root: string, shape: AnyShape): Promise<unknown> {
  const { XMLParser, XMLValidator } = await import("fast-xml-parser");
  const document = prepare(xml);
  if (!document.startsWith(`<${root}`)) refuse(root, `<${root}>`, document);
  const section = /<[!?]\w*/.exec(document);
  if (section) refuse(root, "elements, closed sections and no DTD", section[0]);
  // The validator lets some text after the root pass. A root without an end tag may have `>` in an attribute.
  if (!/<\/[^<>]*>$|^<(?:[^<>"']|"[^"]*"|'[^']*')*\/>$/.test(document)) refuse(root, `</${root}>`, "");
  const valid = XMLValidator.validate(document);
  if (valid !== true) refuse(root, "a well-formed document", valid.err.msg);
  const parser = new XMLParser({
    preserveOrder: true,
    parseTagValue: false,
    trimValues: false,
    processEntities: false,
    jPath: false,
    maxNestedTags: Number.POSITIVE_INFINITY,
    // Names get a sign that no element has: the parser refuses or renames `__proto__`, `toString` and the like.
    transformTagName: (name) => (name.startsWith("$") ? name : `$${name}`),
  });
  const reading = startDocument(root, shape);
  const walk = (nodes: unknown, element: Element | undefined, target: Target, depth: number): string => {
    let text = "";
    if (Array.isArray(nodes))
      for (const node of nodes)
        for (const [tag, inside] of Object.entries(node)) {
          if (tag === "#text") text += decodeText(String(inside), root);
          if (!tag.startsWith("$")) continue;
          const name = tag.slice(1);
          const inner = element?.elements.get(name);
          const value = startElement(reading, inner, name, target, depth);
          const own = walk(inside, inner, value, depth + 1);
          endElement(reading, inner, name, target, depth, value, own);
        }
    return text;
  };
  return endDocument(reading, walk(parser.parse(document), reading.top, reading.result, 0));
}
