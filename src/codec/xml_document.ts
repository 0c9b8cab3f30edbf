/**
 * What both XML readers do with elements and text, whatever cuts the document into them: the shape decides.
 * @module
 */
import { DecodeError } from "../errors.ts";
import { elementOf } from "./element.ts";
import type { AnyField, AnyShape } from "./shape.ts";

/** Levels of elements; the service's own documents have at most seven. */
const MAX_DEPTH = 32;

interface Field {
  readonly kind?: AnyField["kind"];
  readonly read?: ((text: string) => unknown) | undefined;
  readonly shape?: AnyShape;
}

/** What is known of an element. */
export interface Element {
  /** Its name in the document. */
  readonly tag: string;
  /** Its tags, without attributes. */
  readonly open: string;
  readonly close: string;
  /** Where its value goes; none for a wrapper, whose children belong to the value around it. */
  readonly property: string;
  readonly kind: AnyField["kind"] | undefined;
  readonly read: ((text: string) => unknown) | undefined;
  /** The elements inside, by name. */
  readonly elements: Map<string, Element>;
  /** What becomes of its own text beside them. */
  own: Element | undefined;
  /** Where the lists of the value that it starts come from: they are there even when empty. */
  readonly lists: Element[];
  /** The list that its value goes to; not asked of the value around it, whose form engines would compile in. */
  list: unknown[] | undefined;
  /** The element that was last found at its beginning, and the one behind it: guesses for the next time. */
  first: Element | undefined;
  next: Element | undefined;
  /** From its end tag through the start tag of that one, where it holds a text and was found before that one twice. */
  turn: RegExp | undefined;
}

/** A value in the making. */
export type Target = Record<string, unknown>;

/** A document in the making. */
export interface Reading {
  readonly root: string;
  /** The virtual element around the root. */
  readonly top: Element;
  /** Holds the root's value. */
  readonly result: Target;
  /** Where which text goes decoded, if `EncodingType`, which may come behind it, says so. */
  readonly keys: [holder: object, place: string | number, read: (text: string) => unknown, text: string][];
  encoded: boolean;
}

/**
 * Gives up on a document.
 * @param found what is there instead, whose beginning is shown; nothing at the end of the document
 * @throws DecodeError always
 */
export function refuse(root: string, expected: string, found: string): never {
  const shown = found ? JSON.stringify(found.slice(0, 80)) : "the end";
  throw new DecodeError(`Cannot read <${root}>: expected ${expected.slice(0, 80)}, found ${shown}`);
}

function describe(tag: string, property: string, { kind, read, shape = {} }: Field = {}): Element {
  // Copied from the field: those come in many forms, and properties of many forms are slow to get.
  const element: Element = {
    tag,
    open: `<${tag}>`,
    close: `</${tag}>`,
    property,
    kind,
    read,
    elements: new Map(),
    own: undefined,
    lists: [],
    list: undefined,
    first: undefined,
    next: undefined,
    turn: undefined,
  };
  for (const [name, field] of Object.entries(shape)) {
    let { elements } = element;
    const path = elementOf(name, field).split("/");
    const last = path.pop() ?? "";
    for (const step of path) {
      const wrapper = elements.get(step) ?? describe(step, "");
      elements.set(step, wrapper);
      elements = wrapper.elements;
    }
    const inner = describe(last, name, field.kind === "list" ? field.item : field);
    if (field.kind === "list") element.lists.push(inner);
    if (last === ".") element.own = inner;
    else elements.set(last, inner);
  }
  return element;
}

/** Begins a document. */
export function startDocument(root: string, shape: AnyShape): Reading {
  const top = describe("", "");
  top.elements.set(root, describe(root, root, { kind: "object", shape }));
  return { root, top, result: {}, keys: [], encoded: false };
}

/**
 * Begins an element: gives the value that its children go to.
 * @param depth levels above the element; the root has 0
 */
export function startElement(
  { root, result }: Reading,
  element: Element | undefined,
  name: string,
  target: Target,
  depth: number,
): Target {
  // A second root is as foreign as any other.
  if (!depth && (!element || result[root])) refuse(root, `only <${root}>`, `<${name}>`);
  if (depth >= MAX_DEPTH) refuse(root, `at most ${MAX_DEPTH} levels`, `<${name}>`);
  if (element?.kind !== "object") return target;
  const value: Target = {};
  for (const inner of element.lists) value[inner.property] = inner.list = [];
  return value;
}

function store(reading: Reading, element: Element, target: Target, text: string, child: Target): void {
  const { property, kind, read, list } = element;
  let value: unknown = kind === "object" ? child : text;
  if (read && kind === "key") {
    // Text that came before `EncodingType` waits for the end of the document.
    if (reading.encoded) value = read(text);
    else reading.keys.push([list ?? target, list ? list.length : property, read, text]);
  } else if (read) {
    const word = text.trim();
    // An empty element says no more than an absent one.
    if (!word) return;
    value = read(word);
    if (value === undefined) refuse(reading.root, `a ${kind} as ${property}`, word);
  }
  if (list) list.push(value);
  else target[property] = value;
}

/**
 * Ends an element: its value goes where the shape says.
 * @param child what {@link startElement} gave
 * @param text the element's own text, decoded
 */
export function endElement(
  reading: Reading,
  element: Element | undefined,
  name: string,
  target: Target,
  depth: number,
  child: Target,
  text: string,
): void {
  if (depth === 1 && name === "EncodingType") reading.encoded = /^\s*url\s*$/i.test(text);
  if (element?.own) store(reading, element.own, child, text, child);
  if (element?.property) store(reading, element, target, text, child);
}

/** Ends the document and gives the root's value. */
export function endDocument({ root, result, keys, encoded }: Reading, outside: string): unknown {
  if (outside.trim() || !result[root]) refuse(root, `only <${root}>`, outside.trim());
  if (encoded) for (const [holder, place, read, text] of keys) Reflect.set(holder, place, read(text));
  return result[root];
}

const NAMED: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/**
 * Decodes the five named entities and character references, once.
 *
 * References to control characters are not well-formed, yet the service writes keys so.
 */
export function decodeText(text: string, root: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:#(\d+|x[\da-fA-F]+)|(\w+));|&/g, (found, digits?: string, name?: string) => {
    const code = digits ? Number(digits.replace("x", "0x")) : Number.NaN;
    // Beyond Unicode, or half a surrogate pair: no character.
    if (code <= 0x10ffff && code >> 11 !== 0x1b) return String.fromCodePoint(code);
    return (name && Object.hasOwn(NAMED, name) && NAMED[name]) || refuse(root, "an XML entity", found);
  });
}
