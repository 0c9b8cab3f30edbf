/** Replication to other buckets. */
import {
  type Client,
  deleteBucketReplication,
  getBucketReplication,
  getBucketReplicationLocation,
  getBucketReplicationProgress,
  putBucketReplication,
  putBucketRtc,
} from "../../../src/mod.ts";
import { assert, test } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { answering, reads, sends } from "../support/canned.ts";
import { assertRefused, failureOf, own } from "../support/world.ts";

const RULE = {
  id: "copy",
  prefixes: ["a&b/", " c "],
  action: "PUT,DELETE",
  destination: { bucket: "photos-copy", location: "oss-cn-beijing", transferType: "oss_acc" },
  historicalObjectReplication: "disabled",
  syncRole: "aliyunramrole",
  sseKmsEncryptedObjects: "Enabled",
  replicaKmsKeyId: "c4d49f85-ee30-426b-a5ed-95e9139d",
  rtc: "enabled",
} as const;

const PLAIN = { destination: { bucket: "photos-copy", location: "oss-cn-beijing" } };
const noRule = { status: 404, code: "NoSuchReplicationRule" };
const noConfiguration = { status: 404, code: "NoSuchReplicationConfiguration" };

operationCase("PutBucketReplication", "is what GetBucketReplication reads", async ({ client }) => {
  assert.deepEqual(own(await putBucketReplication(client, { rules: [RULE] }), 200), { replicationRuleId: "copy" });
  const { rules } = own(await getBucketReplication(client, {}), 200);
  assert.deepEqual(rules, [{ ...RULE, status: "starting" }]);
});

operationCase("PutBucketReplication", "fills in what the service decides", async ({ client }) => {
  const { replicationRuleId = "?" } = await putBucketReplication(client, { rules: [{ ...PLAIN, status: "doing" }] });
  const { rules } = await getBucketReplication(client, {});
  const made = { id: replicationRuleId, action: "ALL", historicalObjectReplication: "enabled", status: "starting" };
  assert.deepEqual(rules, [{ ...PLAIN, ...made, prefixes: [] }]);
});

operationCase("PutBucketReplication", "refuses a second rule to a bucket, and two at once", async ({ client }) => {
  await putBucketReplication(client, { rules: [PLAIN] });
  await assertRefused(putBucketReplication(client, { rules: [{ ...PLAIN, id: "again" }] }), {
    status: 409,
    code: "BucketReplicationAlreadyExist",
    ec: "0031-00000044",
  });
  const other = { destination: { bucket: "other", location: "oss-cn-beijing" } };
  await assertRefused(putBucketReplication(client, { rules: [other, RULE] }), {
    status: 400,
    code: "TooManyReplicationRules",
  });
  await assertRefused(putBucketReplication(client, { rules: [] }), { status: 400, code: "MalformedXML" });
  await putBucketReplication(client, { rules: [other] });
  assert.lengthOf((await getBucketReplication(client, {})).rules, 2);
});

operationCase("GetBucketReplication", "finds nothing before the first rule", async ({ client }) => {
  await assertRefused(getBucketReplication(client, {}), noConfiguration);
});

operationCase("DeleteBucketReplication", "ends one rule of several", async ({ client }) => {
  await putBucketReplication(client, { rules: [RULE] });
  const rule = { id: "other", destination: { bucket: "other", location: "oss-cn-beijing" } };
  await putBucketReplication(client, { rules: [rule] });
  await assertRefused(deleteBucketReplication(client, { ids: ["other", "none"] }), noRule);
  assert.deepEqual(own(await deleteBucketReplication(client, { ids: ["copy"] }), 200), {});
  const { rules } = await getBucketReplication(client, {});
  assert.deepEqual(
    rules.map(({ id }) => id),
    ["other"],
  );
  await deleteBucketReplication(client, { ids: ["other"] });
  await assertRefused(deleteBucketReplication(client, { ids: ["other"] }), noConfiguration);
});

operationCase("PutBucketRtc", "switches time control of a rule", async ({ client }) => {
  await putBucketReplication(client, { rules: [{ ...PLAIN, id: "copy" }] });
  assert.deepEqual(own(await putBucketRtc(client, { id: "copy", rtc: "enabled" }), 200), {});
  assert.equal((await getBucketReplication(client, {})).rules[0]?.rtc, "enabled");
  await putBucketRtc(client, { id: "copy", rtc: "disabled" });
  assert.equal((await getBucketReplication(client, {})).rules[0]?.rtc, "disabled");
  await assertRefused(putBucketRtc(client, { id: "none", rtc: "enabled" }), noRule);
});

operationCase("GetBucketReplicationLocation", "tells the regions beside the bucket's own", async ({ client }) => {
  const result = own(await getBucketReplicationLocation(client, {}), 200);
  assert.include(result.locations, "oss-cn-beijing");
  assert.notInclude(result.locations, "oss-cn-hangzhou");
  assert.deepEqual(result.locationTransferTypes[0], { location: "oss-cn-beijing", transferTypes: ["oss_acc"] });
  assert.deepEqual(result.rtcLocations, ["oss-cn-beijing"]);
});

operationCase("GetBucketReplicationProgress", "tells a rule and its state", async ({ client }) => {
  await putBucketReplication(client, { rules: [RULE] });
  const { rules } = own(await getBucketReplicationProgress(client, { ruleId: "copy" }), 200);
  const { syncRole, sseKmsEncryptedObjects, replicaKmsKeyId, rtc, ...shared } = RULE;
  assert.deepEqual(rules, [{ ...shared, status: "starting", historicalObject: 0 }]);
  await assertRefused(getBucketReplicationProgress(client, { ruleId: "none" }), noRule);
});

test("GetBucketReplicationProgress refuses an empty rule id before any request", async () => {
  const client = answering(() => assert.fail("nothing may be sent"));
  assert.instanceOf(await failureOf(getBucketReplicationProgress(client, { ruleId: "" })), TypeError);
});

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const DOCUMENT = `${HEAD}<ReplicationConfiguration><Rule><ID>copy</ID><PrefixSet><Prefix>a&amp;b/</Prefix><Prefix> c </Prefix></PrefixSet><Action>PUT,DELETE</Action><Destination><Bucket>photos-copy</Bucket><Location>oss-cn-beijing</Location><TransferType>oss_acc</TransferType></Destination><HistoricalObjectReplication>disabled</HistoricalObjectReplication><SyncRole>aliyunramrole</SyncRole><SourceSelectionCriteria><SseKmsEncryptedObjects><Status>Enabled</Status></SseKmsEncryptedObjects></SourceSelectionCriteria><EncryptionConfiguration><ReplicaKmsKeyID>c4d49f85-ee30-426b-a5ed-95e9139d</ReplicaKmsKeyID></EncryptionConfiguration><RTC><Status>enabled</Status></RTC></Rule></ReplicationConfiguration>`;
const DELETION = `${HEAD}<ReplicationRules><ID>copy</ID><ID>other</ID></ReplicationRules>`;
const RTC = `${HEAD}<ReplicationRule><RTC><Status>enabled</Status></RTC><ID>copy</ID></ReplicationRule>`;
const AT = "https://photos.oss-cn-hangzhou.aliyuncs.com/";
const headers = { "content-type": "application/xml" };

sends(
  putBucketReplication,
  "every field of a rule",
  { rules: [RULE] },
  { method: "POST", url: `${AT}?replication&comp=add`, headers, body: DOCUMENT },
);
sends(
  deleteBucketReplication,
  "the ids",
  { ids: ["copy", "other"] },
  { method: "POST", url: `${AT}?replication&comp=delete`, headers, body: DELETION },
);
sends(
  putBucketRtc,
  "the rule in a document",
  { id: "copy", rtc: "enabled" },
  { method: "PUT", url: `${AT}?rtc`, headers, body: RTC },
);
sends(
  getBucketReplicationProgress,
  "the rule's id",
  { ruleId: "a b" },
  { method: "GET", url: `${AT}?replicationProgress&rule-id=a%20b` },
);

const SAMPLE = `<Rule><ID>test_replication_1</ID><PrefixSet><Prefix>source_image</Prefix><Prefix>video</Prefix></PrefixSet>
<Action>PUT</Action><Destination><Bucket>target-bucket</Bucket><Location>oss-cn-beijing</Location><TransferType>oss_acc</TransferType></Destination>
<Status>doing</Status><HistoricalObjectReplication>enabled</HistoricalObjectReplication>`;
const SAMPLE_RULE = {
  id: "test_replication_1",
  prefixes: ["source_image", "video"],
  action: "PUT",
  destination: { bucket: "target-bucket", location: "oss-cn-beijing", transferType: "oss_acc" },
  status: "doing",
  historicalObjectReplication: "enabled",
};
reads(
  getBucketReplicationProgress,
  { ruleId: "test_replication_1" },
  {
    body: `<ReplicationProgress>${SAMPLE}<Progress><HistoricalObject>0.85</HistoricalObject><NewObject>2015-09-24T15:28:14.000Z </NewObject></Progress></Rule></ReplicationProgress>`,
  },
  { rules: [{ ...SAMPLE_RULE, historicalObject: 0.85, newObject: new Date("2015-09-24T15:28:14Z") }] },
);
reads(
  getBucketReplication,
  {},
  {
    body: `<ReplicationConfiguration>${SAMPLE}<SyncRole>r</SyncRole><RTC><Status>enabling</Status></RTC></Rule></ReplicationConfiguration>`,
  },
  { rules: [{ ...SAMPLE_RULE, syncRole: "r", rtc: "enabling" }] },
);

const prepare = ({ client }: { client: Client }): Promise<unknown> => putBucketReplication(client, { rules: [RULE] });
const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
presignCase("PutBucketReplication", putBucketReplication, { input: { rules: [RULE] }, body: bytes(DOCUMENT) });
presignCase("GetBucketReplication", getBucketReplication, { prepare, input: {} });
presignCase("DeleteBucketReplication", deleteBucketReplication, {
  prepare,
  input: { ids: ["copy"] },
  body: bytes(`<ReplicationRules><ID>copy</ID></ReplicationRules>`),
});
presignCase("PutBucketRtc", putBucketRtc, { prepare, input: { id: "copy", rtc: "enabled" }, body: bytes(RTC) });
presignCase("GetBucketReplicationLocation", getBucketReplicationLocation, { input: {} });
presignCase("GetBucketReplicationProgress", getBucketReplicationProgress, { prepare, input: { ruleId: "copy" } });
