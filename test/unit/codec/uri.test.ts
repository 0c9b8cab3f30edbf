import { decodePercent, encodeComponent, encodePath, encodeQuery, keyToPath } from "../../../src/codec/uri.ts";
import { assert, fc, test } from "../../harness.ts";

const anyText = fc.string({ unit: "binary" });
/** Keys that provoke URL parsers: few letters, many of them special. */
const nastyKey = fc
  .array(
    fc.constantFrom("a", "/", ".", "..", "%", "%2e", "%2F", "+", " ", "?", "#", "\\", "~", "é", "😀", "\t", "\n", ":"),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((pieces) => pieces.join(""))
  .filter((key) => !key.startsWith("/") && key !== "." && key !== "..");

test("encodeComponent: only the unreserved characters of RFC 3986 stay", () => {
  const kept = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).filter(
    (character) => encodeComponent(character) === character,
  );
  assert.equal(kept.join(""), "-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~");
  assert.equal(encodeComponent("a/b c!'()*é😀+%"), "a%2Fb%20c%21%27%28%29%2A%C3%A9%F0%9F%98%80%2B%25");
});

test("encodePath: slashes stay, all else as in a component", () => {
  assert.equal(encodePath("/a b/%2F/é*"), "/a%20b/%252F/%C3%A9%2A");
  fc.assert(
    fc.property(anyText, (text) => {
      assert.equal(encodePath(text), text.split("/").map(encodeComponent).join("/"));
    }),
  );
});

test("lone surrogates have no UTF-8: a TypeError that shows the text", () => {
  for (const encode of [encodeComponent, encodePath, keyToPath])
    assert.throws(() => encode("a\ud800"), TypeError, "a\\ud800");
});

test("decodePercent undoes every encoder", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      assert.equal(decodePercent(encodeComponent(text)), text);
      assert.equal(decodePercent(encodePath(text)), text);
    }),
  );
});

test("decodePercent: malformed escapes and plus signs stay, their neighbours are decoded", () => {
  for (const [text, decoded] of [
    ["a+b", "a+b"],
    ["100%", "100%"],
    ["%zz%41", "%zzA"],
    ["%FF%41%C3%A9", "%FFAé"],
    ["%C3%41", "%C3A"],
    ["%e2%82%ac%2", "€%2"],
    ["%ED%A0%80", "%ED%A0%80"],
    ["%2541", "%41"],
    ["é%20😀", "é 😀"],
  ] as const)
    assert.equal(decodePercent(text), decoded, text);
});

test("keyToPath: every key arrives as it is through the URL parser", () => {
  fc.assert(
    fc.property(nastyKey, (key) => {
      const url = new URL(`http://b.example.com/${keyToPath(key)}`);
      assert.equal(decodeURIComponent(url.pathname), `/${key}`);
      assert.equal(url.search + url.hash, "");
    }),
    { numRuns: 500 },
  );
});

test("keyToPath: slashes are escaped only where dots would be resolved", () => {
  for (const [key, path] of [
    ["a/b", "a/b"],
    ["a//b", "a//b"],
    ["a/../b", "a%2F..%2Fb"],
    ["./a", ".%2Fa"],
    ["a/.", "a%2F."],
    ["a/.b/..c/d..", "a/.b/..c/d.."],
  ] as const)
    assert.equal(keyToPath(key), path);
});

test("encodeQuery: order kept, bare names, everything escaped", () => {
  assert.equal(encodeQuery([]), "");
  assert.equal(
    encodeQuery([
      ["acl", null],
      ["prefix", ""],
      ["a b&=", "c+d/*"],
    ]),
    "acl&prefix=&a%20b%26%3D=c%2Bd%2F%2A",
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(anyText, anyText)), (pairs) => {
      assert.deepEqual([...new URLSearchParams(encodeQuery(pairs))], pairs);
    }),
  );
});
