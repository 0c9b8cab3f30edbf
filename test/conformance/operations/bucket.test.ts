/** Buckets and the service itself against the in-process OSS. */
import {
  deleteBucket,
  getBucketAcl,
  getBucketInfo,
  getBucketLocation,
  listBuckets,
  putBucket,
  putBucketAcl,
  putObject,
} from "../../../src/mod.ts";
import { assert, environment } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { assertRefused, own, VERSIONS } from "../support/world.ts";

const { bucket } = environment;
const NONE = { status: 404, code: "NoSuchBucket", ec: "0015-00000101" };
const owner = { id: "1000000000000001", displayName: "1000000000000001" };
const stranger = { accessKeyId: "LTAIstranger", accessKeySecret: "secret", id: "77" };
const service = {
  accounts: [environment.account, stranger],
  buckets: [bucket, { name: "taken", account: stranger }],
} as const;
const places = {
  location: "oss-cn-hangzhou",
  extranetEndpoint: "oss-cn-hangzhou.aliyuncs.com",
  intranetEndpoint: "oss-cn-hangzhou-internal.aliyuncs.com",
};

for (const signatureVersion of VERSIONS) {
  const client = { signatureVersion };

  operationCase(
    "PutBucket",
    `creates a bucket (${signatureVersion})`,
    async ({ client }) => {
      const input = { bucket: "new-one", acl: "public-read", storageClass: "IA", dataRedundancyType: "ZRS" } as const;
      assert.deepEqual(own(await putBucket(client, input), 200), {});
      const info = await getBucketInfo(client, { bucket: "new-one" });
      assert.deepInclude(info, { name: "new-one", acl: "public-read", storageClass: "IA", dataRedundancyType: "ZRS" });
    },
    { client },
  );

  operationCase(
    "GetBucketInfo",
    `tells all of a bucket (${signatureVersion})`,
    async ({ client }) => {
      const { creationDate, ...info } = own(await getBucketInfo(client, {}), 200);
      assert.instanceOf(creationDate, Date);
      assert.deepEqual(info, {
        ...places,
        name: bucket,
        acl: "private",
        owner,
        storageClass: "Standard",
        dataRedundancyType: "LRS",
        accessMonitor: "Disabled",
        transferAcceleration: "Disabled",
        crossRegionReplication: "Disabled",
        blockPublicAccess: false,
        serverSideEncryption: { sseAlgorithm: "None" },
        resourceGroupId: "rg-default-id",
        logBucket: "",
        logPrefix: "",
      });
    },
    { client },
  );

  operationCase(
    "PutBucketAcl",
    `sets what GetBucketAcl tells (${signatureVersion})`,
    async ({ client }) => {
      assert.deepEqual(own(await getBucketAcl(client, {}), 200), { acl: "private", owner });
      assert.deepEqual(own(await putBucketAcl(client, { acl: "public-read" }), 200), {});
      assert.equal((await getBucketAcl(client, {})).acl, "public-read");
      assert.equal((await getBucketLocation(client, {})).location, "oss-cn-hangzhou");
    },
    { client },
  );

  operationCase(
    "ListBuckets",
    `lists the account's buckets, page by page (${signatureVersion})`,
    async ({ client }) => {
      for (const name of ["b-2", "b-1", "b-3"]) await putBucket(client, { bucket: name });
      const { buckets, ...rest } = own(await listBuckets(client, {}), 200);
      assert.deepEqual(rest, { owner });
      const [{ creationDate, ...first } = { creationDate: undefined }] = buckets;
      assert.instanceOf(creationDate, Date);
      assert.deepEqual(first, {
        ...places,
        name: "b-1",
        region: "cn-hangzhou",
        resourceGroupId: "rg-default-id",
        storageClass: "Standard",
      });
      assert.deepEqual(
        buckets.map(({ name }) => name),
        ["b-1", "b-2", "b-3", bucket],
      );
      const page = await listBuckets(client, { prefix: "b-", maxKeys: 2 });
      assert.deepInclude(page, { isTruncated: true, nextMarker: "b-2", prefix: "b-", maxKeys: 2 });
      const next = await listBuckets(client, { prefix: "b-", marker: "b-2" });
      assert.deepEqual(
        next.buckets.map(({ name }) => name),
        ["b-3"],
      );
    },
    { client, service },
  );
}

operationCase("GetBucketAcl", "fails with what is wrong", async ({ client }) => {
  await assertRefused(getBucketAcl(client, { bucket: "not-there" }), { ...NONE, operation: "GetBucketAcl" });
});

operationCase("GetBucketLocation", "fails with what is wrong", async ({ client }) => {
  assert.deepEqual(own(await getBucketLocation(client, {}), 200), { location: "oss-cn-hangzhou" });
  await assertRefused(getBucketLocation(client, { bucket: "not-there" }), { ...NONE, operation: "GetBucketLocation" });
});

operationCase("DeleteBucket", "deletes an empty bucket only", async ({ client }) => {
  await putObject(client, { key: "a", body: "" });
  const full = { status: 409, code: "BucketNotEmpty", operation: "DeleteBucket" };
  await assertRefused(deleteBucket(client, {}), full);
  await putBucket(client, { bucket: "empty-one" });
  assert.deepEqual(own(await deleteBucket(client, { bucket: "empty-one" }), 204), {});
  await assertRefused(deleteBucket(client, { bucket: "empty-one" }), { ...NONE, operation: "DeleteBucket" });
});

operationCase(
  "PutBucket",
  "fails with what is wrong",
  async ({ client }) => {
    const operation = "PutBucket";
    await assertRefused(putBucket(client, { bucket: "taken" }), {
      status: 409,
      code: "BucketAlreadyExists",
      operation,
    });
    const odd = putBucket(client, { bucket: "new-one", storageClass: "Lukewarm" });
    await assertRefused(odd, { status: 400, code: "InvalidStorageClass", operation });
    const denied = { status: 403, code: "AccessDenied" };
    await assertRefused(putBucketAcl(client, { bucket: "taken", acl: "private" }), denied);
    await assertRefused(getBucketInfo(client, { bucket: "taken" }), { ...denied, operation: "GetBucketInfo" });
  },
  { service },
);

operationCase(
  "ListBuckets",
  "needs a signature",
  async ({ client }) => {
    const denied = { status: 403, code: "AccessDenied", operation: "ListBuckets" };
    await assertRefused(listBuckets(client, {}), denied);
  },
  { client: { credentials: "anonymous" } },
);

presignCase("PutBucket", putBucket, { input: { bucket: "new-one", acl: "public-read" } });
presignCase("DeleteBucket", deleteBucket, {
  prepare: ({ client }) => putBucket(client, { bucket: "new-one" }),
  input: { bucket: "new-one" },
  status: 204,
});
presignCase("GetBucketInfo", getBucketInfo, { input: {} });
presignCase("GetBucketLocation", getBucketLocation, { input: {} });
presignCase("GetBucketAcl", getBucketAcl, { input: {} });
presignCase("PutBucketAcl", putBucketAcl, { input: { acl: "public-read" } });
presignCase("ListBuckets", listBuckets, { input: { prefix: "a" } });
