/** Buckets, and the documents that configure them. */
import { assert } from "../../harness.ts";
import { codeOf } from "./client.ts";
import { BUCKET, type Step } from "./world.ts";

export const buckets: Step = async (client) => {
  const { res } = await client.putBucket("second-bucket");
  assert.equal(res.headers["location"], "/second-bucket");
  const { buckets: listed } = await client.listBuckets();
  const places = (listed ?? []).map(({ name, region }) => [name, region]);
  assert.deepInclude(places, [BUCKET, "oss-cn-hangzhou"]);
  assert.deepInclude(places, ["second-bucket", "oss-cn-hangzhou"]);
  assert.nestedPropertyVal(await client.getBucketInfo("second-bucket"), "bucket.StorageClass", "Standard");
  assert.equal((await client.getBucketLocation("second-bucket"))["location"], "oss-cn-hangzhou");
  await client.putBucketACL(BUCKET, "public-read");
  assert.equal((await client.getBucketACL(BUCKET))["acl"], "public-read");
  await client.putBucketACL(BUCKET, "private");
  client.useBucket("second-bucket");
  assert.equal(client.getBucket(), "second-bucket");
  await client.put("a", Buffer.from("12345"));
  assert.nestedPropertyVal(await client.getBucketStat("second-bucket"), "stat.ObjectCount", "1");
  assert.nestedPropertyVal(await client.getBucketStat(), "stat.Storage", "5");
  assert.equal(await codeOf(client.deleteBucket("second-bucket")), "BucketNotEmpty");
  await client.delete("a");
  client.setBucket(BUCKET);
  assert.equal((await client.deleteBucket("second-bucket")).res.status, 204);
};

const POLICY = {
  Version: "1",
  Statement: [
    {
      Effect: "Allow",
      Action: ["oss:GetObject"],
      Principal: ["1234567890"],
      Resource: [`acs:oss:*:*:${BUCKET}/*`],
    },
  ],
};

export const documents: Step = async (client) => {
  await client.putBucketCORS(BUCKET, [{ allowedOrigin: "*", allowedMethod: "GET", exposeHeader: "ETag" }]);
  assert.deepInclude((await client.getBucketCORS(BUCKET)).rules?.[0], {
    allowedOrigin: "*",
    allowedMethod: "GET",
    exposeHeader: "ETag",
  });
  await client.deleteBucketCORS(BUCKET);
  assert.equal(await codeOf(client.getBucketCORS(BUCKET)), "NoSuchCORSConfiguration");

  await client.putBucketTags(BUCKET, { team: "a", cost: "7" });
  assert.deepEqual((await client.getBucketTags(BUCKET))["tag"], { team: "a", cost: "7" });
  // ali-oss writes values without escaping them: what it sends is no document.
  assert.equal(await codeOf(client.putBucketTags(BUCKET, { team: "a&b" })), "MalformedXML");
  await client.deleteBucketTags(BUCKET);
  assert.deepEqual((await client.getBucketTags(BUCKET))["tag"], {});

  await client.putBucketEncryption(BUCKET, { SSEAlgorithm: "KMS", KMSMasterKeyID: "key-1" });
  assert.deepEqual((await client.getBucketEncryption(BUCKET))["encryption"], {
    SSEAlgorithm: "KMS",
    KMSMasterKeyID: "key-1",
  });
  await client.deleteBucketEncryption(BUCKET);
  assert.equal(await codeOf(client.getBucketEncryption(BUCKET)), "NoSuchServerSideEncryptionRule");

  await client.putBucketPolicy(BUCKET, POLICY);
  assert.deepEqual((await client.getBucketPolicy(BUCKET))["policy"], POLICY);
  await client.deleteBucketPolicy(BUCKET);
  // getBucketPolicy names the status of a success only after the call: every answer is one.
  const none = await client.getBucketPolicy(BUCKET);
  assert.deepEqual([none.status, none["policy"]], [404, null]);

  await client.putBucketRequestPayment(BUCKET, "Requester");
  assert.equal((await client.getBucketRequestPayment(BUCKET))["payer"], "Requester");
  await client.putBucketRequestPayment(BUCKET, "BucketOwner");
};

export const versions: Step = async (client) => {
  await client.putBucket("versioned-bucket");
  client.useBucket("versioned-bucket");
  assert.isUndefined((await client.getBucketVersioning("versioned-bucket"))["versionStatus"]);
  await client.putBucketVersioning("versioned-bucket", "Enabled");
  assert.equal((await client.getBucketVersioning("versioned-bucket"))["versionStatus"], "Enabled");
  const first = (await client.put("a.txt", Buffer.from("one"))).res.headers["x-oss-version-id"];
  const second = (await client.put("a.txt", Buffer.from("two"))).res.headers["x-oss-version-id"];
  assert.notEqual(first, second);
  assert.equal(String((await client.get("a.txt", { versionId: first })).content), "one");
  assert.equal((await client.delete("a.txt")).res.headers["x-oss-delete-marker"], "true");
  const listed = await client.listObjectVersions({ prefix: "a" });
  assert.deepEqual(
    listed.objects?.map(({ versionId, isLatest }) => [versionId, isLatest]),
    [
      [second, false],
      [first, false],
    ],
  );
  assert.lengthOf(listed["deleteMarker"] as unknown[], 1);
  const page = await client.getBucketVersions({ maxKeys: 1 });
  assert.deepEqual([page["isTruncated"], page["nextKeyMarker"]], [true, "a.txt"]);
  const { deleted } = await client.deleteMulti([
    { key: "a.txt", versionId: first },
    { key: "a.txt", versionId: second },
    { key: "a.txt", versionId: Reflect.get(Object((listed["deleteMarker"] as unknown[])[0]), "versionId") },
  ]);
  assert.lengthOf(deleted ?? [], 3);
  await client.putBucketVersioning("versioned-bucket", "Suspended");
  await client.deleteBucket("versioned-bucket");
  client.useBucket(BUCKET);
};
