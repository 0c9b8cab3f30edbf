/**
 * XML documents of requests, read by hand: small trees of elements and text.
 * @module
 */
import { ServiceFault } from "./service_fault.ts";

/** An element. */
export interface XmlNode {
  readonly name: string;
  readonly children: XmlNode[];
  /** The text directly inside, references resolved. */
  text: string;
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** One token: declaration, comment, CDATA, tag or text. */
const TOKEN: RegExp =
  /<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([^\s/>!?]+)(?:\s[^<>]*?)?(\/?)>|([^<]+)/gy;

/** Numbers of the errors, which some calls have of their own. */
export interface XmlErrors {
  /** The document is no XML. @default "0031-00000001" */
  readonly syntax?: string | undefined;
  /** It is another document. @default "0031-00000001" */
  readonly root?: string | undefined;
}

function malformed(ec = "0031-00000001"): ServiceFault {
  const message = "The XML you provided was not well-formed or did not validate against our published schema.";
  return new ServiceFault(400, "MalformedXML", message, { ec });
}

function resolve(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));?/gi, (_, decimal?: string, hex?: string, name?: string) => {
    const known = name === undefined ? undefined : NAMED[name];
    const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
    if (known === undefined && !(code >= 0 && code <= 0x10ffff)) throw malformed();
    return known ?? String.fromCodePoint(code);
  });
}

/**
 * Reads a document.
 * @param xml the document; declarations, comments, attributes and CDATA are accepted, a DTD is not
 * @param root the name that its root must have
 * @param errors numbers of the errors
 * @throws ServiceFault MalformedXML
 */
export function readXml(xml: string, root: string, errors: XmlErrors = {}): XmlNode {
  const top: XmlNode = { name: "", children: [], text: "" };
  const open: XmlNode[] = [top];
  const text = xml.replace(/^\uFEFF/, "");
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    const [, cdata, close, name, empty, plain] = match;
    const parent = open[open.length - 1];
    if (parent === undefined) throw malformed(errors.syntax);
    if (cdata !== undefined) parent.text += cdata;
    else if (plain !== undefined) parent.text += resolve(plain);
    else if (name !== undefined && close === "/") {
      if (parent.name !== name || parent === top) throw malformed(errors.syntax);
      open.pop();
    } else if (name !== undefined) {
      const node: XmlNode = { name, children: [], text: "" };
      parent.children.push(node);
      if (empty !== "/") open.push(node);
    }
    if (TOKEN.lastIndex === text.length) break;
  }
  const [first, ...others] = top.children;
  const whole = TOKEN.lastIndex === text.length && open.length === 1 && top.text.trim() === "";
  if (!whole || first === undefined || others.length > 0) throw malformed(errors.syntax);
  if (first.name !== root) throw malformed(errors.root);
  return first;
}

/**
 * The text of a child, or `undefined` where there is none.
 * @param node the parent
 * @param name the child's name
 */
export function childText(node: XmlNode, name: string): string | undefined {
  return node.children.find((child) => child.name === name)?.text;
}

/**
 * The texts of all children of one name.
 * @param node the parent
 * @param name their name
 */
export function childTexts(node: XmlNode, name: string): string[] {
  return node.children.filter((child) => child.name === name).map((child) => child.text);
}
