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
  MAX_DEPTH,
  refuse,
  startDocument,
  startElement,
  type Target,
} from "./xml_document.ts";

/**
 * Takes out what the parser would misread: comments and processing instructions go, CDATA becomes escaped text, and
 * a carriage return in text a reference, since the parser would turn it into a line feed.
 */
function prepare(xml: string): string {
  const plain = xml
    .replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>/g, (_, cdata: string = "") =>
      cdata.replace(/[&<\r]/g, (found) => `&#${found.charCodeAt(0)};`),
    )
    .trim();
  return plain.includes("\r") ? plain.replace(/<[^>]*>|\r/g, (found) => (found === "\r" ? "&#13;" : found)) : plain;
}

/**
 * Reads a rare, deep document by its shape: same rules and same result as `readXml`.
 * @param xml the document
 * @param root the name its root must have
 * @param shape where each property is
 * @returns the value of the root
 * @throws {DecodeError} when the root is another, or the document is truncated, malformed, has a DTD or an invalid value
 * @example
 * ```ts
 * import { readXmlTree, text } from "oss-fetch";
 * console.log(await readXmlTree<{ status?: string }>("<V><Status>Enabled</Status></V>", "V", { status: text }));
 * ```
 */
export function readXmlTree<T>(xml: string, root: string, shape: Shape<T>): Promise<T>;
export async function readXmlTree(xml: string, root: string, shape: AnyShape): Promise<unknown> {
  const { XMLParser, XMLValidator } = await import("fast-xml-parser");
  const document = prepare(xml);
  if (!document.startsWith(`<${root}`)) refuse(root, `<${root}>`, document);
  if (/<[!?]/.test(document)) refuse(root, "no DTD", document);
  if (!/<[^<>]*>$/.test(document)) refuse(root, `</${root}>`, document.slice(-80));
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
    if (depth > MAX_DEPTH) refuse(root, `at most ${MAX_DEPTH} levels`, "more");
    let text = "";
    if (Array.isArray(nodes))
      for (const node of nodes)
        for (const [tag, inside] of Object.entries(node)) {
          if (tag === "#text") text += decodeText(String(inside), root);
          if (!tag.startsWith("$")) continue;
          const name = tag.slice(1);
          const inner = element?.elements.get(name);
          if (!(inner || depth)) refuse(root, `<${root}>`, `<${name}>`);
          const value = startElement(inner, target);
          endElement(reading, inner, name, target, value, walk(inside, inner, value, depth + 1), depth);
        }
    return text;
  };
  return endDocument(reading, walk(parser.parse(document), reading.top, reading.result, 0));
}
