/** Arguments are checked before any request, and messages name the value. */
import { encodeUtf8 } from "../../../src/codec/utf8.ts";
import { checkBucket, checkHeader, checkInteger, checkKey, show } from "../../../src/core/validate.ts";
import { assert, fc, test } from "../../harness.ts";

test("bucket names: 3 to 63 of a-z, 0-9 and inner hyphens", () => {
  for (const name of ["abc", "a-b", "0a0", "a".repeat(63), "xn--a"]) checkBucket(name);
  const bad = [
    "",
    "ab",
    "a".repeat(64),
    "-abc",
    "abc-",
    "Abc",
    "a_bc",
    "a.bc",
    "a b",
    "abc\n",
    "äbc",
    undefined,
    null,
    42,
    {},
  ];
  for (const name of bad) assert.throws(() => checkBucket(name), TypeError, /bucket/, String(name));
});

test("keys: 1 to 1,023 bytes of well-formed text that a URL can name", () => {
  const good = [
    "a",
    "a/b",
    "a//b",
    "a/../b",
    "...",
    ".a",
    "..a/",
    "?acl",
    "%",
    "+",
    " ",
    "\u0001",
    "é",
    "\uFF5E",
    "\u{1F600}",
    "a/",
  ];
  for (const key of [...good, "k".repeat(1023), "é".repeat(511)]) checkKey(key);
  const bad = [
    "",
    ".",
    "..",
    "/a",
    "\\a",
    "\ud83d",
    "a\udc00b",
    "k".repeat(1024),
    "é".repeat(512),
    undefined,
    null,
    7,
    {},
  ];
  for (const key of bad) assert.throws(() => checkKey(key), TypeError, /key/, String(key));
});

test("the limit of a key is counted in bytes of UTF-8", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 700 }), (text) => {
      const key = `k${text}`;
      const check = (): void => checkKey(key);
      if (encodeUtf8(key).length > 1023) assert.throws(check, TypeError);
      else check();
    }),
  );
});

test("header values: what every runtime sends as the same bytes", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (value) => {
      const check = (): void => checkHeader("x-oss-meta-a", value);
      if (/^[\t\x20-\x7e]*$/.test(value)) check();
      else assert.throws(check, TypeError, /x-oss-meta-a.*encodeURIComponent/s);
    }),
  );
});

test("header names are tokens", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (name) => {
      const check = (): void => checkHeader(name, "value");
      if (/^[\w!#$%&'*+.^`|~-]+$/.test(name)) check();
      else assert.throws(check, TypeError);
    }),
  );
  for (const name of ["X-OSS-Meta-a_1", "!#$%&'*+-.^_`|~"]) checkHeader(name, "value");
  for (const name of ["", "a b", "a:b", "a\n", "(a)", "ä"])
    assert.throws(() => checkHeader(name, "value"), TypeError, name);
});

test("whole numbers within bounds, the bounds included", () => {
  for (const value of [1, 5, 10]) checkInteger("partNumber", value, 1, 10);
  for (const value of [0, 11, 1.5, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
    assert.throws(
      () => checkInteger("partNumber", value, 1, 10),
      RangeError,
      new RegExp(`partNumber.*1.*10.*${value}`),
    );
  }
  checkInteger("position", Number.MAX_SAFE_INTEGER, 0);
});

test("values in messages are quoted and shortened", () => {
  assert.equal(show("a\n"), '"a\\n"');
  assert.equal(show(undefined), "undefined");
  assert.isAtMost(show("x".repeat(5000)).length, 80);
});
