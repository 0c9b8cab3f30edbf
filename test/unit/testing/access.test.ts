import { md5 } from "../../../src/checksum/md5.ts";
import { encodeBase64 } from "../../../src/codec/base64.ts";
import { createTestOSS } from "../../../src/testing/mod.ts";
import { assert, test } from "../../harness.ts";
import { type Reply, site } from "./site.ts";

const STRANGER = { accessKeyId: "stranger", accessKeySecret: "other-secret" };

test("testing/access: ACLs of buckets and objects, for nobody and for strangers", async () => {
  for (const as of ["anonymous", STRANGER] as const) {
    for (const acl of ["private", "public-read", "public-read-write"] as const) {
      const oss = createTestOSS({ accounts: [{}, STRANGER], buckets: [{ name: "photos", acl }] });
      const ask = site(oss, "photos");
      await ask("PUT", "/a", { body: "x" });
      await ask("PUT", "/open", { body: "x", headers: { "x-oss-object-acl": "public-read" } });
      await ask("PUT", "/closed", { body: "x", headers: { "x-oss-object-acl": "private" } });
      const [read, write] = [acl !== "private", acl === "public-read-write"];
      const rows: [string, string, boolean][] = [
        ["GET", "/a", read],
        ["HEAD", "/a", read],
        ["GET", "/", read],
        ["GET", "/open", true],
        ["GET", "/closed", false],
        ["PUT", "/new", write],
        ["PUT", "/closed", false],
        ["GET", "/?acl", false],
        ["GET", "/?bucketInfo", false],
        ["GET", "/a?acl", false],
        ["DELETE", "/a", write],
        ["DELETE", "/", false],
      ];
      for (const [method, target, allowed] of rows) {
        const reply = await ask(method, target, { as, ...(method === "PUT" ? { body: "y" } : {}) });
        assert.equal(
          reply.code,
          allowed ? undefined : "AccessDenied",
          `${JSON.stringify(as)} ${acl} ${method} ${target}`,
        );
        assert.equal(reply.status < 300, allowed);
      }
    }
  }
});

test("testing/access: anonymous calls of the service are refused, lists show own buckets only", async () => {
  const oss = createTestOSS({ accounts: [{}, STRANGER], buckets: ["photos", { name: "theirs", account: STRANGER }] });
  const ask = site(oss, undefined);
  assert.equal((await ask("GET", "/", { as: "anonymous" })).code, "AccessDenied");
  assert.deepEqual((await ask("GET", "/")).all("Name"), ["photos"]);
  assert.deepEqual((await ask("GET", "/", { as: STRANGER })).all("Name"), ["theirs"]);
  const taken = await site(oss, "theirs")("PUT", "/");
  assert.deepEqual([taken.status, taken.code], [409, "BucketAlreadyExists"]);
});

test("testing/access: temporary keys reach their bucket and their prefix only", async () => {
  const oss = createTestOSS({ buckets: ["photos", "other"] });
  const as = oss.issueToken({ seconds: 900, bucket: "photos", prefix: "u/42/" });
  const ask = site(oss, "photos");
  await ask("PUT", "/u%2F43%2Fa", { body: "x" });
  const put = (target: string, headers: Record<string, string> = {}): Promise<Reply> =>
    ask("PUT", target, { as, body: "x", headers });
  assert.equal((await put("/u%2F42%2Fa")).status, 200);
  const remove = async (key: string): Promise<Reply> => {
    const body = `<Delete><Object><Key>u/42/a</Key></Object><Object><Key>${key}</Key></Object></Delete>`;
    const digest = encodeBase64(await md5(new TextEncoder().encode(body)));
    return ask("POST", "/?delete", { as, body, headers: { "content-md5": digest } });
  };
  const denied: Reply[] = [
    await put("/u%2F43%2Fa"),
    await put("/u%2F42"),
    await put("/u%2F42%2Fcopy", { "x-oss-copy-source": "/photos/u/43/a" }),
    await remove("u/43/a"),
    await site(oss, "other")("PUT", "/u%2F42%2Fa", { as, body: "x" }),
    await ask("GET", "/", { as }),
    await ask("GET", "/?prefix=u%2F4", { as }),
    await ask("GET", "/?acl", { as }),
    await site(oss, undefined)("GET", "/", { as }),
  ];
  for (const reply of denied) assert.deepEqual([reply.status, reply.code], [403, "AccessDenied"]);
  assert.deepEqual((await ask("GET", "/?list-type=2&prefix=u%2F42%2F", { as })).all("Key"), ["u/42/a"]);
  oss.revokeToken(as);
  assert.equal((await ask("GET", "/u%2F42%2Fa", { as })).code, "InvalidAccessKeyId");
});

test("testing/access: a bucket answers on its own region's endpoint, signed in its own region", async () => {
  const oss = createTestOSS({ buckets: ["photos", { name: "far", region: "us-west-1" }] });
  const far = site(oss, "far");
  assert.equal((await far("PUT", "/a", { body: "x", region: "us-west-1" })).status, 200);
  const wrong = await far("GET", "/a");
  assert.deepEqual(
    [wrong.status, wrong.code, wrong.all("Endpoint")],
    [403, "AccessDenied", ["oss-us-west-1.aliyuncs.com"]],
  );
  const accelerated = await far("GET", "/a", { region: "us-west-1", host: "far.oss-accelerate.aliyuncs.com" });
  assert.equal(accelerated.text, "x");
  const missing = await site(oss, "nowhere")("GET", "/a");
  assert.deepEqual([missing.status, missing.code, missing.headers["x-oss-ec"]], [404, "NoSuchBucket", "0015-00000101"]);
});
