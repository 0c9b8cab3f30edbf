import { createTestOSS } from "../../../src/testing/mod.ts";
import { assert, test } from "../../harness.ts";
import { type Reply, type Site, site } from "./site.ts";

const KEYS = ["a b", "a/1", "a/2", "b+c", "b/é/1", "\uff5e", "\u{1f600}"];

async function filled(): Promise<Site> {
  const ask = site(createTestOSS({ buckets: ["photos"] }), "photos");
  for (const key of KEYS) await ask("PUT", `/${encodeURIComponent(key)}`, { body: key });
  return ask;
}

const decoded = (texts: string[]): string[] => texts.map((text) => decodeURIComponent(text));

async function walk(ask: Site, first: string, next: (reply: Reply) => string | undefined): Promise<string[][]> {
  const pages: string[][] = [];
  for (let target: string | undefined = first; target !== undefined && pages.length < 20; ) {
    const reply: Reply = await ask("GET", target);
    assert.equal(reply.status, 200, reply.text);
    pages.push([
      ...decoded(reply.all("Key")),
      ...decoded(reply.all("CommonPrefixes").concat(reply.all("Prefix").slice(1))),
    ]);
    const more = next(reply);
    assert.deepEqual(reply.all("IsTruncated"), [String(more !== undefined)]);
    target = more;
  }
  return pages;
}

test("testing/list: V1 by marker, V2 by token, in byte order, to the end", async () => {
  const ask = await filled();
  const v1 = await walk(ask, "/?max-keys=3&encoding-type=url", (reply) => {
    const [marker] = reply.all("NextMarker");
    return marker === undefined ? undefined : `/?max-keys=3&encoding-type=url&marker=${marker}`;
  });
  assert.deepEqual(v1, [KEYS.slice(0, 3), KEYS.slice(3, 6), KEYS.slice(6)]);
  const v2 = await walk(ask, "/?list-type=2&max-keys=2&encoding-type=url", (reply) => {
    const [token] = reply.all("NextContinuationToken");
    return token === undefined ? undefined : `/?list-type=2&max-keys=2&encoding-type=url&continuation-token=${token}`;
  });
  assert.deepEqual(v2.flat(), KEYS);
});

test("testing/list: delimiter, prefix, start-after, key count", async () => {
  const ask = await filled();
  const reply = await ask("GET", "/?list-type=2&delimiter=%2F&encoding-type=url");
  assert.deepEqual(decoded(reply.all("Key")), ["a b", "b+c", "\uff5e", "\u{1f600}"]);
  assert.deepEqual(decoded(reply.all("Prefix")), ["", "a/", "b/"]);
  assert.deepEqual([reply.all("KeyCount"), reply.all("MaxKeys")], [["6"], ["100"]]);
  assert.deepEqual(reply.all("Delimiter"), ["%2F"]);
  const after = await ask("GET", "/?list-type=2&prefix=a&start-after=a%2F1&encoding-type=url");
  assert.deepEqual([decoded(after.all("Key")), after.all("StartAfter")], [["a/2"], ["a%2F1"]]);
});

test("testing/list: names are encoded only when asked, and owners shown by V1, by V2 when asked", async () => {
  const ask = await filled();
  const plain = await ask("GET", "/?prefix=a%20");
  assert.deepEqual([plain.all("Key"), plain.all("EncodingType"), plain.all("DisplayName").length], [["a b"], [], 1]);
  const encoded = await ask("GET", "/?prefix=b%2B&encoding-type=url");
  assert.deepEqual([encoded.all("Key"), encoded.all("EncodingType")], [["b%2Bc"], ["url"]]);
  const owners = async (target: string): Promise<number> => (await ask("GET", target)).all("Owner").length;
  assert.notInclude((await ask("GET", "/?list-type=2")).text, "<Owner>");
  assert.include((await ask("GET", "/?list-type=2&fetch-owner=true")).text, "<Owner>");
  assert.equal(await owners("/?prefix=none"), 0);
  assert.notInclude(plain.text, "xmlns");
});

test("testing/list: control characters go out raw without encoding-type", async () => {
  const ask = site(createTestOSS({ buckets: ["photos"] }), "photos");
  await ask("PUT", "/a%01%3C%26b", { body: "x" });
  assert.include((await ask("GET", "/")).text, "<Key>a\u0001&lt;&amp;b</Key>");
});

test("testing/list: what the service refuses", async () => {
  const ask = await filled();
  const targets = [
    "/?max-keys=1001",
    "/?max-keys=0",
    "/?max-keys=ten",
    "/?encoding-type=base64",
    "/?list-type=2&continuation-token=%21%21",
  ];
  for (const target of targets) {
    const reply = await ask("GET", target);
    assert.deepEqual([reply.status, reply.code], [400, "InvalidArgument"], target);
  }
});
