/** Hotlink protection: kept, read, and enforced where nobody signs in a header. */
import {
  getBucketReferer,
  getObject,
  presign,
  putBucketAcl,
  putBucketCors,
  putBucketReferer,
  putObject,
  type RefererConfiguration,
} from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase, type Stage } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { assertRefused, own, VERSIONS } from "../support/world.ts";

const ADDRESS = "https://photos.oss-cn-hangzhou.aliyuncs.com/?referer";
const configuration = {
  allowEmptyReferer: false,
  allowTruncateQueryString: true,
  truncatePath: true,
  refererList: ["http://www.aliyun.com", "https://www.?.aliyuncs.com", "阿里巴巴"],
  refererBlacklist: ["https://*.hack.com"],
};
const XML =
  "<RefererConfiguration><AllowEmptyReferer>false</AllowEmptyReferer>" +
  "<AllowTruncateQueryString>true</AllowTruncateQueryString><TruncatePath>true</TruncatePath><RefererList>" +
  "<Referer>http://www.aliyun.com</Referer><Referer>https://www.?.aliyuncs.com</Referer><Referer>阿里巴巴</Referer>" +
  "</RefererList><RefererBlacklist><Referer>https://*.hack.com</Referer></RefererBlacklist></RefererConfiguration>";

for (const signatureVersion of VERSIONS) {
  operationCase(
    "PutBucketReferer",
    `sets what GetBucketReferer reads (${signatureVersion})`,
    async ({ client }) => {
      const none = { allowEmptyReferer: true, allowTruncateQueryString: false, truncatePath: false };
      const lists = { refererList: [], refererBlacklist: [] };
      assert.deepEqual(own(await getBucketReferer(client, {}), 200), { ...none, ...lists });
      assert.deepEqual(own(await putBucketReferer(client, configuration), 200), {});
      assert.deepEqual(own(await getBucketReferer(client, {}), 200), configuration);
      await putBucketReferer(client, { allowEmptyReferer: true, refererList: [] });
      assert.deepEqual(own(await getBucketReferer(client, {}), 200), { allowEmptyReferer: true, ...lists });
    },
    { client: { signatureVersion } },
  );
}

/** Asks as a link on some page does. Scripts cannot set Referer everywhere, so this is the request itself. */
async function follow({ oss }: Stage, url: string, referer?: string, method = "GET"): Promise<string> {
  const { host, pathname, search } = new URL(url);
  const lines = referer === undefined ? [] : ([["referer", referer]] as const);
  const headers = [["host", host], ["content-length", "0"], ...lines] as const;
  const answer = await oss.serve({ method, target: `${pathname}${search}`, headers, body: null });
  await new Response(answer.body ?? null).body?.cancel();
  return answer.status === 403 ? (answer.headers["x-oss-ec"] ?? "403") : String(answer.status);
}

const EMPTY = "0003-00000501";
const BLACK = "0003-00000502";
const FOREIGN = "0003-00000503";
const base = { allowEmptyReferer: false, refererList: ["http://*.aliyuncs.com"] };
const black = { ...base, refererBlacklist: ["http://abc.aliyuncs.com"] };
const white = (...refererList: string[]): RefererConfiguration => ({ allowEmptyReferer: true, refererList });

const CASES: readonly (readonly [RefererConfiguration, string | undefined, string])[] = [
  [base, "http://test.aliyuncs.com", "200"],
  [base, "http://test.com", FOREIGN],
  [base, undefined, EMPTY],
  [base, "", EMPTY],
  [{ ...base, allowEmptyReferer: true }, undefined, "200"],
  [{ ...base, refererList: [] }, undefined, "200"],
  [{ ...base, refererList: [] }, "http://any.where", "200"],
  [black, "http://abc.aliyuncs.com", BLACK],
  [black, "http://abd.aliyuncs.com", "200"],
  [{ ...black, refererList: [] }, "http://abc.aliyuncs.com/x", BLACK],
  [{ ...black, refererList: [] }, "http://elsewhere.com", "200"],
  // Begins like it, scheme included.
  [white("http://www.aliyun.com"), "http://www.aliyun.com/123", "200"],
  [white("http://www.aliyun.com"), "http://www.aliyun.com.cn", "200"],
  [white("http://www.aliyun.com"), "https://www.aliyun.com/123", FOREIGN],
  [white("http://www.aliyun.com"), "www.aliyun.com", FOREIGN],
  [white("*"), "https://10.1.1.1/", "200"],
  [white("*www.example.com"), "www.example.com", "200"],
  [white("*.example.com"), "https://help.example.com", "200"],
  [white("http://www.aliyun?.com"), "http://www.aliyunc.com", "200"],
  [white("http://www.aliyun?.com"), "http://www.aliyun.com", FOREIGN],
  [white("http://a.b"), "http://axb", FOREIGN],
  // The query: as it is, but for case; or cut, or with the path.
  [white("http://www.example.com/?action=nop"), "http://www.example.com/?ACTION=NOP", "200"],
  [white("http://www.example.com/?job_id=task%2401"), "http://www.example.com/?job_id=task$01", FOREIGN],
  [white("http://www.example.com/?a=b&b=c"), "http://www.example.com/?b=c&a=b", FOREIGN],
  [white("*a=1"), "http://x.com/?a=1", "200"],
  [{ ...white("*a=1"), allowTruncateQueryString: true }, "http://x.com/?a=1", FOREIGN],
  [{ ...white("*/path"), allowTruncateQueryString: true }, "http://x.com/path?a=1", "200"],
  [{ ...white("*/path"), truncatePath: true, allowTruncateQueryString: true }, "http://x.com/path?a=1", FOREIGN],
  [{ ...white("http://x.com"), truncatePath: true }, "http://x.com/path?a=1", "200"],
];

operationCase("PutBucketReferer", "lets in and keeps out as the documentation says", async (set) => {
  const { client } = set;
  await putObject(client, { key: "a", body: "hello" });
  const { url } = await presign(client, getObject, { key: "a" }, { expiresIn: 60 });
  for (const [input, referer, expected] of CASES) {
    await putBucketReferer(client, input);
    const said = JSON.stringify([input, referer]);
    assert.equal(await follow(set, url, referer), expected, said);
    assert.equal((await getObject(client, { key: "a" })).status, 200, "signed in the header");
  }
});

operationCase("PutBucketReferer", "holds for all calls on objects, and for public ones", async (set) => {
  const { client, bucket } = set;
  const plain = `https://${bucket}.oss-cn-hangzhou.aliyuncs.com/a`;
  await putBucketAcl(client, { acl: "public-read-write" });
  await putObject(client, { key: "a", body: "hello" });
  await putBucketReferer(client, base);
  for (const method of ["GET", "HEAD", "PUT", "DELETE"]) {
    assert.equal(await follow(set, plain, "http://test.com", method), FOREIGN, method);
  }
  assert.equal(await follow(set, plain, undefined), EMPTY);
  assert.equal(await follow(set, plain, "http://test.aliyuncs.com/"), "200");
  assert.equal(await follow(set, plain, "http://test.aliyuncs.com/", "PUT"), "200");
  // Nobody refers to a configuration.
  assert.equal(await follow(set, (await presign(client, getBucketReferer, {}, { expiresIn: 60 })).url), "200");
});

operationCase("GetBucketReferer", "holds for pages too: browsers tell their origin", async ({ client, oss }) => {
  await putObject(client, { key: "a", body: "hello" });
  const { url } = await presign(client, getObject, { key: "a" }, { expiresIn: 60 });
  await putBucketReferer(client, { allowEmptyReferer: false, refererList: ["https://app.example.com"] });
  await putBucketCors(client, { rules: [{ allowedOrigins: ["*"], allowedMethods: ["GET"] }] });
  assert.equal((await oss.page("https://app.example.com")(url)).status, 200);
  assert.equal((await oss.page("https://other.example.com")(url)).status, 403);
});

operationCase("PutBucketReferer", "refuses more than 20 KB", async ({ client }) => {
  const refererList = Array.from({ length: 20 }, () => `https://${"a".repeat(1016)}`);
  await putBucketReferer(client, { allowEmptyReferer: true, refererList });
  const refererBlacklist = ["b"];
  const large = { status: 400, code: "InlineDataTooLarge" };
  await assertRefused(putBucketReferer(client, { allowEmptyReferer: true, refererList, refererBlacklist }), large);
});

sends(putBucketReferer, "every input", configuration, {
  method: "PUT",
  url: ADDRESS,
  headers: { "content-type": "application/xml" },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${XML}`,
});
sends(
  putBucketReferer,
  "an empty list, which clears it",
  { allowEmptyReferer: true, refererList: [] },
  {
    method: "PUT",
    url: ADDRESS,
    headers: { "content-type": "application/xml" },
    body:
      '<?xml version="1.0" encoding="UTF-8"?>\n<RefererConfiguration><AllowEmptyReferer>true</AllowEmptyReferer>' +
      "<RefererList></RefererList></RefererConfiguration>",
  },
);
sends(getBucketReferer, "every input", {}, { method: "GET", url: ADDRESS });
reads(getBucketReferer, {}, { body: XML }, configuration);

presignCase("PutBucketReferer", putBucketReferer, { input: configuration, body: new TextEncoder().encode(XML) });
presignCase("GetBucketReferer", getBucketReferer, { input: {} });
