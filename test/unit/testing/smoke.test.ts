import { createTestOSS } from "../../../src/testing/mod.ts";
import { assert, test } from "../../harness.ts";

const cors = { rules: [{ allowedOrigins: ["https://page.test"], allowedMethods: ["GET"], exposeHeaders: ["ETag"] }] };

test("anonymous round on a public bucket", async () => {
  const oss = createTestOSS({ buckets: [{ name: "open", acl: "public-read-write", cors }] });
  const base = "https://open.oss-cn-hangzhou.aliyuncs.com";
  const put = await oss.fetch(`${base}/a%20b.txt`, { method: "PUT", body: "hello", headers: { "x-oss-meta-a": "1" } });
  assert.equal(put.status, 200, await put.text());
  assert.equal(put.headers.get("etag"), '"5D41402ABC4B2A76B9719D911017C592"');
  const get = await oss.fetch(`${base}/a%20b.txt`, { headers: { origin: "https://page.test" } });
  assert.equal(await get.text(), "hello");
  assert.equal(get.headers.get("access-control-expose-headers"), "ETag");
  assert.equal(get.headers.get("x-oss-meta-a"), "1");
  const list = await oss.fetch(`${base}/?list-type=2&encoding-type=url`);
  assert.include(await list.text(), "<Key>a%20b.txt</Key>");
  assert.equal((await oss.fetch(`${base}/a%20b.txt`, { method: "DELETE" })).status, 204);
  const gone = await oss.fetch(`${base}/a%20b.txt`, { method: "HEAD" });
  assert.equal(gone.status, 404);
  assert.equal(gone.headers.get("x-oss-ec"), "0026-00000001");
  assert.deepEqual(
    oss.requests.map((request) => request.operation),
    ["PutObject", "GetObject", "ListObjectsV2", "DeleteObject", "HeadObject"],
  );
});
