/**
 * Shapes: which XML element (or header) holds each property of a value, checked against the value's type.
 *
 * A property's element is its name with a capital first letter; {@link named} tells another one.
 * The scanner, the tree reader and the writer all work from the same shape.
 * @module
 */
import { parseDate } from "./time.ts";
import { decodePercent } from "./uri.ts";

/** How the text of an element becomes a value. `key` is text that may be percent-encoded (`EncodingType`). */
export type ScalarKind = "text" | "key" | "number" | "boolean" | "date" | "bigint";

/** A property held by one element with text. */
export interface ScalarField<K extends ScalarKind = ScalarKind> {
  readonly kind: K;
  readonly element?: string | undefined;
  /** Reads the trimmed text, `undefined` for an invalid one; here, so that a bundle carries only the kinds it uses. */
  readonly read: ((text: string) => unknown) | undefined;
}

/** A property held by an element with children. */
export interface ObjectField<T = never> {
  readonly kind: "object";
  readonly element?: string | undefined;
  readonly shape: Shape<T>;
}

/** A property held by an element that occurs any number of times; read as `[]` when it does not occur. */
export interface ListField<T = never> {
  readonly kind: "list";
  readonly element?: string | undefined;
  readonly item: ItemOf<T>;
}

type ItemOf<T> = [T] extends [object] ? (T extends Date ? ScalarField<"date"> : ObjectField<T>) : ScalarFor<T>;

type ScalarFor<V> = [V] extends [string]
  ? ScalarField<"text"> | ScalarField<"key">
  : [V] extends [number]
    ? ScalarField<"number">
    : [V] extends [boolean]
      ? ScalarField<"boolean">
      : [V] extends [bigint]
        ? ScalarField<"bigint">
        : never;

/** The field that fits a property of type `V`. */
export type FieldFor<V> = [V] extends [string | number | boolean | bigint]
  ? ScalarFor<V>
  : [V] extends [Date]
    ? ScalarField<"date">
    : [V] extends [readonly (infer U)[]]
      ? ListField<U>
      : ObjectField<V>;

/** One field for each property of `T`, optional ones included: a forgotten or misspelt one does not compile. */
export type Shape<T> = { readonly [P in keyof T]-?: FieldFor<NonNullable<T[P]>> };

/** Any field, for code that walks shapes. */
export type AnyField = ScalarField | ObjectField<never> | ListField<never>;

/** Any shape, for code that walks shapes. */
export type AnyShape = Readonly<Record<string, AnyField>>;

/** Text as it stands: never trimmed, never converted. */
export const text: ScalarField<"text"> = { kind: "text", read: undefined };
/** Text that is percent-decoded when the document says `<EncodingType>url</EncodingType>`. */
export const key: ScalarField<"key"> = { kind: "key", read: decodePercent };
/** A decimal number. */
export const number: ScalarField<"number"> = {
  kind: "number",
  read: (word) => (/^-?\d+(\.\d+)?$/.test(word) ? Number(word) : undefined),
};
/** `true` or `false`. */
export const boolean: ScalarField<"boolean"> = {
  kind: "boolean",
  read: (word) => (/^(true|false)$/i.test(word) ? /^t/i.test(word) : undefined),
};
/** An ISO-8601 date in XML, an HTTP date in headers. */
export const date: ScalarField<"date"> = { kind: "date", read: parseDate };
/** A decimal integer beyond 2^53, such as a CRC-64. */
export const bigint: ScalarField<"bigint"> = {
  kind: "bigint",
  read: (word) => (/^-?\d+$/.test(word) ? BigInt(word) : undefined),
};

/**
 * A nested element; name its type: `object<Owner>({...})`.
 * @param shape the shape of the nested value
 */
export function object<T extends object>(shape: NoInfer<Shape<T>>): ObjectField<T> {
  return { kind: "object", shape };
}

/**
 * A repeated element; name its type: `list<string>(text)`, `list<Rule>(object<Rule>({...}))`.
 * @param item the field of one occurrence
 */
export function list<T>(item: NoInfer<ItemOf<T>>): ListField<T> {
  return { kind: "list", item };
}

/**
 * Gives a field another element name than the property's own.
 * @param element the element; `A/B` is B inside A (a wrapper), `.` is the text of the enclosing element itself
 * @param field the field to name
 */
export function named<F extends { readonly kind: string }>(element: string, field: F): F {
  return { ...field, element };
}
