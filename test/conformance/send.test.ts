/** client.send: calls that the library does not model, signed, repeated and refused like all others. */
import { createClient } from "../../src/mod.ts";
import { assert, environment, test } from "../harness.ts";
import { assertRefused, failureOf, VERSIONS, world } from "./support/world.ts";

const { bucket } = environment;

for (const signatureVersion of VERSIONS) {
  test(`an unmodelled call, of a bucket, of an object, of the service (${signatureVersion})`, async (t) => {
    const { client, oss } = world(t, { client: { signatureVersion } });
    const rules =
      "<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod></CORSRule></CORSConfiguration>";
    const put = await client.send({ method: "PUT", query: { cors: null }, body: rules });
    assert.instanceOf(put, Response);
    assert.equal(put.status, 200);
    const got = await client.send({ method: "GET", query: { cors: null } });
    assert.include(await got.text(), "<AllowedOrigin>*</AllowedOrigin>");
    const regions = await client.send({ method: "GET", bucket: null, query: { regions: "oss-cn-hangzhou" } });
    assert.include(await regions.text(), "oss-cn-hangzhou-internal.aliyuncs.com");
    const headers = { "X-Oss-Meta-A": "1", "content-type": "text/css", "x-oss-none": undefined };
    await client.send({ method: "PUT", bucket, key: "a b+", headers, body: "p {}" });
    const read = await client.send({
      method: "GET",
      key: "a b+",
      query: { "response-content-language": "de", none: undefined },
    });
    assert.deepEqual(
      ["x-oss-meta-a", "content-type", "content-language"].map((name) => read.headers.get(name)),
      ["1", "text/css", "de"],
    );
    assert.equal(await read.text(), "p {}");
    assert.deepEqual(
      oss.requests.map(({ operation }) => operation),
      ["PutBucketCors", "GetBucketCors", "DescribeRegions", "PutObject", "GetObject"],
    );
  });
}

test("a reader reads inside the retries", async (t) => {
  const { client, oss } = world(t);
  await client.send({ method: "PUT", key: "a", body: "hello" });
  oss.faults.add({ operation: "GetObject", kind: "reset" });
  const request = { method: "GET", key: "a", headers: { range: "bytes=0-1" } } as const;
  const size = await client.send(request, {}, async (response) => (await response.text()).length);
  assert.equal(size, 2);
  assert.lengthOf(oss.requests, 3);
});

test("errors name the call, numbers and booleans are parameters", async (t) => {
  const { client, oss } = world(t);
  const error = await assertRefused(client.send({ method: "GET", key: "none" }), { status: 404, code: "NoSuchKey" });
  assert.include(error.message, '"none"');
  const named = client.send({ method: "GET", operation: "GetObjectTagging", key: "none", query: { acl: null } });
  await assertRefused(named, { status: 404, code: "NoSuchKey", operation: "GetObjectTagging" });
  await client.send({ method: "GET", query: { "list-type": 2, "fetch-owner": true, "max-keys": 1 } });
  assert.deepEqual(oss.requests.at(-1)?.query, { "list-type": "2", "fetch-owner": "true", "max-keys": "1" });
  const unchanged = { method: "GET", key: "none", headers: { "if-match": "x" }, accept: [404] } as const;
  assert.equal((await client.send(unchanged)).status, 404);
});

test("what cannot be right is refused before any request", async (t) => {
  const { client, oss } = world(t);
  const noKey: object = { key: undefined };
  for (const request of [
    { method: "DELETE", ...noKey },
    { method: "DELETE", key: "" },
    { method: "PUT", key: "a", headers: { "x-oss-meta-a": "caf\u00E9" } },
    { method: "PUT", key: "a", headers: { "bad name": "x" } },
    { method: "PUT", key: "a", headers: { "x-oss-meta-a": "a\nb" } },
    { method: "GET", bucket: "No", key: "a" },
    { method: "GET", bucket: null, key: "a" },
    { method: "PUT", key: "a", body: 5 as unknown as string },
    { method: "PUT", key: "a", body: {} as unknown as string },
    { method: "GET", key: "a", query: { lone: "\uD800" } },
  ] as const) {
    assert.instanceOf(await failureOf(client.send(request)), TypeError, JSON.stringify(request));
  }
  const unbound = createClient({ region: "cn-hangzhou", credentials: "anonymous", fetch: oss.fetch });
  assert.instanceOf(await failureOf(unbound.send({ method: "GET" })), TypeError);
  assert.lengthOf(oss.requests, 0);
});

test("an error page of a gateway is a ServiceError with what is known", async () => {
  for (const [body, type] of [
    ["<html><body>502</body></html>", "text/html"],
    ["", "text/plain"],
    ['{"Error":{"Code":"InvalidArgument","Message":"json"}}', "application/json"],
  ] as const) {
    const fetch = async (): Promise<Response> => new Response(body, { status: 400, headers: { "content-type": type } });
    const client = createClient({ region: "cn-hangzhou", bucket, credentials: "anonymous", fetch });
    const error = await failureOf(client.send({ method: "GET" }));
    assert.deepInclude(error, {
      status: 400,
      code: type === "application/json" ? "InvalidArgument" : "BadErrorResponse",
    });
  }
});
