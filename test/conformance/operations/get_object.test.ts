/** GetObject against the in-process OSS. */
import { DecodeError, type Fetch, getObject, putObject } from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { assertRefused, bytesOf, failureOf, noise, VERSIONS } from "../support/world.ts";

const body = noise(1000);

for (const signatureVersion of VERSIONS) {
  operationCase(
    "GetObject",
    `answers a Response with its properties (${signatureVersion})`,
    async ({ client }) => {
      const { etag, crc64 } = await putObject(client, {
        key: "a",
        body,
        contentType: "image/png",
        metadata: { a: "1" },
      });
      const response = await getObject(client, { key: "a" });
      assert.instanceOf(response, Response);
      assert.isTrue(response.ok);
      const { status, contentLength, contentType } = response;
      assert.deepEqual(
        { status, contentLength, contentType },
        { status: 200, contentLength: 1000, contentType: "image/png" },
      );
      assert.deepEqual([response.etag, response.crc64], [etag, crc64]);
      assert.deepEqual(response.metadata, { a: "1" });
      assert.equal(response.requestId, response.headers.get("x-oss-request-id") ?? "?");
      assert.deepEqual(await bytesOf(response), body);
    },
    { client: { signatureVersion } },
  );
}

operationCase("GetObject", "reads ranges as HTTP does, not as OSS does by default", async ({ client }) => {
  await putObject(client, { key: "a", body });
  for (const [range, from, to] of [
    [[0, 0], 0, 1],
    [[500, 2000], 500, 1000],
    [[990], 990, 1000],
    [[-10], 990, 1000],
    [[-5000], 0, 1000],
    [[0], 0, 1000],
  ] as const) {
    const response = await getObject(client, { key: "a", range });
    assert.equal(response.status, 206);
    assert.equal(response.contentRange, `bytes ${from}-${to - 1}/1000`);
    assert.deepEqual(await bytesOf(response), body.slice(from, to), JSON.stringify(range));
  }
  await assertRefused(getObject(client, { key: "a", range: [1000] }), {
    status: 416,
    code: "InvalidRange",
    operation: "GetObject",
  });
});

/** What a careless proxy makes of `range`, which no signature covers. */
const spoilRange =
  (range: string | undefined) =>
  (next: Fetch): Fetch =>
  (url, init) => {
    const headers = new Headers(init.headers);
    if (headers.has("range")) headers.delete("range");
    if (range !== undefined && init.method === "GET") headers.set("range", range);
    return next(url, { ...init, headers });
  };

for (const [name, spoilt] of [
  ["the whole object", undefined],
  ["another range", "bytes=1-9"],
] as const) {
  operationCase(
    "GetObject",
    `refuses ${name} where a range was asked for`,
    async ({ client }) => {
      await putObject(client, { key: "a", body });
      for (const range of [[0, 9], [5], [-9]] as const) {
        const error = await failureOf(getObject(client, { key: "a", range }));
        assert.instanceOf(error, DecodeError, JSON.stringify(range));
      }
    },
    { client: { use: [spoilRange(spoilt)] } },
  );
}

operationCase("GetObject", "refuses impossible ranges before any request", async ({ client, oss }) => {
  for (const range of [[5, 4], [0.5], [Number.NaN], [0, Number.POSITIVE_INFINITY], [-0.5]] as const) {
    assert.instanceOf(await failureOf(getObject(client, { key: "a", range })), RangeError, String(range));
  }
  assert.lengthOf(oss.requests, 0);
});

operationCase("GetObject", "returns 304, and throws 412 and 404", async ({ client }) => {
  const { etag = "" } = await putObject(client, { key: "a", body });
  const unchanged = await getObject(client, { key: "a", ifNoneMatch: etag });
  assert.equal(unchanged.status, 304);
  assert.equal(unchanged.etag, etag);
  assert.equal(await unchanged.text(), "");
  assert.equal((await getObject(client, { key: "a", ifMatch: etag })).status, 200);
  await assertRefused(getObject(client, { key: "a", ifMatch: '"0"' }), { status: 412, code: "PreconditionFailed" });
  const error = await assertRefused(getObject(client, { key: "missing" }), {
    status: 404,
    code: "NoSuchKey",
    ec: "0026-00000001",
    operation: "GetObject",
  });
  assert.include(error.message, '"missing"');
  assert.equal(error.hostId, "suite-bucket.oss-cn-hangzhou.aliyuncs.com");
});

operationCase("GetObject", "replaces answer headers", async ({ client }) => {
  await putObject(client, { key: "a", body });
  const response = await getObject(client, {
    key: "a",
    responseContentType: "text/csv",
    responseContentDisposition: 'attachment; filename="a b+.csv"',
    responseContentLanguage: "en",
    responseCacheControl: "no-store",
    responseExpires: "Thu, 01 Jan 1970 00:00:00 GMT",
  });
  assert.deepInclude(response, {
    contentType: "text/csv",
    contentDisposition: 'attachment; filename="a b+.csv"',
    contentLanguage: "en",
    cacheControl: "no-store",
    expires: new Date(0),
  });
  assert.deepEqual(await bytesOf(response), body);
  // Headers are bytes, one a character: a name in UTF-8 is there, byte for byte.
  const named = await getObject(client, {
    key: "a",
    responseContentDisposition: 'attachment; filename="\u6f22\u00e9"',
  });
  assert.equal(named.headers.get("content-disposition"), 'attachment; filename="\xe6\xbc\xa2\xc3\xa9"');
  for (const wrong of ["a\u0000b", "a\nb", "a\u007f"]) {
    const refused = getObject(client, { key: "a", responseContentDisposition: wrong });
    await assertRefused(refused, { status: 400, code: "InvalidArgument", operation: "GetObject" });
  }
});

operationCase(
  "GetObject",
  "answers an empty object, a large one, and one that is only half read",
  async ({ client, oss }) => {
    await putObject(client, { key: "empty", body: "" });
    assert.equal(await (await getObject(client, { key: "empty" })).text(), "");
    const large = noise(1_500_000);
    await putObject(client, { key: "large", body: large });
    const whole = await bytesOf(await getObject(client, { key: "large" }));
    assert.isTrue(whole.every((byte, at) => byte === large[at]) && whole.length === large.length);
    const half = await getObject(client, { key: "large" });
    const reader = half.body?.getReader();
    assert.isAbove((await reader?.read())?.value?.length ?? 0, 0);
    await reader?.cancel();
    assert.equal(oss.requests.at(-1)?.status, 200);
  },
);

presignCase("GetObject", getObject, {
  prepare: ({ client }) => putObject(client, { key: "a/../\uFF5E", body: "hello" }),
  input: { key: "a/../\uFF5E", responseContentType: "text/csv", range: [1, 2] },
  status: 206,
});
