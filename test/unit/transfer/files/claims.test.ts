/** Paths of downloads: none leaves the folder, none takes another's place. */
import { splitPath } from "../../../../src/streams/safe_path.ts";
import { createClaims } from "../../../../src/transfer/files/claims.ts";
import { assert, fc, test } from "../../../harness.ts";

const ESCAPES = [
  "",
  "/",
  "/etc/passwd",
  "../../etc/passwd",
  "a/../../b",
  "a/..",
  "..",
  ".",
  "./a",
  "a/./b",
  "a//b",
  "a/",
  "a\\b",
  "..\\..\\a",
  "\\\\server\\share",
  "C:/a",
  "c:\\a",
  "a\0.txt",
  "a\nb",
  "\u007f",
  "con",
  "CON.txt",
  "a/Nul",
  "aux.tar.gz",
  "con .txt",
  "x.oss-fetch-part",
  "x.OSS-Fetch-Part/a",
  "com1",
  "LPT\u00b9",
  "a.",
  "a /b",
  "...",
  "\ud800",
];

test("paths that leave the folder, or are other files elsewhere, are refused by name", () => {
  for (const path of ESCAPES) {
    assert.throws(() => splitPath(path), TypeError, /^Cannot use ".*" as a path/, JSON.stringify(path));
    assert.throws(() => createClaims().take(path), TypeError);
  }
  for (const path of [
    "a",
    "a/b.txt",
    "..a",
    "a..b/c",
    "console",
    "com",
    "com10",
    "a:b",
    " a",
    "\u{1F600}/\u00e9",
    ".hidden",
  ])
    assert.deepEqual(splitPath(path), [path.split("/").slice(0, -1), path.split("/").at(-1) ?? ""]);
});

test("whatever is split stays below, for any text", () => {
  const text = fc.oneof(fc.string({ unit: fc.constantFrom("a", ".", "/", "\\", ":", " ", "\0") }), fc.string());
  const property = fc.property(text, (path) => {
    let names: readonly string[];
    try {
      const [folders, name] = splitPath(path);
      names = [...folders, name];
    } catch (error) {
      return assert.instanceOf(error, TypeError);
    }
    assert.equal(names.join("/"), path);
    for (const name of names) assert.isFalse(["", ".", ".."].includes(name) || /[\\/\0]/.test(name));
    // A URL folds what a file system would.
    const url = new URL(`file:///root/${names.map(encodeURIComponent).join("/")}`);
    assert.isTrue(url.pathname.startsWith("/root/"));
  });
  fc.assert(property, { numRuns: 1000 });
});

test("two paths that are one file, or a file and a folder, are refused", () => {
  const clashes = [
    ["a", "a"],
    ["a", "A"],
    ["x/Stra\u00dfe", "x/STRASSE"],
    ["\u00e9", "e\u0301"],
    ["a", "a/b"],
    ["a/b", "a"],
    ["A/b/c", "a/B"],
    ["a/b", "A/B/c/d"],
  ] as const;
  for (const [first, second] of clashes) {
    const claims = createClaims();
    claims.take(first);
    assert.throws(() => claims.take(second), TypeError, "is in its place", `${first} and ${second}`);
  }
  const claims = createClaims();
  for (const path of ["a/b", "a/c", "A/d/e", "a-", "a.txt", "b/a"]) claims.take(path);
});
