/** The service itself: buckets by tag and group, regions, CloudBoxes; and buckets that are put with all of it. */
import {
  describeRegions,
  each,
  getBucketEncryption,
  getBucketInfo,
  getBucketTags,
  type ListBucketsInput,
  listBuckets,
  listCloudBoxes,
  putBucket,
  putBucketTags,
} from "../../../src/mod.ts";
import type { Client } from "../../../src/types.ts";
import { assert, environment } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { assertRefused, own, VERSIONS } from "../support/world.ts";

const SERVICE = "https://oss-cn-hangzhou.aliyuncs.com";
const owner = { id: "1000000000000001", displayName: "1000000000000001" };
const { bucket } = environment;

async function names(client: Client, input: ListBucketsInput): Promise<string[]> {
  const found: string[] = [];
  for await (const { name } of each(client, listBuckets, { maxKeys: 1, ...input })) found.push(name);
  return found;
}

for (const signatureVersion of VERSIONS) {
  operationCase(
    "ListBuckets",
    `lists by prefix, tags and group (${signatureVersion})`,
    async ({ client }) => {
      await putBucket(client, { bucket: "b-1", tagging: { team: "web", stage: "test" } });
      await putBucket(client, { bucket: "b-2", tagging: { team: "web", stage: "live" }, resourceGroupId: "rg-a" });
      await putBucket(client, { bucket: "c-1", resourceGroupId: "rg-a" });
      await putBucketTags(client, { bucket: "c-1", tagging: { team: "ops", 'q"': "1,2" } });
      assert.deepEqual(await names(client, {}), ["b-1", "b-2", "c-1", bucket]);
      assert.deepEqual(await names(client, { prefix: "b-" }), ["b-1", "b-2"]);
      assert.deepEqual(await names(client, { tagKey: "team" }), ["b-1", "b-2", "c-1"]);
      assert.deepEqual(await names(client, { tagKey: "team", tagValue: "web" }), ["b-1", "b-2"]);
      assert.deepEqual(await names(client, { tagging: { team: "web", stage: "live" } }), ["b-2"]);
      assert.deepEqual(await names(client, { tagging: { 'q"': "1,2" } }), ["c-1"]);
      assert.deepEqual(await names(client, { tagging: { team: "none" } }), []);
      assert.deepEqual(await names(client, { resourceGroupId: "rg-a" }), ["b-2", "c-1"]);
      assert.deepEqual(await names(client, { resourceGroupId: "rg-a", prefix: "c", tagKey: "team" }), ["c-1"]);
      assert.deepEqual(await names(client, { resourceGroupId: "rg-default-id" }), ["b-1", bucket]);
      const [first] = (await listBuckets(client, { prefix: "c-1" })).buckets;
      assert.equal(first?.resourceGroupId, "rg-a");
    },
    { client: { signatureVersion } },
  );

  operationCase(
    "DescribeRegions",
    `tells all regions, or one (${signatureVersion})`,
    async ({ client }) => {
      const { regions } = own(await describeRegions(client, {}), 200);
      assert.isAbove(regions.length, 1);
      assert.include(
        regions.map(({ region }) => region),
        "oss-cn-beijing",
      );
      assert.deepEqual(own(await describeRegions(client, { regions: "oss-cn-hangzhou" }), 200), {
        regions: [
          {
            region: "oss-cn-hangzhou",
            internetEndpoint: "oss-cn-hangzhou.aliyuncs.com",
            internalEndpoint: "oss-cn-hangzhou-internal.aliyuncs.com",
            accelerateEndpoint: "oss-accelerate.aliyuncs.com",
          },
        ],
      });
      await assertRefused(describeRegions(client, { regions: "oss-mars" }), { status: 404, code: "NoSuchRegion" });
    },
    { client: { signatureVersion } },
  );

  operationCase(
    "ListCloudBoxes",
    `lists none where nobody has one (${signatureVersion})`,
    async ({ client }) => {
      assert.deepEqual(own(await listCloudBoxes(client, { prefix: "a" }), 200), { cloudBoxes: [], owner });
      for await (const _ of each(client, listCloudBoxes, {})) assert.fail("there is none");
    },
    { client: { signatureVersion } },
  );
}

operationCase(
  "DescribeRegions",
  "needs a signature",
  async ({ client }) => {
    await assertRefused(describeRegions(client, {}), { status: 403, code: "AccessDenied" });
    await assertRefused(listCloudBoxes(client, {}), { status: 403, code: "AccessDenied" });
  },
  { client: { credentials: "anonymous" } },
);

operationCase("PutBucket", "keeps tags, group and encryption", async ({ client }) => {
  const tagging = { "a b": "\u00e9", c: "" };
  await putBucket(client, {
    bucket: "new-one",
    tagging,
    resourceGroupId: "rg-a",
    serverSideEncryption: "KMS",
    serverSideEncryptionKeyId: "id",
    serverSideDataEncryption: "SM4",
    hnsStatus: "disabled",
  });
  assert.deepEqual((await getBucketTags(client, { bucket: "new-one" })).tagging, tagging);
  const rule = { sseAlgorithm: "KMS", kmsMasterKeyId: "id", kmsDataEncryption: "SM4" };
  assert.deepInclude(await getBucketEncryption(client, { bucket: "new-one" }), rule);
  const info = await getBucketInfo(client, { bucket: "new-one" });
  assert.deepInclude(info, { serverSideEncryption: rule, resourceGroupId: "rg-a" });
  await putBucket(client, { bucket: "new-one", acl: "public-read" });
  assert.equal((await getBucketInfo(client, { bucket: "new-one" })).resourceGroupId, "rg-a", "only the ACL is new");
});

operationCase("PutBucket", "refuses settings that no bucket has", async ({ client }) => {
  const refused = (code: string, input: object) =>
    assertRefused(putBucket(client, { bucket: "new-one", ...input }), { status: 400, code });
  await refused("InvalidEncryptionAlgorithmError", { serverSideEncryption: "ROT13" });
  await refused("InvalidArgument", { serverSideEncryption: "AES256", serverSideEncryptionKeyId: "id" });
  await refused("InvalidArgument", { hnsStatus: "maybe" });
  await refused("InvalidTag", { tagging: { aliyun: "x" } });
  await assertRefused(getBucketInfo(client, { bucket: "new-one" }), { status: 404, code: "NoSuchBucket" });
});

sends(describeRegions, "nothing more for all", {}, { method: "GET", url: `${SERVICE}/?regions` });
sends(describeRegions, "a region", { regions: "oss-a" }, { method: "GET", url: `${SERVICE}/?regions=oss-a` });
sends(
  listCloudBoxes,
  "every input",
  { prefix: "a b", marker: "m", maxKeys: 7 },
  { method: "GET", url: `${SERVICE}/?cloudboxes&prefix=a%20b&marker=m&max-keys=7` },
);
reads(
  describeRegions,
  {},
  {
    body:
      "<RegionInfoList><RegionInfo><Region>oss-a</Region><InternetEndpoint>i</InternetEndpoint><InternalEndpoint>j" +
      "</InternalEndpoint><AccelerateEndpoint>k</AccelerateEndpoint></RegionInfo></RegionInfoList>",
  },
  {
    regions: [{ region: "oss-a", internetEndpoint: "i", internalEndpoint: "j", accelerateEndpoint: "k" }],
  },
);
reads(
  listCloudBoxes,
  {},
  {
    body:
      "<ListCloudBoxResult><Owner><ID>1</ID><DisplayName>one</DisplayName></Owner><Prefix>p</Prefix><Marker>m</Marker>" +
      "<MaxKeys>1</MaxKeys><IsTruncated>true</IsTruncated><NextMarker>n</NextMarker><CloudBoxes><CloudBox>" +
      "<ID>cb-1</ID><Name>box</Name><Region>cn-shanghai</Region><ControlEndpoint>c</ControlEndpoint>" +
      "<DataEndpoint>d</DataEndpoint><Alias>a</Alias></CloudBox></CloudBoxes></ListCloudBoxResult>",
  },
  {
    cloudBoxes: [
      { id: "cb-1", name: "box", alias: "a", region: "cn-shanghai", controlEndpoint: "c", dataEndpoint: "d" },
    ],
    owner: { id: "1", displayName: "one" },
    prefix: "p",
    marker: "m",
    maxKeys: 1,
    isTruncated: true,
    nextMarker: "n",
  },
);

presignCase("DescribeRegions", describeRegions, { input: { regions: "oss-cn-hangzhou" } });
presignCase("ListCloudBoxes", listCloudBoxes, { input: {} });
