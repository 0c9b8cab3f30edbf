/**
 * Answers: from headers and documents to results.
 * @module
 */
import type { FieldFor, Shape } from "../codec/shape.ts";
import { parseDate } from "../codec/time.ts";
import type { AnswerWatch, MaybePromise, OSSRequest, Result } from "../types.ts";
import { guards, once } from "./late.ts";

/** Turns an answer into a result. */
export type ResultReader<O> = (response: Response, request: OSSRequest, watch: AnswerWatch) => MaybePromise<O>;

/** A property that an answer header holds. */
export interface HeaderField<V> {
  readonly header: string;
  readonly read: (text: string, headers: Headers) => V | undefined;
}

type Own<O> = { readonly [P in keyof O as P extends keyof Result | "callbackResult" ? never : P]: O[P] };

/** A header for each property of a result beside those that every result has, and what a callback answered. */
export type HeaderReading<O> = { readonly [P in keyof Own<O>]-?: HeaderField<NonNullable<Own<O>[P]>> };

/** A header or an element for each property of a result beside those that every result has. */
export type Reading<O> = {
  readonly [P in keyof Own<O>]-?: HeaderField<NonNullable<Own<O>[P]>> | FieldFor<NonNullable<Own<O>[P]>>;
};

/**
 * A header with text.
 * @param name of the header
 * @returns how a property is read from it
 */
export function header<V extends string = string>(name: string): HeaderField<V> {
  return { header: name, read: (value) => value as V };
}

/**
 * A header with a number.
 * @param name of the header
 * @returns how a property is read from it
 */
export function numberHeader(name: string): HeaderField<number> {
  return { header: name, read: (value) => (Number.isFinite(Number(value)) ? Number(value) : undefined) };
}

/**
 * A header with `true` or `false`.
 * @param name of the header
 * @returns how a property is read from it
 */
export function booleanHeader(name: string): HeaderField<boolean> {
  return { header: name, read: (value) => value === "true" };
}

/**
 * A header with a decimal integer beyond 2^53, such as a CRC-64.
 * @param name of the header
 * @returns how a property is read from it
 */
export function bigintHeader(name: string): HeaderField<bigint> {
  return { header: name, read: (value) => (/^\d+$/.test(value) ? BigInt(value) : undefined) };
}

/**
 * A header with a date.
 * @param name of the header
 * @returns how a property is read from it
 */
export function dateHeader(name: string): HeaderField<Date> {
  return { header: name, read: parseDate };
}

/** All `x-oss-meta-*` headers, names without the prefix in lower case; UTF-8 that arrived as Latin-1 is set right. */
export const metadataHeaders: HeaderField<Record<string, string>> = {
  header: "",
  read(_, headers) {
    const metadata: Record<string, string> = {};
    for (const [name, value] of headers) {
      if (name.startsWith("x-oss-meta-")) metadata[name.slice(11)] = asUtf8(value);
    }
    return metadata;
  },
};

function asUtf8(value: string): string {
  if (!/[\x80-\xff]/.test(value) || /[^\0-\xff]/.test(value)) return value;
  try {
    const bytes = Uint8Array.from(value, (character) => character.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return value;
  }
}

/**
 * The fields that every result has.
 * @param response the answer
 * @returns status, request id and headers
 */
export function resultOf(response: Response): Result {
  const requestId = response.headers.get("x-oss-request-id");
  const { status, headers } = response;
  return requestId === null ? { status, headers } : { status, headers, requestId };
}

/**
 * Reads properties from headers.
 * @param headers the answer's headers
 * @param reading which header holds which property
 * @returns the properties whose headers are there and well-formed
 */
export function readHeaders<O>(headers: Headers, reading: Readonly<Record<string, unknown>>): Partial<O> {
  const found: Record<string, unknown> = {};
  for (const property in reading) {
    const { header: name, read } = reading[property] as Partial<HeaderField<unknown>>;
    const raw = name ? headers.get(name) : name;
    const value = raw == null ? undefined : read?.(raw, headers);
    if (value !== undefined) found[property] = value;
  }
  return found as Partial<O>;
}

function isHeader(field: unknown): field is HeaderField<unknown> {
  return (field as Partial<HeaderField<unknown>>).header !== undefined;
}

/**
 * A result that is all in headers.
 * @param reading which header holds which property
 * @returns a reader of such answers; a text is what a callback answered, or how it failed: a CallbackError
 */
export function headerResult<O extends Result>(reading: NoInfer<HeaderReading<O>>): ResultReader<O> {
  return async (response, _, watch) => {
    // Left unread, it would keep the connection from being used again.
    const text = await watch.text();
    const result = Object.assign(resultOf(response), readHeaders<O>(response.headers, reading)) as O;
    return text ? (await guards()).callbackReply(watch.title, text, result) : result;
  };
}

/** A result with nothing of its own. */
export const emptyResult: ResultReader<Result> = /* @__PURE__ */ headerResult<Result>({});

function hasCallback({ headers, query }: OSSRequest): boolean {
  return Object.keys({ ...headers, ...query }).some((name) => /^(x-oss-)?callback$/i.test(name));
}

/** Reads a document by its shape. */
export type DocumentReader = <T>(xml: string, root: string, shape: Shape<T>) => MaybePromise<T>;

const scanner = /* @__PURE__ */ once(() => import("../codec/xml_scan.ts"));

/**
 * Reads an XML document with the scanner, a chunk that bundles load with the first document.
 * @throws DecodeError when it is not what the shape says
 */
export const scanXml: DocumentReader = async (xml, root, shape) => (await scanner()).readXml(xml, root, shape);

/**
 * A result from a document and headers.
 * @param reader how the document is read
 * @param root name of the document's root element
 * @param reading which element or header holds which property
 * @returns a reader of such answers
 */
export function documentResult<O extends Result>(
  reader: DocumentReader,
  root: string,
  reading: NoInfer<Reading<O>>,
): ResultReader<O> {
  return async (response, request, watch) => {
    // A callback's own answer, or what became of it, stands in the place of the document.
    if (response.status === 203 || hasCallback(request))
      return headerResult<O>(reading as HeaderReading<O>)(response, request, watch);
    const xml = await watch.text();
    const elements = Object.fromEntries(Object.entries(reading).filter(([, field]) => !isHeader(field)));
    const value = await reader<object>(xml, root, elements as Shape<object>);
    return Object.assign(resultOf(response), readHeaders<O>(response.headers, reading), value) as O;
  };
}

/**
 * A result from a document on the hot path (lists, multipart, copies) and headers.
 * @param root name of the document's root element
 * @param reading which element or header holds which property
 * @returns a reader of such answers
 */
export function xmlResult<O extends Result>(root: string, reading: NoInfer<Reading<O>>): ResultReader<O> {
  return documentResult(scanXml, root, reading);
}

/**
 * A result from a configuration document, deep and rare, and headers.
 * @param root name of the document's root element
 * @param reading which element or header holds which property
 * @returns a reader of such answers
 */
export function treeResult<O extends Result>(root: string, reading: NoInfer<Reading<O>>): ResultReader<O> {
  const reader: DocumentReader = async (xml, name, shape) =>
    (await import("../codec/xml_tree.ts")).readXmlTree(xml, name, shape);
  return documentResult(reader, root, reading);
}
