/** Inventories of buckets. */
import {
  deleteBucketInventory,
  each,
  getBucketInventory,
  type InventoryConfiguration,
  listBucketInventory,
  pages,
  putBucketInventory,
} from "../../../src/mod.ts";
import { assert, environment } from "../../harness.ts";
import { operationCase, presignCase, type Stage } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { assertRefused, failureOf, own } from "../support/world.ts";

const URL = "https://photos.oss-cn-hangzhou.aliyuncs.com/?inventory";
const NONE = { status: 404, code: "NoSuchInventory" };

/** An inventory that says everything that can be said. */
function full(inventoryId: string, bucket: string): InventoryConfiguration {
  return {
    inventoryId,
    isEnabled: true,
    filter: {
      prefix: "Pics/",
      lastModifyBeginTimeStamp: 1_637_883_649,
      lastModifyEndTimeStamp: 1_638_347_592,
      lowerSizeBound: 0,
      upperSizeBound: 53_687_091_200,
      storageClass: "Standard,IA",
    },
    destination: {
      format: "CSV",
      accountId: "1000000000000001",
      roleArn: "acs:ram::1000000000000001:role/AliyunOSSRole",
      bucket: `acs:oss:::${bucket}`,
      prefix: "prefix1/",
      sseOss: "",
      sseKmsKeyId: "keyId",
    },
    frequency: "Daily",
    includedObjectVersions: "All",
    optionalFields: ["Size", "ETag"],
    incrementalInventory: { isEnabled: false, frequency: 600, optionalFields: ["RequestId"] },
  };
}

/** The least that an inventory says. */
const small = ({ bucket }: Stage, inventoryId: string): InventoryConfiguration => ({
  inventoryId,
  isEnabled: false,
  destination: { format: "ORC", accountId: "1", roleArn: "r", bucket: `acs:oss:::${bucket}` },
  frequency: "Weekly",
  includedObjectVersions: "Current",
});

operationCase("PutBucketInventory", "is what GetBucketInventory reads", async (stage) => {
  const { client, bucket } = stage;
  await assertRefused(getBucketInventory(client, { inventoryId: "report1" }), NONE);
  assert.deepEqual(own(await putBucketInventory(client, full("report1", bucket)), 200), {});
  const read = own(await getBucketInventory(client, { inventoryId: "report1" }), 200);
  assert.deepEqual(read, full("report1", bucket));
  await putBucketInventory(client, small(stage, "report2"));
  const least = own(await getBucketInventory(client, { inventoryId: "report2" }), 200);
  assert.deepEqual(least, { ...small(stage, "report2"), optionalFields: [] });
});

operationCase("PutBucketInventory", "refuses what is no inventory", async (stage) => {
  const { client } = stage;
  const one = small(stage, "report1");
  await putBucketInventory(client, one);
  const exists = { status: 409, code: "InventoryAlreadyExist", ec: "0020-00000042" };
  await assertRefused(putBucketInventory(client, one), exists);
  const to = (bucket: string) => ({ ...small(stage, "report2"), destination: { ...one.destination, bucket } });
  const argument = { status: 400, code: "InvalidArgument" };
  await assertRefused(putBucketInventory(client, to("acs:oss:::b")), { ...argument, ec: "0020-00000032" });
  await assertRefused(putBucketInventory(client, to("acs:oss:::another")), { ...argument, ec: "0020-00000033" });
  const hourly = { ...small(stage, "report2"), frequency: "Hourly" };
  await assertRefused(putBucketInventory(client, hourly), { status: 400, code: "MalformedXML" });
});

operationCase("GetBucketInventory", "is no other call without an id", async ({ client, oss }) => {
  for (const call of [getBucketInventory, deleteBucketInventory]) {
    assert.instanceOf(await failureOf(call(client, { inventoryId: "" })), TypeError);
  }
  assert.equal(oss.requests.length, 0);
});

operationCase("DeleteBucketInventory", "ends one inventory", async (stage) => {
  const { client } = stage;
  for (const id of ["a", "b"]) await putBucketInventory(client, small(stage, id));
  assert.deepEqual(own(await deleteBucketInventory(client, { inventoryId: "a" }), 204), {});
  await assertRefused(getBucketInventory(client, { inventoryId: "a" }), NONE);
  assert.equal((await getBucketInventory(client, { inventoryId: "b" })).inventoryId, "b");
});

operationCase(
  "ListBucketInventory",
  "pages through them all",
  async (stage) => {
    const { client } = stage;
    await assertRefused(listBucketInventory(client, {}), NONE);
    const ids = Array.from({ length: 201 }, (_, at) => `report${String(at).padStart(3, "0")}`);
    for (const id of ids) await putBucketInventory(client, small(stage, id));
    const sizes: number[] = [];
    for await (const { inventories } of pages(client, listBucketInventory, {})) sizes.push(inventories.length);
    assert.deepEqual(sizes, [100, 100, 1]);
    const seen: string[] = [];
    for await (const { inventoryId } of each(client, listBucketInventory, {})) seen.push(inventoryId);
    assert.deepEqual(seen, ids);
  },
  { timeout: 60_000 },
);

const DESTINATION =
  "<Format>CSV</Format><AccountId>1000000000000001</AccountId><RoleArn>acs:ram::1000000000000001:role/AliyunOSSRole</RoleArn><Bucket>acs:oss:::photos</Bucket><Prefix>prefix1/</Prefix><Encryption><SSE-OSS></SSE-OSS><SSE-KMS><KeyId>keyId</KeyId></SSE-KMS></Encryption>";
const XML = `<InventoryConfiguration><Id>report1</Id><IsEnabled>true</IsEnabled><Filter><Prefix>Pics/</Prefix><LastModifyBeginTimeStamp>1637883649</LastModifyBeginTimeStamp><LastModifyEndTimeStamp>1638347592</LastModifyEndTimeStamp><LowerSizeBound>0</LowerSizeBound><UpperSizeBound>53687091200</UpperSizeBound><StorageClass>Standard,IA</StorageClass></Filter><Destination><OSSBucketDestination>${DESTINATION}</OSSBucketDestination></Destination><Schedule><Frequency>Daily</Frequency></Schedule><IncludedObjectVersions>All</IncludedObjectVersions><OptionalFields><Field>Size</Field><Field>ETag</Field></OptionalFields><IncrementalInventory><IsEnabled>false</IsEnabled><Schedule><Frequency>600</Frequency></Schedule><OptionalFields><Field>RequestId</Field></OptionalFields></IncrementalInventory></InventoryConfiguration>`;
const one = full("report1", "photos");
sends(putBucketInventory, "every field in a document", one, {
  method: "PUT",
  url: `${URL}&inventoryId=report1`,
  headers: { "content-type": "application/xml" },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${XML}`,
});
const id = { inventoryId: "report1" };
sends(getBucketInventory, "the id", id, { method: "GET", url: `${URL}&inventoryId=report1` });
sends(deleteBucketInventory, "the id", id, { method: "DELETE", url: `${URL}&inventoryId=report1` });
sends(
  listBucketInventory,
  "the token",
  { continuationToken: "a b" },
  {
    method: "GET",
    url: `${URL}&continuation-token=a%20b`,
  },
);
reads(getBucketInventory, id, { body: XML }, one);
reads(
  listBucketInventory,
  {},
  {
    body: `<ListInventoryConfigurationsResult>${XML}<IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken></ListInventoryConfigurationsResult>`,
  },
  { inventories: [one], isTruncated: true, nextContinuationToken: "t" },
);

const make = async (stage: Stage): Promise<void> => {
  await putBucketInventory(stage.client, small(stage, "report1"));
};
presignCase("PutBucketInventory", putBucketInventory, {
  input: ({ bucket }) => full("report1", bucket),
  body: new TextEncoder().encode(XML.replace("photos", environment.bucket)),
});
presignCase("GetBucketInventory", getBucketInventory, { prepare: make, input: id });
presignCase("DeleteBucketInventory", deleteBucketInventory, { input: id, status: 204 });
presignCase("ListBucketInventory", listBucketInventory, { prepare: make, input: {} });
