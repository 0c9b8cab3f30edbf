/** Tags of buckets. */
import { deleteBucketTags, getBucketTags, putBucketTags, putObjectTagging } from "../../../src/mod.ts";
import { assert, fc, test } from "../../harness.ts";
import { operationCase, presignCase, stage } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { assertRefused, failureOf, own, VERSIONS } from "../support/world.ts";

const URL = "https://photos.oss-cn-hangzhou.aliyuncs.com/?tagging";
const tags = (list: string): string => `<Tagging><TagSet>${list}</TagSet></Tagging>`;
const tag = (key: string, value: string): string => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`;

for (const signatureVersion of VERSIONS) {
  operationCase(
    "PutBucketTags",
    `sets what GetBucketTags reads and DeleteBucketTags deletes, whole or in part (${signatureVersion})`,
    async ({ client }) => {
      assert.deepEqual(own(await getBucketTags(client, {}), 200), { tagging: {} });
      const tagging = { "a b": "1/2", 'q"<&>': "\u{1f600}", "0012": "1e5", empty: "" };
      assert.deepEqual(own(await putBucketTags(client, { tagging }), 200), {});
      assert.deepEqual(own(await getBucketTags(client, {}), 200), { tagging });
      await putBucketTags(client, { tagging: { a: "1", b: "2", c: "3" } });
      assert.deepEqual((await getBucketTags(client, {})).tagging, { a: "1", b: "2", c: "3" });
      assert.deepEqual(own(await deleteBucketTags(client, { tagKeys: ["a", "c", "none"] }), 204), {});
      assert.deepEqual((await getBucketTags(client, {})).tagging, { b: "2" });
      await deleteBucketTags(client, {});
      assert.deepEqual((await getBucketTags(client, {})).tagging, {});
    },
    { client: { signatureVersion } },
  );
}

operationCase("PutBucketTags", "refuses tags beyond the limits", async ({ client }) => {
  const refused = (tagging: Record<string, string>, ec?: string) =>
    assertRefused(putBucketTags(client, { tagging }), { status: 400, code: "InvalidTag", ...(ec && { ec }) });
  await refused({ "": "v" }, "0010-00000208");
  await refused({ "aliyun-x": "v" }, "0010-00000207");
  await refused({ "HTTPS://x": "v" }, "0010-00000207");
  await refused({ "acs:x": "v" }, "0010-00000002");
  await refused({ ["\u00e9".repeat(33)]: "v" }, "0010-00000219");
  await refused({ k: "v".repeat(129) }, "0010-00000219");
  const many = Object.fromEntries(Array.from({ length: 21 }, (_, at) => [`k${at}`, ""]));
  await assertRefused(putBucketTags(client, { tagging: many }), { status: 400, code: "TooManyTags" });
  await putBucketTags(client, { tagging: Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`k${at}`, ""])) });
});

operationCase("DeleteBucketTags", "deletes nothing where the keys are no keys", async ({ client, oss }) => {
  for (const tagKeys of [[], [""], ["a,b"], ["a", ""]]) {
    assert.instanceOf(await failureOf(deleteBucketTags(client, { tagKeys })), TypeError);
  }
  assert.equal(oss.requests.length, 0);
});

operationCase("GetBucketTags", "needs a bucket", async ({ client }) => {
  const none = { status: 404, code: "NoSuchBucket", ec: "0015-00000101" };
  await assertRefused(getBucketTags(client, { bucket: "missing" }), none);
});

test("PutBucketTags: any tags come back as they were", async (t) => {
  const { client } = stage(t);
  const grapheme = (constraints: fc.StringConstraints) => fc.string({ unit: "grapheme", ...constraints });
  const key = grapheme({ minLength: 1, maxLength: 5 }).filter((text) => !/^(http|ali|acs)/i.test(text));
  const any = fc.dictionary(key, grapheme({ maxLength: 10 }), { maxKeys: 5 });
  await fc.assert(
    fc.asyncProperty(any, async (tagging) => {
      await putBucketTags(client, { tagging });
      assert.deepEqual((await getBucketTags(client, {})).tagging, { ...tagging });
    }),
    { numRuns: 40 },
  );
});

sends(
  putBucketTags,
  "tags in a document",
  { tagging: { a: "1", "b&": "" } },
  {
    method: "PUT",
    url: URL,
    headers: { "content-type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${tags(tag("a", "1") + tag("b&amp;", ""))}`,
  },
);
sends(getBucketTags, "every input", {}, { method: "GET", url: URL });
sends(deleteBucketTags, "nothing more for all tags", {}, { method: "DELETE", url: URL });
sends(deleteBucketTags, "keys", { tagKeys: ["a b", "c"] }, { method: "DELETE", url: `${URL}=a%20b%2Cc` });
reads(
  getBucketTags,
  {},
  { body: tags(tag("a", "1") + tag("__proto__", " 2 ")) },
  {
    tagging: Object.fromEntries([
      ["a", "1"],
      ["__proto__", " 2 "],
    ]),
  },
);

presignCase("PutBucketTags", putBucketTags, {
  input: { tagging: { a: "1" } },
  body: new TextEncoder().encode(tags(tag("a", "1"))),
});
presignCase("GetBucketTags", getBucketTags, { input: {} });
presignCase("DeleteBucketTags", deleteBucketTags, { input: { tagKeys: ["a", "b"] }, status: 204 });

test("PutBucketTags and PutObjectTagging take tags for nothing else", () => {
  for (const wrong of [new Map([["a", "1"]]), [], "a=1", 1, new URLSearchParams("a=1"), { a: 1 }, { a: null }]) {
    const tagging = wrong as unknown as Record<string, string>;
    for (const write of [
      () => putBucketTags.toRequest({ tagging }),
      () => putObjectTagging.toRequest({ key: "a", tagging }),
    ])
      assert.throws(write, TypeError);
  }
});
