import { bigint, boolean, date, key, list, named, number, object, type Shape, text } from "../../../src/codec/shape.ts";
import { fc } from "../../harness.ts";

/** A value with every kind of field, in every kind of place. */
export interface Everything {
  name?: string;
  prefix?: string;
  count?: number;
  flag?: boolean;
  time?: Date;
  checksum?: bigint;
  words: string[];
  numbers: number[];
  keys: string[];
  wrapped: string[];
  deep?: string;
  owner?: Owner;
  items: Item[];
}
interface Owner {
  id?: string;
  label?: string;
}
interface Item {
  key?: string;
  own?: string;
  parts: Part[];
}
interface Part {
  number: number;
}

export const everything: Shape<Everything> = {
  name: text,
  prefix: key,
  count: number,
  flag: boolean,
  time: date,
  checksum: named("Crc", bigint),
  words: named("Word", list<string>(text)),
  numbers: named("No", list<number>(number)),
  keys: named("CommonPrefixes/Prefix", list<string>(key)),
  wrapped: named("Tags/Tag", list<string>(text)),
  deep: named("A/B/C", text),
  owner: object<Owner>({ id: named("ID", text), label: text }),
  items: named(
    "Item",
    list<Item>(
      object<Item>({
        key,
        own: named(".", text),
        parts: named("Parts/Part", list<Part>(object<Part>({ number }))),
      }),
    ),
  ),
};

/** Text with what XML finds special. */
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 8 }),
  fc
    .array(
      fc.constantFrom(
        "&",
        "<",
        ">",
        '"',
        "'",
        "\r",
        "\n",
        "\t",
        "\0",
        "\x1f",
        "]]>",
        "&amp;",
        " ",
        "%41",
        "a",
        "é",
        "😀",
      ),
      { maxLength: 6 },
    )
    .map((pieces) => pieces.join("")),
);
const optional = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
/** Drops absent properties: readers leave them out, they do not set them to `undefined`. */
function present<T extends object>(value: { [P in keyof T]: T[P] | undefined }): T {
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries) as T;
}

export const anyPart: fc.Arbitrary<Part> = fc.record({ number: fc.integer() });

export const anything: fc.Arbitrary<Everything> = fc
  .record({
    name: optional(anyText),
    prefix: optional(anyText),
    count: optional(fc.oneof(fc.maxSafeInteger(), fc.constantFrom(0.5, -12.25))),
    flag: optional(fc.boolean()),
    time: optional(fc.date({ min: new Date(0), max: new Date("9999-12-31T00:00:00Z"), noInvalidDate: true })),
    checksum: optional(fc.bigInt(0n, 2n ** 64n - 1n)),
    words: fc.array(anyText, { maxLength: 3 }),
    numbers: fc.array(fc.integer(), { maxLength: 3 }),
    keys: fc.array(anyText, { maxLength: 3 }),
    wrapped: fc.array(anyText, { maxLength: 3 }),
    deep: optional(anyText),
    owner: optional(fc.record({ id: optional(anyText), label: optional(anyText) }).map(present<Owner>)),
    items: fc.array(
      fc
        .record({ key: optional(anyText), own: anyText, parts: fc.array(anyPart, { maxLength: 2 }) })
        .map(present<Item>),
      { maxLength: 3 },
    ),
  })
  .map(present<Everything>);
