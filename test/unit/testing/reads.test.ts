import { createTestOSS } from "../../../src/testing/mod.ts";
import { assert, test } from "../../harness.ts";
import { site } from "./site.ts";

const STANDARD = { "x-oss-range-behavior": "standard" };

test("testing/ranges: ignored unless wholly inside, or standard behaviour is asked for", async () => {
  const oss = createTestOSS({ buckets: ["photos"] });
  const ask = site(oss, "photos");
  const body = new Uint8Array(1000).map((_, i) => i & 255);
  await ask("PUT", "/a", { body });
  await ask("PUT", "/empty", { body: "" });
  // range, plain answer, standard answer; "200" = the whole object
  const rows: [string, string, string][] = [
    ["bytes=0-0", "0-0", "0-0"],
    ["bytes=500-999", "500-999", "500-999"],
    ["bytes=999-", "999-999", "999-999"],
    ["bytes=-1000", "0-999", "0-999"],
    ["bytes=-1", "999-999", "999-999"],
    ["bytes=500-2000", "200", "500-999"],
    ["bytes=-2000", "200", "0-999"],
    ["bytes=1000-", "200", "416"],
    ["bytes=1000-2000", "200", "416"],
    ["bytes=-0", "200", "416"],
    ["bytes=5-3", "200", "200"],
    ["bytes=0-1,3-4", "200", "200"],
    ["bytes=-", "200", "200"],
    ["items=0-1", "200", "200"],
  ];
  for (const [range, plain, standard] of rows) {
    for (const [expected, headers] of [
      [plain, {}],
      [standard, STANDARD],
    ] as const) {
      const reply = await ask("GET", "/a", { headers: { ...headers, range } });
      const context = `${range} ${JSON.stringify(headers)}`;
      if (expected === "200" || expected === "416") {
        assert.equal(reply.status, Number(expected), context);
        assert.equal(reply.code, expected === "416" ? "InvalidRange" : undefined, context);
        if (expected === "200") assert.equal(reply.bytes.length, 1000, context);
        continue;
      }
      const [from, to] = expected.split("-").map(Number);
      assert.equal(reply.headers["content-range"], `bytes ${expected}/1000`, context);
      assert.equal(reply.status, 206, context);
      assert.deepEqual([...reply.bytes], [...body.slice(from, (to ?? 0) + 1)], context);
      assert.equal(reply.headers["content-length"], String(reply.bytes.length), context);
    }
  }
  const whole = await ask("GET", "/a");
  const part = await ask("GET", "/a", { headers: { range: "bytes=0-1" } });
  assert.equal(
    part.headers["x-oss-hash-crc64ecma"],
    whole.headers["x-oss-hash-crc64ecma"],
    "the CRC is the whole object's",
  );
  assert.equal((await ask("GET", "/empty", { headers: { range: "bytes=0-" } })).status, 200);
  assert.equal((await ask("GET", "/empty", { headers: { ...STANDARD, range: "bytes=0-" } })).status, 416);
});

test("testing/conditions: 304 and 412, by ETag and by date", async () => {
  const now = Date.UTC(2026, 0, 2, 3, 4, 5);
  const oss = createTestOSS({ buckets: ["photos"], now: () => now });
  const ask = site(oss, "photos");
  const { headers: put } = await ask("PUT", "/a", { body: "hello", time: now });
  const etag = put["etag"] ?? "";
  const [before, same, after] = [-1000, 0, 1000].map((ms) => new Date(now + ms).toUTCString());
  const rows: [Record<string, string | undefined>, number][] = [
    [{ "if-match": etag }, 200],
    [{ "if-match": etag.replaceAll('"', "") }, 200],
    [{ "if-match": `"0", ${etag}` }, 200],
    [{ "if-match": "*" }, 200],
    [{ "if-match": '"0"' }, 412],
    [{ "if-none-match": '"0"' }, 200],
    [{ "if-none-match": etag }, 304],
    [{ "if-none-match": "*" }, 304],
    [{ "if-modified-since": before }, 200],
    [{ "if-modified-since": same }, 304],
    [{ "if-modified-since": after }, 304],
    [{ "if-unmodified-since": before }, 412],
    [{ "if-unmodified-since": same }, 200],
    [{ "if-none-match": '"0"', "if-modified-since": after }, 200],
    [{ "if-match": '"0"', "if-none-match": etag }, 412],
    [{ "if-modified-since": "yesterday" }, 200],
  ];
  for (const [conditions, status] of rows) {
    for (const method of ["GET", "HEAD"]) {
      const headers = Object.fromEntries(Object.entries(conditions).map(([name, value]) => [name, value ?? ""]));
      const reply = await ask(method, "/a", { headers, time: now });
      assert.equal(reply.status, status, `${method} ${JSON.stringify(headers)}`);
      if (status === 304) assert.deepEqual([reply.headers["etag"], reply.bytes.length], [etag, 0]);
      if (status === 412) assert.equal(reply.code, "PreconditionFailed");
    }
  }
});

test("testing/overrides: response-* replace headers for signed requests and are refused to anonymous ones", async () => {
  const oss = createTestOSS({ buckets: [{ name: "photos", acl: "public-read" }] });
  const ask = site(oss, "photos");
  await ask("PUT", "/a", { body: "hello", headers: { "content-type": "text/x-a" } });
  const target = "/a?response-content-type=text%2Fx-b&response-content-disposition=attachment%3B%20filename%3Db";
  const reply = await ask("GET", target);
  assert.deepEqual(
    [reply.headers["content-type"], reply.headers["content-disposition"]],
    ["text/x-b", "attachment; filename=b"],
  );
  const refused = await ask("GET", target, { as: "anonymous" });
  assert.deepEqual([refused.status, refused.code], [400, "InvalidRequest"]);
  assert.equal((await ask("GET", "/a?response-expires=a%0D%0Ab")).status, 400);
  assert.equal((await ask("GET", "/a")).headers["content-type"], "text/x-a");
});
