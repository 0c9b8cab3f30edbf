/** Presigned URLs: what is signed, what must be sent along, when they end, and what is refused before signing. */
import { presign } from "../../../src/core/presign.ts";
import { CredentialsError } from "../../../src/errors.ts";
import { getObject, listObjectsV2, putObject, uploadPart } from "../../../src/operations/mod.ts";
import type { Credentials } from "../../../src/types.ts";
import { assert, test } from "../../harness.ts";
import { failure } from "../streams/support.ts";
import { clientOf, done, KEYS, refusal, STS, scripted } from "./support.ts";

const TIME = Date.UTC(2024, 5, 15, 8, 9, 10) + 900;
const now = (): number => TIME;
const { fetch } = scripted(done());

test("V4: the query holds the signature's parts; nothing of it is in a header", async () => {
  const client = clientOf(fetch, { now, credentials: STS });
  const { url, method, signedHeaders, headers, expires } = await presign(
    client,
    getObject,
    { key: "a b/c.txt", versionId: "v" },
    { expiresIn: 600 },
  );
  const parsed = new URL(url);
  assert.equal(parsed.origin + parsed.pathname, "https://photos.oss-cn-hangzhou.aliyuncs.com/a%20b/c.txt");
  const { "x-oss-signature": signature, ...query } = Object.fromEntries(parsed.searchParams);
  assert.deepEqual(query, {
    versionId: "v",
    "x-oss-signature-version": "OSS4-HMAC-SHA256",
    "x-oss-credential": "STS.ak/20240615/cn-hangzhou/oss/aliyun_v4_request",
    "x-oss-date": "20240615T080910Z",
    "x-oss-expires": "600",
    "x-oss-security-token": "token",
  });
  assert.match(signature ?? "", /^[0-9a-f]{64}$/);
  assert.deepEqual({ method, signedHeaders, headers }, { method: "GET", signedHeaders: {}, headers: {} });
  assert.equal(expires.getTime(), Date.UTC(2024, 5, 15, 8, 19, 10), "the second that the URL names, not a later one");
});

test("V1: the URL names the second at which it ends", async () => {
  const client = clientOf(fetch, { now, credentials: STS, signatureVersion: "v1" });
  const { url, expires } = await presign(client, getObject, { key: "a" }, { expiresIn: 600 });
  const query = Object.fromEntries(new URL(url).searchParams);
  assert.hasAllKeys(query, ["Expires", "OSSAccessKeyId", "security-token", "Signature"]);
  assert.equal(query["Expires"], String(Date.UTC(2024, 5, 15, 8, 19, 10) / 1000));
  assert.equal(expires.getTime(), Number(query["Expires"]) * 1000);
});

test("headers of the input are told: all of them, and those that the signature covers", async () => {
  const client = clientOf(fetch, { now, additionalHeaders: ["Cache-Control"] });
  const input = {
    key: "a.html",
    contentType: "text/html",
    contentMd5: "MD5",
    cacheControl: "no-cache",
    contentEncoding: "br",
    metadata: { A: "1" },
    contentLength: 5,
  };
  const { signedHeaders, headers, url } = await presign(client, putObject, input, { expiresIn: 60 });
  const signed = {
    "content-type": "text/html",
    "content-md5": "MD5",
    "x-oss-meta-a": "1",
    "cache-control": "no-cache",
  };
  assert.deepEqual(signedHeaders, signed);
  assert.deepEqual(headers, { ...signed, "content-encoding": "br" });
  assert.equal(new URL(url).searchParams.get("x-oss-additional-headers"), "cache-control");
});

test("a content type is never added: whoever sends the request would have to guess it", async () => {
  for (const signatureVersion of ["v4", "v1"] as const) {
    const { headers } = await presign(
      clientOf(fetch, { signatureVersion }),
      putObject,
      { key: "page.html" },
      { expiresIn: 60 },
    );
    assert.deepEqual(headers, {});
  }
});

test("any operation: lists and parts too", async () => {
  const client = clientOf(fetch);
  const list = new URL((await presign(client, listObjectsV2, { prefix: "a b" }, { expiresIn: 60 })).url);
  assert.equal(list.pathname, "/");
  assert.equal(list.searchParams.get("prefix"), "a b");
  const part = await presign(client, uploadPart, { key: "k", uploadId: "u", partNumber: 2 }, { expiresIn: 60 });
  assert.equal(part.method, "PUT");
  assert.equal(new URL(part.url).searchParams.get("partNumber"), "2");
});

test("the lifetime is checked before credentials are asked for", async () => {
  let asked = 0;
  const credentials = (): Credentials => {
    asked++;
    return KEYS;
  };
  for (const expiresIn of [0, -1, 1.5, Number.NaN, 604_801, Number.POSITIVE_INFINITY]) {
    const error = await failure(presign(clientOf(fetch, { credentials }), getObject, { key: "a" }, { expiresIn }));
    assert.instanceOf(error, RangeError, String(expiresIn));
  }
  assert.instanceOf(
    await failure(presign(clientOf(fetch, { credentials }), getObject, { key: "" }, { expiresIn: 1 })),
    TypeError,
  );
  assert.equal(asked, 0);
  await presign(clientOf(fetch, { credentials }), getObject, { key: "a" }, { expiresIn: 604_800 });
  await presign(
    clientOf(fetch, { credentials, signatureVersion: "v1" }),
    getObject,
    { key: "a" },
    { expiresIn: 604_801 },
  );
});

test("temporary keys end the URL earlier, and the result says so", async () => {
  const end = TIME + 90_000;
  for (const expiration of [end, new Date(end), new Date(end).toISOString()]) {
    const client = clientOf(fetch, { now, credentials: { ...STS, expiration } });
    assert.equal((await presign(client, getObject, { key: "a" }, { expiresIn: 3600 })).expires.getTime(), end);
    assert.isBelow((await presign(client, getObject, { key: "a" }, { expiresIn: 60 })).expires.getTime(), end);
  }
});

test("what the client learnt of the service's clock applies to URLs", async () => {
  const HOUR = 3_600_000;
  const skewed = refusal(403, "RequestTimeTooSkewed", { ServerTime: new Date(TIME + 3 * HOUR).toISOString() });
  const client = clientOf(scripted(skewed, done()).fetch, { now });
  await getObject(client, { key: "a" });
  const { url, expires } = await presign(client, getObject, { key: "a" }, { expiresIn: 60 });
  assert.equal(new URL(url).searchParams.get("x-oss-date"), "20240615T110910Z");
  assert.equal(expires.getTime(), Date.UTC(2024, 5, 15, 11, 10, 10));
});

test("without keys nothing can be presigned", async () => {
  const error = await failure(
    presign(clientOf(fetch, { credentials: "anonymous" }), getObject, { key: "a" }, { expiresIn: 60 }),
  );
  assert.instanceOf(error, CredentialsError);
});

test("V1 refuses keys that would sign as sub-resources", async () => {
  const client = clientOf(fetch, { signatureVersion: "v1" });
  assert.match(
    String(await failure(presign(client, getObject, { key: "?acl" }, { expiresIn: 60 }))),
    /TypeError.*"v4"/,
  );
});

test("waiting for credentials ends with the signal", async () => {
  const client = clientOf(fetch, { credentials: () => new Promise<never>(() => {}) });
  const controller = new AbortController();
  const waiting = presign(client, getObject, { key: "a" }, { expiresIn: 60, signal: controller.signal });
  controller.abort("enough");
  assert.equal(await failure(waiting), "enough");
});
