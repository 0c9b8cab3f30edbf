import { createTestOSS } from "../../../src/testing/mod.ts";
import { assert, test } from "../../harness.ts";
import { site } from "./site.ts";

test("testing/buckets: put, info, location, ACL, delete", async () => {
  const oss = createTestOSS();
  const ask = site(oss, "photos");
  const body =
    "<CreateBucketConfiguration><StorageClass>IA</StorageClass><DataRedundancyType>ZRS</DataRedundancyType></CreateBucketConfiguration>";
  const put = await ask("PUT", "/", { body, headers: { "x-oss-acl": "public-read" } });
  assert.deepEqual([put.status, put.headers["location"]], [200, "/photos"]);
  const info = await ask("GET", "/?bucketInfo");
  const facts = ["Name", "StorageClass", "DataRedundancyType", "Grant", "Location", "IntranetEndpoint"].map(
    (name) => info.all(name)[0],
  );
  assert.deepEqual(facts, [
    "photos",
    "IA",
    "ZRS",
    "public-read",
    "oss-cn-hangzhou",
    "oss-cn-hangzhou-internal.aliyuncs.com",
  ]);
  assert.deepEqual((await ask("GET", "/?location")).all("LocationConstraint"), ["oss-cn-hangzhou"]);
  assert.equal((await ask("PUT", "/?acl", { headers: { "x-oss-acl": "private" } })).status, 200);
  assert.deepEqual((await ask("GET", "/?acl")).all("Grant"), ["private"]);
  assert.equal((await ask("PUT", "/?acl", { headers: { "x-oss-acl": "open" } })).code, "InvalidArgument");
  assert.equal((await ask("PUT", "/")).status, 200, "one's own bucket again");
  assert.deepEqual((await ask("GET", "/?bucketInfo")).all("StorageClass"), ["IA"]);
  await ask("PUT", "/a", { body: "x" });
  assert.equal((await ask("DELETE", "/")).code, "BucketNotEmpty");
  await ask("DELETE", "/a");
  assert.equal((await ask("DELETE", "/")).status, 204);
  assert.equal((await ask("GET", "/?bucketInfo")).code, "NoSuchBucket");
});

test("testing/buckets: at most 100 in a region, listed in pages", async () => {
  const names = Array.from({ length: 100 }, (_, i) => `bucket-${String(i).padStart(3, "0")}`);
  const oss = createTestOSS({ buckets: names });
  const full = await site(oss, "one-more")("PUT", "/");
  assert.deepEqual([full.status, full.code], [400, "TooManyBuckets"]);
  assert.equal((await site(oss, "one-more")("PUT", "/", { region: "us-west-1" })).status, 200);
  const ask = site(oss, undefined);
  const first = await ask("GET", "/?prefix=bucket-&max-keys=60");
  assert.deepEqual(
    [first.all("Name").length, first.all("IsTruncated"), first.all("NextMarker")],
    [60, ["true"], ["bucket-059"]],
  );
  const rest = await ask("GET", "/?prefix=bucket-&marker=bucket-059&max-keys=60");
  assert.deepEqual([rest.all("Name").length, rest.all("IsTruncated"), rest.all("Name")[0]], [40, [], "bucket-060"]);
  assert.deepEqual(rest.all("ExtranetEndpoint")[0], "oss-cn-hangzhou.aliyuncs.com");
});

test("testing/buckets: regions", async () => {
  const ask = site(createTestOSS({ region: "oss-eu-central-1" }), undefined);
  const all = await ask("GET", "/?regions", { region: "eu-central-1" });
  assert.include(all.all("Region"), "oss-eu-central-1");
  const one = await ask("GET", "/?regions=oss-cn-hangzhou", { region: "eu-central-1" });
  assert.deepEqual(one.all("InternetEndpoint"), ["oss-cn-hangzhou.aliyuncs.com"]);
  assert.equal((await ask("GET", "/?regions=oss-moon", { region: "eu-central-1" })).code, "NoSuchRegion");
});

test("testing/object_acl: is read and written by the owner, default first", async () => {
  const ask = site(createTestOSS({ buckets: ["photos"] }), "photos");
  await ask("PUT", "/a", { body: "x" });
  assert.deepEqual((await ask("GET", "/a?acl")).all("Grant"), ["default"]);
  assert.equal((await ask("PUT", "/a?acl", { headers: { "x-oss-object-acl": "public-read" } })).status, 200);
  assert.deepEqual((await ask("GET", "/a?acl")).all("Grant"), ["public-read"]);
  assert.equal((await ask("GET", "/a")).text, "x");
  assert.equal((await ask("GET", "/none?acl")).code, "NoSuchKey");
});

test("testing/routes: what is not served is never taken for the plain call", async () => {
  const ask = site(createTestOSS({ buckets: ["photos"] }), "photos");
  await ask("PUT", "/a", { body: "x" });
  const rows: [string, string, number, string][] = [
    ["DELETE", "/?link", 501, "NotImplemented"],
    ["GET", "/a?link=x", 501, "NotImplemented"],
    ["PUT", "/a?partNumber=1", 400, "InvalidArgument"],
    ["PUT", "/a?uploadId=1", 400, "InvalidArgument"],
    ["DELETE", "/a?acl", 400, "InvalidArgument"],
    ["PATCH", "/a", 405, "MethodNotAllowed"],
  ];
  for (const [method, target, status, code] of rows) {
    const reply = await ask(method, target, method === "PUT" ? { body: "y" } : {});
    assert.deepEqual([reply.status, reply.code], [status, code], `${method} ${target}`);
  }
  assert.equal((await ask("GET", "/a")).text, "x");
});
