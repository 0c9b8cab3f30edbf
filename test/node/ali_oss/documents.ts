/** Deeper documents of buckets: lifecycle, referer, website, logging, inventory, retention. */
import { assert } from "../../harness.ts";
import { codeOf } from "./client.ts";
import { BUCKET, type Step } from "./world.ts";

export const lifecycle: Step = async (client) => {
  const rule = {
    id: "r1",
    prefix: "tmp/",
    status: "Enabled",
    expiration: { days: 3 },
    tag: [{ key: "a", value: "1" }],
  };
  await client.putBucketLifecycle(BUCKET, [
    { ...rule },
    { id: "r2", prefix: "logs/", status: "Disabled", transition: { days: 30, storageClass: "IA" } },
  ]);
  const { rules } = await client.getBucketLifecycle(BUCKET);
  assert.lengthOf(rules ?? [], 2);
  assert.deepInclude(rules?.[0], { id: "r1", prefix: "tmp/", status: "Enabled", expiration: { days: "3" } });
  assert.deepInclude(rules?.[1], { transition: { days: "30", storageClass: "IA" } });
  await client.deleteBucketLifecycle(BUCKET);
  assert.equal(await codeOf(client.getBucketLifecycle(BUCKET)), "NoSuchLifecycle");
};

export const referer: Step = async (client) => {
  await client.putBucketReferer(BUCKET, false, ["http://a.example", "https://*.b.example"]);
  const set = await client.getBucketReferer(BUCKET);
  assert.deepEqual([set["allowEmpty"], set["referers"]], [false, ["http://a.example", "https://*.b.example"]]);
  // There is no DeleteBucketReferer: ali-oss puts an empty list that allows everything.
  await client.deleteBucketReferer(BUCKET);
  const none = await client.getBucketReferer(BUCKET);
  assert.deepEqual([none["allowEmpty"], none["referers"]], [true, null]);
};

export const website: Step = async (client) => {
  const routingRules = [
    {
      RuleNumber: "1",
      Condition: { KeyPrefixEquals: "old/", HttpErrorCodeReturnedEquals: "404" },
      Redirect: { RedirectType: "AliCDN", Protocol: "https", HostName: "new.example" },
    },
  ];
  await client.putBucketWebsite(BUCKET, {
    index: "index.html",
    error: "404.html",
    supportSubDir: "true",
    type: "0",
    routingRules,
  });
  const set = await client.getBucketWebsite(BUCKET);
  assert.deepEqual(
    [set["index"], set["error"], set["supportSubDir"], set["type"]],
    ["index.html", "404.html", "true", "0"],
  );
  assert.nestedPropertyVal(set, "routingRules[0].Condition.KeyPrefixEquals", "old/");
  assert.nestedPropertyVal(set, "routingRules[0].Redirect.HostName", "new.example");
  await client.deleteBucketWebsite(BUCKET);
  assert.equal(await codeOf(client.getBucketWebsite(BUCKET)), "NoSuchWebsiteConfiguration");
};

export const logging: Step = async (client) => {
  // ali-oss logs a bucket into itself, always.
  await client.putBucketLogging(BUCKET, "logs/");
  const set = await client.getBucketLogging(BUCKET);
  assert.deepEqual([set["enable"], set["prefix"]], [true, "logs/"]);
  await client.deleteBucketLogging(BUCKET);
  const none = await client.getBucketLogging(BUCKET);
  assert.deepEqual([none["enable"], none["prefix"]], [false, null]);
};

export const inventory: Step = async (client) => {
  const one = {
    id: "daily",
    isEnabled: true,
    prefix: "data/",
    OSSBucketDestination: {
      format: "CSV",
      accountId: "1234567890",
      rolename: "lister",
      bucket: BUCKET,
      prefix: "lists",
    },
    frequency: "Daily",
    includedObjectVersions: "All",
    optionalFields: { field: ["Size", "ETag"] },
  };
  await client.putBucketInventory(BUCKET, one);
  const { inventory: found } = await client.getBucketInventory(BUCKET, "daily");
  assert.deepInclude(found, { id: "daily", isEnabled: true, prefix: "data/", frequency: "Daily" });
  assert.nestedPropertyVal(found, "OSSBucketDestination.rolename", "lister");
  assert.nestedPropertyVal(found, "OSSBucketDestination.bucket", BUCKET);
  assert.deepNestedPropertyVal(found, "optionalFields.field", ["Size", "ETag"]);
  const listed = await client.listBucketInventory(BUCKET);
  assert.lengthOf(listed["inventoryList"] as unknown[], 1);
  assert.isFalse(listed["isTruncated"]);
  await client.deleteBucketInventory(BUCKET, "daily");
  assert.equal(await codeOf(client.getBucketInventory(BUCKET, "daily")), "NoSuchInventory");
};

export const worm: Step = async (client) => {
  const bucket = "worm-bucket";
  await client.putBucket(bucket);
  const first = await client.initiateBucketWorm(bucket, 1);
  const set = await client.getBucketWorm(bucket);
  assert.deepInclude(set, { wormId: first["wormId"], state: "InProgress", days: "1" });
  await client.abortBucketWorm(bucket);
  assert.equal(await codeOf(client.getBucketWorm(bucket)), "NoSuchWORMConfiguration");
  const { wormId } = await client.initiateBucketWorm(bucket, 2);
  // Neither this call nor abortBucketWorm looks at the status.
  assert.equal((await client.completeBucketWorm(bucket, "no-such-id")).status, 404);
  assert.equal((await client.completeBucketWorm(bucket, wormId)).status, 200);
  assert.equal((await client.getBucketWorm(bucket))["state"], "Locked");
  await client.extendBucketWorm(bucket, wormId, 3);
  assert.equal((await client.getBucketWorm(bucket))["days"], "3");
  assert.equal((await client.abortBucketWorm(bucket)).status, 403);
  await client.deleteBucket(bucket);
};
