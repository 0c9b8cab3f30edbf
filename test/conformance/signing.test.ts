/** What a signature covers, who may sign, and how long: V4 and V1, in headers and in URLs. */

import type { UnsignedRequest } from "../../src/mod.ts";
import { createClient, createPresigner, getObject, listObjectsV2, presign, putObject } from "../../src/mod.ts";
import { defaultHash } from "../../src/signing/hmac.ts";
import { hash } from "../../src/signing/sync_hash.ts";
import { signV1 } from "../../src/signing/v1.ts";
import { signV4 } from "../../src/signing/v4.ts";
import { assert, environment, test } from "../harness.ts";
import { createBackend } from "./support/tokens.ts";
import { assertRefused, failureOf, VERSIONS, world } from "./support/world.ts";

const { account, bucket, region, serviceUrl } = environment;
const additionalHeaders = ["Host", "range", "X-Trace", "content-type", "x-not-there"];

test("additional headers are signed where the request has them", async (t) => {
  const { client, oss, wire } = world(t, { client: { additionalHeaders } });
  await putObject(client, { key: "a", body: "hello", headers: { "x-trace": " spaced " } });
  assert.equal(await (await getObject(client, { key: "a", range: [1, 2] })).text(), "el");
  // The one of the URL is signed, whatever a caller names: runtimes send no other.
  const unreal = { key: "a", headers: { host: "proxy.example" } };
  const { url } = await presign(client, getObject, unreal, { expiresIn: 60 });
  assert.equal((await oss.fetch(url, {})).status, 200);
  const [put, get] = wire.sent.map(({ headers }) => headers.get("authorization") ?? "");
  assert.include(put, "AdditionalHeaders=host;x-trace,");
  assert.include(get, "AdditionalHeaders=host;range,");
  const spoilt = world(t, {
    client: {
      additionalHeaders,
      fetch: (url, init) =>
        oss.fetch(url, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), range: "bytes=0-0" } }),
    },
  });
  const refused = { status: 403, code: "SignatureDoesNotMatch", ec: "0002-00000201" };
  await assertRefused(getObject(spoilt.client, { key: "a", range: [1, 2] }), refused);
});

test("the host is signed as it is sent, over a socket too", { insecure: true }, async () => {
  const common = { endpoint: serviceUrl, region, bucket, credentials: account };
  const client = createClient({ ...common, additionalHeaders: ["host"] });
  assert.equal((await listObjectsV2(client, { prefix: "none" })).status, 200);
  const { url } = await presign(client, listObjectsV2, { prefix: "none" }, { expiresIn: 60 });
  assert.include(url, "x-oss-additional-headers=host");
  assert.equal((await fetch(url)).status, 200);
});

for (const signatureVersion of VERSIONS) {
  const client = { signatureVersion };

  test(`the holder of a link must send what was signed, and may send more (${signatureVersion})`, async (t) => {
    const { client: signer, oss } = world(t, { client });
    const input = { key: "a", contentType: "text/plain", metadata: { a: "1" }, cacheControl: "no-cache" };
    const { url, method, signedHeaders, headers } = await presign(signer, putObject, input, { expiresIn: 60 });
    assert.deepEqual(signedHeaders, { "content-type": "text/plain", "x-oss-meta-a": "1" });
    assert.deepEqual(headers, { ...signedHeaders, "cache-control": "no-cache" });
    const send = async (sent: Record<string, string>): Promise<number> =>
      (await oss.fetch(url, { method, headers: sent, body: new Uint8Array([1]) })).status;
    assert.equal(await send({ ...headers }), 200);
    assert.equal(await send({ ...signedHeaders, "x-more": "1" }), 200);
    for (const missing of Object.keys(signedHeaders)) {
      const { [missing]: _, ...rest } = signedHeaders;
      assert.equal(await send(rest), 403, missing);
      assert.equal(await send({ ...rest, [missing]: "other" }), 403, missing);
    }
    assert.equal(await send({ ...signedHeaders, "x-oss-meta-b": "2" }), 403);
    assert.equal((await oss.fetch(url, { method: "GET" })).status, 403);
    assert.equal((await oss.fetch(url.replace("/a?", "/b?"), { method, headers: signedHeaders })).status, 403);
    const both = { ...signedHeaders, authorization: "OSS4-HMAC-SHA256 Credential=x" };
    assert.equal((await oss.fetch(url, { method, headers: both, body: "x" })).status, 400);
  });

  test(`a link ends when it says, or with its keys (${signatureVersion})`, async (t) => {
    // Signatures count in whole seconds.
    let now = Math.floor(Date.now() / 1000) * 1000;
    const clock = (): number => now;
    const service = { buckets: [bucket], accounts: [account], now: clock };
    const { oss } = world(t, { service });
    const backend = createBackend(() => oss, { seconds: 300 });
    const set = world(t, { client: { ...client, now: clock, fetch: oss.fetch, credentials: backend.provider } });
    await putObject(set.client, { key: "a", body: "hello" });
    const short = await presign(set.client, getObject, { key: "a" }, { expiresIn: 60 });
    const long = await presign(set.client, getObject, { key: "a" }, { expiresIn: 600 });
    assert.equal(short.expires.getTime(), now + 60_000);
    assert.equal(long.expires.getTime(), backend.issued[0]?.expiration.getTime());
    const status = async ({ url }: { url: string }): Promise<number> => (await oss.fetch(url)).status;
    now += 55_000;
    assert.deepEqual([await status(short), await status(long)], [200, 200]);
    now += 10_000;
    assert.deepEqual([await status(short), await status(long)], [403, 200]);
    now += 250_000;
    assert.deepEqual([await status(short), await status(long)], [403, 403]);
  });

  test(`seven days are the most, and a whole number (${signatureVersion})`, async (t) => {
    const { client: signer } = world(t, { client });
    const sign = (expiresIn: number): Promise<unknown> => presign(signer, getObject, { key: "a" }, { expiresIn });
    await sign(604_800);
    for (const bad of [0, -1, 1.5, Number.NaN]) assert.instanceOf(await failureOf(sign(bad)), RangeError);
    if (signatureVersion === "v4") assert.instanceOf(await failureOf(sign(604_801)), RangeError);
    else await sign(604_801);
  });

  test(`a synchronous presigner makes the same links (${signatureVersion})`, async (t) => {
    const now = Date.now();
    const { client: signer, oss } = world(t, { client: { ...client, now: () => now } });
    await putObject(signer, { key: "a b", body: "hello" });
    const presigner = await createPresigner(signer);
    const { url } = presigner.presign(getObject, { key: "a b" }, { expiresIn: 60 });
    assert.equal(url, (await presign(signer, getObject, { key: "a b" }, { expiresIn: 60 })).url);
    assert.equal(await (await oss.fetch(url)).text(), "hello");
  });

  test(`every hash signs alike (${signatureVersion})`, async (t) => {
    for (const given of [undefined, hash]) {
      const { client: signer } = world(t, { client: { ...client, hash: given } });
      await putObject(signer, { key: "a", body: "hello" });
      assert.equal(await (await getObject(signer, { key: "a" })).text(), "hello");
    }
  });

  test(`somebody else may sign (${signatureVersion})`, async (t) => {
    const asked: UnsignedRequest[] = [];
    const { client: page, oss } = world(t, {
      client: {
        ...client,
        credentials: undefined,
        async sign(request) {
          asked.push(request);
          const { method, query, headers } = request;
          const context = { credentials: account, region, time: new Date(), hash: await defaultHash() };
          const input = {
            method,
            bucket: request.bucket,
            key: request.key,
            query,
            headers: Object.fromEntries(headers),
          };
          return (signatureVersion === "v4" ? signV4 : signV1)(input, context);
        },
      },
    });
    oss.faults.add({ operation: "PutObject", kind: "status", status: 503 });
    await putObject(page, { key: "a b", body: "hello", metadata: { a: "1" } });
    assert.equal(await (await getObject(page, { key: "a b", responseContentType: "text/css" })).text(), "hello");
    assert.lengthOf((await listObjectsV2(page, { prefix: "a b" })).objects, 1);
    assert.lengthOf(asked, 4, "each attempt is signed anew");
    assert.deepEqual(asked[2]?.query, [["response-content-type", "text/css"]]);
    assert.equal(asked[0]?.headers.get("x-oss-meta-a"), "1");
  });
}

test("a signature for another region is refused with what is wrong", async (t) => {
  const { oss } = world(t);
  const endpoint = "https://oss-cn-hangzhou.aliyuncs.com";
  const client = createClient({ endpoint, region: "cn-beijing", bucket, credentials: account, fetch: oss.fetch });
  await assertRefused(listObjectsV2(client, {}), { status: 400, code: "InvalidArgument", ec: "0002-00000226" });
});
