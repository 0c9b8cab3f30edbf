import { crc64 } from "../../../src/checksum/crc64.ts";
import { createTestOSS, type Fault, type TestOSS } from "../../../src/testing/mod.ts";
import { assert, test } from "../../harness.ts";
import { readBody, site } from "./site.ts";

const URL = "https://photos.oss-cn-hangzhou.aliyuncs.com";

function open(): TestOSS {
  return createTestOSS({ buckets: [{ name: "photos", acl: "public-read-write" }] });
}

/** What a client sees of a fetch: its status and text, or how it fails. */
async function seen(response: Promise<Response>): Promise<string> {
  try {
    const answer = await response;
    return `${answer.status} ${await readBody(answer)}`;
  } catch (error) {
    return error instanceof TypeError ? "TypeError" : String(error);
  }
}

test("testing/faults: strike by operation, bucket and key, after some, for some", async () => {
  const oss = open();
  const take = oss.faults.add({
    kind: "status",
    status: 503,
    operation: "PutObject",
    bucket: "photos",
    key: "a",
    skip: 1,
    times: 2,
  });
  const put = async (key: string): Promise<number> =>
    (await oss.fetch(`${URL}/${key}`, { method: "PUT", body: "x" })).status;
  assert.deepEqual(
    [await put("a"), await put("b"), await put("a"), await put("a"), await put("a")],
    [200, 200, 503, 503, 200],
  );
  assert.deepEqual(oss.faults.pending, []);
  take();
  const back = oss.faults.add({ kind: "status", status: 500 });
  assert.lengthOf(oss.faults.pending, 1);
  back();
  assert.equal(await put("a"), 200);
});

test("testing/faults: statuses carry the service's code, or a gateway's page", async () => {
  const oss = open();
  oss.faults.add({
    kind: "status",
    status: 503,
    ec: "0000-1",
    headers: { "retry-after": "2", "x-oss-qos-delay-time": "5" },
  });
  oss.faults.add({ kind: "status", status: 502, body: "<html>Bad Gateway</html>", skip: 1 });
  const busy = await oss.fetch(`${URL}/a`);
  assert.deepEqual([busy.status, busy.headers.get("retry-after"), busy.headers.get("x-oss-ec")], [503, "2", "0000-1"]);
  assert.include(await busy.text(), "<Code>ServiceUnavailable</Code>");
  const page = await oss.fetch(`${URL}/a`);
  assert.deepEqual(
    [page.status, await page.text(), page.headers.get("content-type")],
    [502, "<html>Bad Gateway</html>", "text/html"],
  );
});

test("testing/faults: bodies are cut, stalled and altered", async () => {
  const oss = open();
  const text = "0123456789".repeat(100_000);
  const headers = { "content-type": "application/octet-stream" };
  await oss.fetch(`${URL}/big`, { method: "PUT", body: text, headers });
  await oss.fetch(`${URL}/small`, { method: "PUT", body: "0123456789", headers });
  for (const [key, size] of [
    ["big", 1_000_000],
    ["small", 10],
  ] as const) {
    oss.faults.add({ kind: "cut" });
    assert.equal(await seen(oss.fetch(`${URL}/${key}`)), "TypeError", `${key} is cut`);
    oss.faults.add({ kind: "cut", silent: true, at: 0.3 });
    const short = await oss.fetch(`${URL}/${key}`);
    assert.isNull(short.headers.get("content-length"));
    assert.equal((await short.text()).length, size * 0.3);
    oss.faults.add({ kind: "flip", at: 7 });
    const flipped = await oss.fetch(`${URL}/${key}`);
    const bytes = new Uint8Array(await flipped.arrayBuffer());
    assert.deepEqual([bytes[7], bytes[8]], [0x36, 0x38]);
    assert.notEqual(flipped.headers.get("x-oss-hash-crc64ecma"), String(crc64(bytes)));
    oss.faults.add({ kind: "stall", at: 0.5 });
    const gone = new AbortController();
    const stalled = await oss.fetch(`${URL}/${key}`, { signal: gone.signal });
    const reading = readBody(stalled).catch((error: unknown) => error);
    gone.abort(new Error("enough"));
    assert.equal(((await reading) as Error).message, "enough");
  }
});

test("testing/faults: a compressed body that is cut fails like any other", async () => {
  const oss = open();
  await oss.fetch(`${URL}/a.txt`, {
    method: "PUT",
    body: "0123456789".repeat(1000),
    headers: { "content-type": "text/plain" },
  });
  for (const silent of [false, true]) {
    oss.faults.add({ kind: "cut", silent });
    const response = await oss.fetch(`${URL}/a.txt`);
    assert.equal(response.headers.get("content-encoding"), "gzip");
    assert.instanceOf(await readBody(response).catch((error: unknown) => error), TypeError);
  }
});

test("testing/faults: a flipped upload is stored altered, and its CRC-64 tells", async () => {
  const oss = open();
  oss.faults.add({ kind: "flip", at: 1 });
  const put = await oss.fetch(`${URL}/a`, { method: "PUT", body: "abc" });
  assert.equal(await (await oss.fetch(`${URL}/a`)).text(), "acc");
  assert.equal(put.headers.get("x-oss-hash-crc64ecma"), String(crc64(new TextEncoder().encode("acc"))));
  oss.faults.add({ kind: "crc" });
  const wrong = await oss.fetch(`${URL}/a`, { method: "PUT", body: "abc" });
  assert.notEqual(wrong.headers.get("x-oss-hash-crc64ecma"), String(crc64(new TextEncoder().encode("abc"))));
  assert.equal(await (await oss.fetch(`${URL}/a`)).text(), "abc");
});

test("testing/faults: a reset happens before the operation or within its body, a lost answer after it", async () => {
  const oss = open();
  const rows: [Fault, boolean][] = [
    [{ kind: "reset" }, false],
    [{ kind: "reset", at: 0.5 }, false],
    [{ kind: "lost" }, true],
  ];
  for (const [fault, stored] of rows) {
    await oss.fetch(`${URL}/a`, { method: "DELETE" });
    oss.faults.add(fault);
    assert.equal(await seen(oss.fetch(`${URL}/a`, { method: "PUT", body: "abc" })), "TypeError");
    assert.equal((await oss.fetch(`${URL}/a`)).status, stored ? 200 : 404, JSON.stringify(fault));
  }
});

test("testing/faults: a delay waits, and ends when the client leaves", async () => {
  const oss = open();
  oss.faults.add({ kind: "delay", milliseconds: 5 });
  assert.equal((await oss.fetch(`${URL}/a`)).status, 404);
  oss.faults.add({ kind: "delay", milliseconds: Number.POSITIVE_INFINITY });
  const gone = new AbortController();
  const waiting = oss.fetch(`${URL}/a`, { signal: gone.signal }).catch((error: unknown) => error);
  gone.abort("left");
  assert.equal(await waiting, "left");
});

test("testing/faults: a skewed clock refuses with its own time, and accepts who follows it", async () => {
  const now = Date.UTC(2026, 0, 2);
  const oss = createTestOSS({ buckets: ["photos"], now: () => now });
  const ask = site(oss, "photos");
  oss.faults.add({ kind: "skew", milliseconds: 3 * 3_600_000, times: Number.POSITIVE_INFINITY });
  const reply = await ask("GET", "/", { time: now });
  assert.deepEqual(
    [reply.status, reply.code, reply.all("ServerTime")],
    [403, "RequestTimeTooSkewed", ["2026-01-02T03:00:00.000Z"]],
  );
  assert.equal(reply.headers["date"], "Fri, 02 Jan 2026 03:00:00 GMT");
  assert.equal((await ask("GET", "/", { time: now + 3 * 3_600_000 })).status, 200);
});

test("testing/faults: expired keys have every form that the service gives them", async () => {
  const oss = open();
  const rows = [
    [undefined, "SecurityTokenExpired", "0002-00000007"],
    ["InvalidAccessKeyId", "InvalidAccessKeyId", "0002-00000902"],
    ["SecurityTokenLost", "InvalidAccessKeyId", "0002-00000003"],
    ["InvalidSecurityToken", "InvalidSecurityToken", "0002-00000008"],
    ["AccessKeyIdAndSecurityTokenNotMatch", "AccessKeyIdAndSecurityTokenNotMatch", null],
  ] as const;
  for (const [form, code, ec] of rows) {
    oss.faults.add({ kind: "expire", code: form });
    const response = await oss.fetch(`${URL}/a`);
    assert.deepEqual([response.status, response.headers.get("x-oss-ec")], [403, ec]);
    assert.include(await response.text(), `<Code>${code}</Code>`);
  }
});

test("testing/faults: those of any operation leave preflights alone", async () => {
  const oss = open();
  oss.faults.add({ kind: "status", status: 503 });
  const ask = site(oss, "photos");
  const headers = { origin: "https://a.test", "access-control-request-method": "GET" };
  assert.equal((await ask("OPTIONS", "/a", { as: "anonymous", headers })).code, "AccessForbidden");
  oss.faults.add({ kind: "status", status: 500, operation: "OptionObject" });
  assert.equal((await ask("OPTIONS", "/a", { as: "anonymous", headers })).status, 500);
  assert.equal((await ask("GET", "/a")).status, 503);
});
