/**
 * Writes request documents (and, in tests, answers) from values by their shape.
 * @module
 */
import { elementOf } from "./element.ts";
import type { AnyField, AnyShape, Shape } from "./shape.ts";

const ESCAPED: Readonly<Record<string, string>> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos" };

/** Escapes markup, and control characters as references: raw ones are lost or altered on the way (`\r` by every reader). */
function escapeText(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is escaped
    /[&<>"'\0-\x1f]/g,
    (found) => `&${ESCAPED[found] ?? `#x${found.charCodeAt(0).toString(16).toUpperCase()}`};`,
  );
}

function refuse(property: string, reason: string): never {
  throw new TypeError(`Cannot write ${property || "the document"}: ${reason}`);
}

function scalar(value: unknown, kind: AnyField["kind"], property: string): string {
  if (value instanceof Date && kind === "date") return value.toISOString();
  const type = kind === "text" || kind === "key" ? "string" : kind;
  if (typeof value !== type) refuse(property, `it is a ${typeof value}, not a ${type}`);
  if (kind === "number" && !Number.isFinite(value)) refuse(property, `${value} has no decimal form`);
  const text = String(value);
  if (/\p{Surrogate}/u.test(text)) refuse(property, "it holds a lone surrogate");
  return escapeText(text);
}

function single(name: string, field: AnyField, value: unknown, property: string): string {
  const inside = field.kind === "object" ? children(field.shape, value, property) : scalar(value, field.kind, property);
  return name === "." ? inside : `<${name}>${inside}</${name}>`;
}

function children(shape: AnyShape, owner: unknown, property: string): string {
  if (typeof owner !== "object" || owner === null) refuse(property, `it is ${owner}, not an object`);
  let xml = "";
  let path: string[] = [];
  /** Closes and opens wrappers: neighbours with the same wrapper share one. */
  const enter = (wanted: string[]): void => {
    let common = 0;
    while (common < path.length && path[common] === wanted[common]) common++;
    for (const name of path.slice(common).reverse()) xml += `</${name}>`;
    for (const name of wanted.slice(common)) xml += `<${name}>`;
    path = wanted;
  };
  for (const [name, field] of Object.entries(shape)) {
    const value: unknown = Reflect.get(owner, name);
    if (value === undefined) continue;
    const full = property ? `${property}.${name}` : name;
    const wrappers = elementOf(name, field).split("/");
    const element = wrappers.pop() ?? "";
    enter(wrappers);
    if (field.kind !== "list") xml += single(element, field, value, full);
    else if (!Array.isArray(value)) refuse(full, `it is a ${typeof value}, not a list`);
    else for (const [at, item] of value.entries()) xml += single(element, field.item, item, `${full}[${at}]`);
  }
  enter([]);
  return xml;
}

/**
 * Writes a value as an XML document.
 *
 * Elements come in the order of the shape, items in the order of the list; what is `undefined` is left out. A list
 * that is there, even empty, has its wrapper, which all its items share.
 * @param root the name of the root element
 * @param shape where each property goes
 * @param value the value
 * @returns the document, without white space between elements
 * @throws TypeError when a text holds a lone surrogate (the message names the property) or a value is of another type than its field
 * @throws RangeError for an invalid date
 * @example
 * ```ts
 * import { list, object, text } from "./shape.ts";
 * import { writeXml } from "./xml_writer.ts";
 * const shape = { object: list<{ key: string }>(object<{ key: string }>({ key: text })) };
 * console.log(writeXml<{ object: { key: string }[] }>("Delete", shape, { object: [{ key: "a&b" }] }));
 * ```
 */
export function writeXml<T>(root: string, shape: Shape<T>, value: T): string;
export function writeXml(root: string, shape: AnyShape, value: unknown): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}>${children(shape, value, "")}</${root}>`;
}
