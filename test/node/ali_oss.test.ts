import { randomBytes } from "node:crypto";
import { createTestOSS, type TestOSS } from "../../src/testing/mod.ts";
import { listen, loopbackFetch, nodeMd5 } from "../../src/testing/node/mod.ts";
import { assert, test } from "../harness.ts";
import { type AliOSS, aliOSS, LoopbackAgent } from "./ali_oss_client.ts";

const text = (content: Uint8Array): string => new TextDecoder().decode(content);
const bytes = (content: string): Buffer => Buffer.from(content);
const SPECIAL = "dir/hello world+中文&=~!'()*.txt";

async function objects(client: AliOSS): Promise<void> {
  const put = await client.put("hello.txt", bytes("hello"), {
    meta: { color: "blue" },
    headers: { "Cache-Control": "no-cache" },
  });
  assert.equal(put.res.headers["etag"], '"5D41402ABC4B2A76B9719D911017C592"');
  await client.put(SPECIAL, bytes("special"));
  assert.equal(text((await client.get(SPECIAL)).content), "special");
  const part = await client.get("hello.txt", { headers: { Range: "bytes=1-3" } });
  assert.deepEqual([part.res.status, text(part.content)], [206, "ell"]);
  const head = await client.head("hello.txt");
  assert.deepEqual(head.meta, { color: "blue" });
  assert.equal(head.res.headers["cache-control"], "no-cache");
  await client.copy("copy.txt", "hello.txt");
  assert.equal(text((await client.get("copy.txt")).content), "hello");
  const first = await client.append("log.txt", bytes("one"));
  const second = await client.append("log.txt", bytes("two"), { position: first.nextAppendPosition });
  assert.equal(String(second.nextAppendPosition), "6");
  assert.equal(text((await client.get("log.txt")).content), "onetwo");
}

async function lists(client: AliOSS): Promise<void> {
  const names = (answer: { objects?: { name: string }[] }): string[] => (answer.objects ?? []).map(({ name }) => name);
  const plain = await client.list({ "max-keys": 2 }, {});
  assert.deepEqual([names(plain), plain.nextMarker], [["copy.txt", SPECIAL], SPECIAL]);
  assert.deepEqual(names(await client.list({ marker: plain.nextMarker, "encoding-type": "url" }, {})), [
    "hello.txt",
    "log.txt",
  ]);
  const v2 = await client.listV2({ delimiter: "/", "max-keys": 3 });
  assert.deepEqual([names(v2), v2.prefixes, v2.keyCount], [["copy.txt", "hello.txt"], ["dir/"], 3]);
  const rest = await client.listV2({ delimiter: "/", "continuation-token": v2.nextContinuationToken });
  assert.deepEqual([names(rest), rest.nextContinuationToken], [["log.txt"], null]);
}

async function multipart(client: AliOSS): Promise<void> {
  const data = randomBytes(350_000);
  const { etag } = await client.multipartUpload("big.bin", data, { partSize: 102_400, parallel: 2 });
  assert.match(etag, /-4"$/);
  assert.isTrue(data.equals((await client.get("big.bin")).content));
}

async function acls(client: AliOSS): Promise<void> {
  await client.putACL("hello.txt", "public-read");
  assert.equal((await client.getACL("hello.txt")).acl, "public-read");
  await client.putBucketACL("ali-bucket", "public-read");
  assert.equal((await client.getBucketACL("ali-bucket")).acl, "public-read");
  await client.putBucketACL("ali-bucket", "private");
}

async function links(client: AliOSS, port: number, v4: boolean): Promise<void> {
  const fetch = loopbackFetch(port);
  const sign = (method: string): string | Promise<string> =>
    v4 ? client.signatureUrlV4(method, 600, {}, SPECIAL) : client.signatureUrl(SPECIAL, { method, expires: 600 });
  const put = await fetch(await sign("PUT"), { method: "PUT", body: new TextEncoder().encode("by link") });
  assert.equal(put.status, 200, await put.text());
  const get = await fetch(await sign("GET"));
  assert.equal(await get.text(), "by link");
  const other = await fetch(await sign("PUT"));
  assert.equal(other.status, 403);
}

async function deletes(client: AliOSS): Promise<void> {
  await client.delete("big.bin");
  await client.delete("not there");
  const { deleted } = await client.deleteMulti(["hello.txt", "copy.txt", SPECIAL]);
  assert.deepEqual(
    deleted.map(({ Key }) => Key),
    ["hello.txt", "copy.txt", SPECIAL],
  );
  await client.deleteMulti(["log.txt"], { quiet: true });
  assert.lengthOf((await client.list({}, {})).objects ?? [], 0);
}

async function buckets(client: AliOSS): Promise<void> {
  const { res } = await client.putBucket("second-bucket");
  assert.equal(res.headers["location"], "/second-bucket");
  const { buckets: listed } = await client.listBuckets();
  assert.deepEqual(
    (listed ?? []).map(({ name, region }) => [name, region]),
    [
      ["ali-bucket", "oss-cn-hangzhou"],
      ["second-bucket", "oss-cn-hangzhou"],
    ],
  );
  assert.equal((await client.getBucketInfo("second-bucket")).bucket.StorageClass, "Standard");
  assert.equal((await client.getBucketLocation("second-bucket")).location, "oss-cn-hangzhou");
  await client.putBucketCORS("second-bucket", [{ allowedOrigin: "*", allowedMethod: "GET", exposeHeader: "ETag" }]);
  const { rules } = await client.getBucketCORS("second-bucket");
  assert.deepInclude(rules[0], { allowedOrigin: "*", allowedMethod: "GET", exposeHeader: "ETag" });
  await client.deleteBucketCORS("second-bucket");
  assert.equal((await client.deleteBucket("second-bucket")).res.status, 204);
}

test("ali-oss: V1 is refused where it is switched off", async () => {
  const oss = createTestOSS({ buckets: ["ali-bucket"], v1: false });
  const server = await listen(oss);
  const agent = new LoopbackAgent(server.port);
  try {
    const put = (v4: boolean): Promise<string> =>
      aliOSS(agent, { ...oss.credentials, authorizationV4: v4 })
        .put("a", bytes("x"))
        .then(
          () => "stored",
          (error: { code: string }) => error.code,
        );
    assert.deepEqual([await put(false), await put(true)], ["AccessDenied", "stored"]);
  } finally {
    agent.destroy();
    await server.close();
  }
});

function credentials(oss: TestOSS, sts: boolean): object {
  if (!sts) return oss.credentials;
  const { accessKeyId, accessKeySecret, securityToken } = oss.issueToken({ seconds: 900 });
  // ali-oss refreshes tokens itself, or complains that it cannot.
  const refreshSTSToken = async (): Promise<object> => ({ accessKeyId, accessKeySecret, stsToken: securityToken });
  return { accessKeyId, accessKeySecret, stsToken: securityToken, refreshSTSToken };
}

for (const v4 of [false, true]) {
  for (const sts of [false, true]) {
    test(`ali-oss: a round with ${v4 ? "V4" : "V1"}${sts ? " and an STS token" : ""}`, async () => {
      const oss = createTestOSS({ buckets: ["ali-bucket"], md5: nodeMd5 });
      const server = await listen(oss);
      const agent = new LoopbackAgent(server.port);
      try {
        const client = aliOSS(agent, { ...credentials(oss, sts), authorizationV4: v4 });
        await objects(client);
        await lists(client);
        await multipart(client);
        await acls(client);
        await links(client, server.port, v4);
        await deletes(client);
        await buckets(client);
        const hosts = new Set(oss.requests.map(({ headers }) => headers["host"]));
        assert.isTrue(hosts.has("ali-bucket.oss-cn-hangzhou.aliyuncs.com"), [...hosts].join());
      } finally {
        agent.destroy();
        await server.close();
      }
    });
  }
}
