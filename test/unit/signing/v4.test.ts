import type { SigningInput } from "../../../src/signing/canonical.ts";
import { presignV4, signV4 } from "../../../src/signing/v4.ts";
import { assert, test } from "../../harness.ts";
import { atOnce, makeContext, notingHash } from "./support.ts";

const get: SigningInput = { method: "GET", bucket: "b", key: "k", query: [], headers: {} };

/** Signs and returns the canonical request, whose lines tell what was signed. */
function canonicalOf(input: Partial<SigningInput>, additionalHeaders: readonly string[] = []): string {
  const notes = notingHash();
  signV4({ ...get, ...input }, makeContext({ hash: notes.hash, additionalHeaders }));
  return notes.texts[0] ?? "";
}

test("a V4 header signature with a synchronous hash is no promise and leaves the input alone", () => {
  const headers = { "content-type": "text/plain" };
  const query: [string, null][] = [["acl", null]];
  const signed = atOnce(signV4({ ...get, query, headers }, makeContext()));
  assert.sameMembers(Object.keys(signed), ["x-oss-date", "x-oss-content-sha256", "authorization"]);
  assert.deepEqual(headers, { "content-type": "text/plain" });
  assert.deepEqual(query, [["acl", null]]);
});

test("the headers that sign a repeated attempt replace those of the first", () => {
  const credentials = { accessKeyId: "STS.ak", accessKeySecret: "sk", securityToken: "new" };
  const stale = { "x-oss-date": "20200101T000000Z", "x-oss-security-token": "old", authorization: "old" };
  const fresh = signV4(get, makeContext({ credentials }));
  assert.deepEqual(signV4({ ...get, headers: stale }, makeContext({ credentials })), fresh);
});

test("headers are signed in the order of their names, others are not", () => {
  const headers = { "x-oss-meta-b": "2  3", "x-other": "no", "content-type": "a/b" };
  const lines = canonicalOf({ headers }).split("\n").slice(3);
  assert.deepEqual(lines.slice(0, 5), [
    "content-type:a/b",
    "x-oss-content-sha256:UNSIGNED-PAYLOAD",
    "x-oss-date:20240615T080910Z",
    "x-oss-meta-b:2  3",
    "",
  ]);
});

test("additional headers: lower-cased, sorted, once each, without those absent, empty or signed anyway", () => {
  const headers = {
    range: "bytes=0-1",
    "if-match": "",
    "cache-control": "no-cache",
    "x-oss-meta-a": "1",
  };
  const wanted = ["Range", "cache-control", "RANGE", "if-match", "etag", "x-oss-meta-a", "content-type", "host"];
  const canonical = canonicalOf({ headers }, wanted);
  assert.include(canonical, "\ncache-control:no-cache\nrange:bytes=0-1\nx-oss-content-sha256:");
  assert.match(canonical, /\n\ncache-control;range\nUNSIGNED-PAYLOAD$/);
});

test("the host is signed when it is an additional header, and only then; it is never set", () => {
  const host = "b.oss-cn-hangzhou.aliyuncs.com";
  // Runtimes send that of the URL, whatever a caller names.
  const headers = { host: "proxy.example" };
  assert.include(canonicalOf({ host, headers }, ["Host"]), `\nhost:${host}\n`);
  assert.equal(canonicalOf({ host, headers }), canonicalOf({}));
  const { authorization, ...others } = atOnce(
    signV4({ ...get, host, headers }, makeContext({ additionalHeaders: ["host"] })),
  );
  assert.include(authorization, ",AdditionalHeaders=host,Signature=");
  assert.hasAllKeys(others, ["x-oss-date", "x-oss-content-sha256"]);
});

test("parameters are sorted by encoded name, then value: neither = nor the value takes part in the order of names", () => {
  const query: [string, string | null][] = [
    ["a2", "1"],
    ["a.b", null],
    ["a-b", "1"],
    ["a", "2"],
    ["a", "10"],
    ["a", null],
    ["\u{1f600}", "\u{ff5e}"],
    ["\u{ff5e}", "1"],
  ];
  const expected = "%EF%BD%9E=1&%F0%9F%98%80=%EF%BD%9E&a&a=10&a=2&a-b=1&a.b&a2=1";
  assert.equal(canonicalOf({ query }).split("\n")[2], expected);
});

test("names that JavaScript objects inherit are ordinary parameters", () => {
  const query: [string, string][] = ["constructor", "toString", "__proto__"].map((name) => [name, "1"]);
  assert.include(canonicalOf({ query }), "\n__proto__=1&constructor=1&toString=1\n");
  assert.deepEqual(atOnce(presignV4({ ...get, query }, makeContext(), 60)).slice(0, 3), query);
});

test("a V4 URL adds no header, keeps other parameters and replaces those of an earlier signature", () => {
  const context = makeContext({ credentials: { accessKeyId: "STS.ak", accessKeySecret: "sk", securityToken: "t" } });
  const headers = { "content-type": "text/plain", range: "bytes=0-1" };
  const signing = { ...context, additionalHeaders: ["range"] };
  const first = atOnce(presignV4({ ...get, headers, query: [["x-oss-process", "image/info"]] }, signing, 60));
  assert.deepEqual(presignV4({ ...get, headers, query: first }, signing, 60), first);
  assert.deepEqual(
    first.map(([name]) => name),
    [
      "x-oss-process",
      "x-oss-signature-version",
      "x-oss-credential",
      "x-oss-date",
      "x-oss-expires",
      "x-oss-security-token",
      "x-oss-additional-headers",
      "x-oss-signature",
    ],
  );
  const notes = notingHash();
  presignV4({ ...get, headers, query: first }, makeContext({ hash: notes.hash }), 60);
  assert.notMatch(String(notes.texts[0]), /security-token|additional-headers|x-oss-content-sha256/);
  assert.match(String(notes.texts[0]), /\ncontent-type:text\/plain\n\n\nUNSIGNED-PAYLOAD$/);
});

test("expiresIn is checked before anything is signed", () => {
  for (const expiresIn of [0, -1, 1.5, 604_801, Number.NaN, Number.POSITIVE_INFINITY]) {
    const notes = notingHash();
    assert.throws(
      () => presignV4(get, makeContext({ hash: notes.hash }), expiresIn),
      RangeError,
      new RegExp(`expiresIn is ${expiresIn}\\b.* 604800`),
    );
    assert.lengthOf(notes.texts, 0);
  }
  for (const expiresIn of [1, 604_800]) {
    assert.deepInclude(atOnce(presignV4(get, makeContext(), expiresIn)), ["x-oss-expires", `${expiresIn}`]);
  }
});
