import { createTestOSS, LENIENCE_NOTES, LENIENCES, type TestOSS } from "../../../src/testing/mod.ts";
import { assert, runtime, test } from "../../harness.ts";
import { readBody, site } from "./site.ts";

const URL = "https://photos.oss-cn-hangzhou.aliyuncs.com";

function open(): TestOSS {
  return createTestOSS({ buckets: [{ name: "photos", acl: "public-read-write" }] });
}

test("testing/fetch: takes what fetch takes, and frames bodies as fetch does", async () => {
  const oss = open();
  const bodies: [BodyInit, string | undefined, string][] = [
    ["text", "4", "text"],
    [new Uint8Array([97, 98]), "2", "ab"],
    [new Uint8Array([97, 98]).buffer, "2", "ab"],
    [new Blob(["blob"], { type: "text/x-b" }), "4", "blob"],
    [new URLSearchParams({ a: "b" }), undefined, "a=b"],
  ];
  for (const [body, length, text] of bodies) {
    const put = await oss.fetch(new Request(`${URL}/a`), { method: "PUT", body });
    assert.equal(put.status, 200, await put.text());
    const headers = oss.requests[oss.requests.length - 1]?.headers;
    assert.equal(headers?.["content-length"], length, text);
    if (length === undefined) assert.equal(headers?.["transfer-encoding"], "chunked");
    assert.equal(await (await oss.fetch(new globalThis.URL(`${URL}/a`))).text(), text);
  }
  const blob = await oss.fetch(`${URL}/b`, { method: "PUT", body: new Blob(["x"], { type: "text/x-b" }) });
  assert.equal(blob.status, 200);
  assert.equal((await oss.fetch(`${URL}/b`, { method: "HEAD" })).headers.get("content-type"), "text/x-b");
  assert.equal((await oss.fetch(`${URL}/c`, { method: "PUT" })).status, 200, "no body is an empty one");
});

test("testing/fetch: offers gzip unless told otherwise or asked for a range", async () => {
  const oss = open();
  await oss.fetch(`${URL}/a`);
  await oss.fetch(`${URL}/a`, { headers: { range: "bytes=0-1" } });
  const [first, second] = oss.requests.map(({ headers }) => headers["accept-encoding"]);
  assert.deepEqual([first, second], ["gzip, deflate", undefined]);
});

test("testing/fetch: rejects with the signal's own reason, before, during and after the answer", async () => {
  const oss = open();
  const reason = new Error("my reason");
  const caught = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);
  assert.equal(await caught(oss.fetch(`${URL}/a`, { signal: AbortSignal.abort(reason) })), reason);
  const during = new AbortController();
  const request = caught(oss.fetch(`${URL}/a`, { method: "PUT", body: "x", signal: during.signal }));
  during.abort(reason);
  assert.equal(await request, reason);
  await oss.fetch(`${URL}/big`, { method: "PUT", body: new Uint8Array(1_000_000) });
  const after = new AbortController();
  const response = await oss.fetch(`${URL}/big`, { signal: after.signal });
  after.abort(reason);
  assert.equal(await caught(readBody(response)), reason);
});

test("testing/fetch: stored bytes cannot be changed from outside", async () => {
  const oss = open();
  const chunk = new Uint8Array([1, 2, 3]);
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(chunk);
      controller.close();
    },
  });
  await oss.serve({
    method: "PUT",
    target: "/a",
    headers: [
      ["host", URL.slice(8)],
      ["transfer-encoding", "chunked"],
    ],
    body,
  });
  chunk.fill(9);
  for (let i = 0; i < 2; i++) {
    const answer = await oss.serve({ method: "GET", target: "/a", headers: [["host", URL.slice(8)]], body: null });
    assert.instanceOf(answer.body, Uint8Array, runtime);
    if (!(answer.body instanceof Uint8Array)) continue;
    assert.deepEqual([...answer.body], [1, 2, 3]);
    answer.body.fill(7);
  }
});

test("testing/handle: answers as a server does: nothing is offered for the client, nothing is decompressed", async () => {
  const oss = open();
  const text = "line of text\n".repeat(200);
  const headers = { "content-type": "text/plain" };
  const put = await oss.handle(new Request(`${URL}/a.txt`, { method: "PUT", body: text, headers }));
  assert.equal(put.status, 200);
  const plain = await oss.handle(new Request(`${URL}/a.txt`));
  assert.deepEqual([plain.headers.get("content-encoding"), await plain.text()], [null, text]);
  const host: [string, string] = ["Host", URL.slice(8)];
  const raw = { target: "/a.txt?x=1", headers: [host, ["accept-encoding", "gzip"]] as [string, string][] };
  const packed = await oss.handle(new Request("http://elsewhere.test/"), raw);
  const bytes = new Uint8Array(await packed.arrayBuffer());
  assert.deepEqual([packed.headers.get("content-encoding"), bytes[0], bytes[1]], ["gzip", 0x1f, 0x8b]);
});

test("testing/log: records calls without secrets, and clear() goes back to the start", async () => {
  const oss = createTestOSS({ buckets: ["photos"] });
  const token = oss.issueToken({ seconds: 60 });
  const ask = site(oss, "photos");
  await ask("PUT", "/a?x-oss-signature-version=", { body: "x", as: token });
  await ask("PUT", "/a", { body: "x", as: token });
  await ask("GET", "/none", { as: token });
  const [, put, get] = oss.requests;
  assert.deepEqual(
    [put?.operation, put?.bucket, put?.key, put?.status, put?.code],
    ["PutObject", "photos", "a", 200, undefined],
  );
  assert.deepEqual([get?.operation, get?.status, get?.code], ["GetObject", 404, "NoSuchKey"]);
  const shown = JSON.stringify(oss.requests);
  for (const secret of [token.securityToken, token.accessKeySecret, "Signature="]) assert.notInclude(shown, secret);
  oss.faults.add({ kind: "crc" });
  await oss.clear();
  assert.deepEqual([oss.requests.length, oss.faults.pending.length], [0, 0]);
  assert.deepEqual((await ask("GET", "/")).all("Key"), []);
});

test("testing/options: leniences are named, described and checked", () => {
  assert.deepEqual(Object.keys(LENIENCE_NOTES).sort(), [...LENIENCES].sort());
  const wrong = { lenient: ["everything"] } as unknown as Parameters<typeof createTestOSS>[0];
  assert.throws(() => createTestOSS(wrong), TypeError, /"everything": choose from skew/);
});
