/**
 * XML documents of answers, written by hand: the client's own writer is under test and must not prove itself.
 * @module
 */

/**
 * What an element holds: text, a number, children by name; a list repeats the element, `undefined` leaves it out. An
 * empty name stands for no element of its own: under it, children of several names can take turns.
 */
export type XmlValue =
  | string
  | number
  | boolean
  | undefined
  | readonly XmlValue[]
  | { readonly [name: string]: XmlValue };

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Escapes markup only: control characters go out raw, as the service sends them. */
function escapeText(text: string): string {
  return text.replace(/[&<>"]/g, (char) => ESCAPES[char] ?? char);
}

function element(name: string, value: XmlValue): string {
  if (value === undefined) return "";
  if (isList(value)) return value.map((item) => element(name, item)).join("");
  if (typeof value !== "object") return `<${name}>${escapeText(String(value))}</${name}>`;
  const children = Object.entries(value).map(([child, held]) => element(child, held));
  return name === "" ? children.join("") : `<${name}>${children.join("")}</${name}>`;
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(value: XmlValue): value is readonly XmlValue[] {
  return Array.isArray(value);
}

/**
 * Writes a document.
 * @param root name of the root element; no namespace, which official clients cannot read
 * @param value what it holds, in order
 */
export function xmlDocument(root: string, value: XmlValue): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(root, value)}`;
}
