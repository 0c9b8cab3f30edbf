/** What was given in the stead of something else, in words. */
import { kindOf } from "../../../src/codec/kind.ts";
import { assert, test } from "../../harness.ts";

const KINDS: readonly (readonly [value: unknown, words: string])[] = [
  [7, "7"],
  [Number.NaN, "NaN"],
  [7n, "7"],
  [true, "true"],
  [undefined, "undefined"],
  [null, "null"],
  ["secret", "text"],
  [Symbol("s"), "Symbol(s)"],
  [{ secret: "secret" }, "an object"],
  [Object.create(null), "an object"],
  [[1], "an Array"],
  [new Date(), "a Date"],
  [new Map(), "a Map"],
  [new Error("secret"), "an Error"],
  [() => "secret", "a function"],
];

test("a value is told by its number or its kind, and what it holds is not shown", () => {
  for (const [value, words] of KINDS) assert.equal(kindOf(value), words);
});
