/** Shapes at random, and values that fit them. */
import {
  type AnyField,
  type AnyShape,
  bigint,
  boolean,
  date,
  key,
  named,
  number,
  type ScalarKind,
  text,
} from "../../../src/codec/shape.ts";
import { fc } from "../../harness.ts";

/** Text with what XML, and readers who take text for something else, find special. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "binary", maxLength: 8 }),
  fc
    .array(
      fc.constantFrom(
        ...["&", "<", ">", '"', "'", "\r", "\n", "\t", "\0", "\x1f", "\x7f", "]]>", "&#10;", "&amp;", " ", "%41"],
        ...["0012", "1e5", "0x1", "true", "null", "<!--", "-->", "<![CDATA[", "é", "\ufeff", "\uffff", "😀"],
      ),
      { maxLength: 6 },
    )
    .map((pieces) => pieces.join("")),
);

const SCALARS: Readonly<Record<ScalarKind, readonly [AnyField, fc.Arbitrary<unknown>]>> = {
  text: [text, anyText],
  key: [key, anyText],
  number: [number, fc.oneof(fc.maxSafeInteger(), fc.constantFrom(0, 0.5, -12.25))],
  boolean: [boolean, fc.boolean()],
  date: [date, fc.date({ min: new Date(0), max: new Date("9999-12-31T00:00:00Z"), noInvalidDate: true })],
  bigint: [bigint, fc.bigInt(-(2n ** 64n), 2n ** 64n)],
};

interface Place {
  readonly kind: ScalarKind | "object" | "own";
  readonly list: boolean;
  /** 0: the property's own name; 1: another one; 2 to 4: inside a wrapper, which neighbours may share. */
  readonly naming: number;
  readonly inner: Plan;
}
type Plan = readonly Place[];

const kind = fc.constantFrom<ScalarKind>("text", "key", "number", "boolean", "date", "bigint");
const plans: fc.Arbitrary<Plan> = fc.letrec<{ plan: Plan; place: Place }>((tie) => ({
  plan: fc.array(tie("place"), { minLength: 1, maxLength: 4, depthIdentifier: "xml" }),
  place: fc.record({
    kind: fc.oneof(
      { depthIdentifier: "xml", maxDepth: 3 },
      kind,
      fc.constantFrom("own" as const),
      fc.constant("object" as const),
    ),
    list: fc.boolean(),
    naming: fc.nat(4),
    inner: fc.oneof({ depthIdentifier: "xml", maxDepth: 3 }, fc.constant([]), tie("plan")),
  }),
})).plan;

const NAMES = ["key", "id", "prefix", "toString", "constructor", "valueOf", "name"];

/** A shape, and the values that it describes. */
export interface Described {
  readonly shape: AnyShape;
  readonly values: fc.Arbitrary<object>;
}

function describe(plan: Plan, isRoot: boolean): Described {
  const shape: Record<string, AnyField> = {};
  const values: Record<string, fc.Arbitrary<unknown>> = {};
  for (const [at, place] of plan.entries()) {
    const property = `${NAMES[at % NAMES.length]}${at}`;
    // An element has one text of its own, next to its children.
    const own = place.kind === "own" && !isRoot && !Object.values(shape).some((field) => field.element === ".");
    const inner = place.kind === "object" && place.inner.length > 0 ? describe(place.inner, false) : undefined;
    const simple = place.kind === "own" || place.kind === "object" ? "text" : place.kind;
    const [scalar, content] = SCALARS[simple];
    const item: AnyField = inner ? { kind: "object", shape: inner.shape as never } : scalar;
    const one: fc.Arbitrary<unknown> = inner?.values ?? content;
    if (own) {
      shape[property] = named(".", text);
      values[property] = anyText;
      continue;
    }
    const list = place.list ? { kind: "list" as const, item: item as never } : item;
    const element = place.naming > 1 ? `W${place.naming}/E${at}` : `E-${at}.x`;
    shape[property] = place.naming === 0 ? list : named(element, list);
    values[property] = place.list ? fc.array(one, { maxLength: 3 }) : fc.option(one, { nil: undefined });
  }
  // What is absent is left out, not set to `undefined`.
  const present = (value: object): object =>
    Object.fromEntries(Object.entries(value).filter(([, held]) => held !== undefined));
  return { shape, values: fc.record(values).map(present) };
}

/** A shape at random with a value that fits it. */
export const anyDocument: fc.Arbitrary<readonly [AnyShape, object]> = plans
  .map((plan) => describe(plan, true))
  .chain(({ shape, values }) => fc.tuple(fc.constant(shape), values));
