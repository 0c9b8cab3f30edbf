/** Access logs of a bucket, and what they note. */
import {
  deleteBucketLogging,
  deleteUserDefinedLogFieldsConfig,
  getBucketInfo,
  getBucketLogging,
  getUserDefinedLogFieldsConfig,
  putBucketLogging,
  putUserDefinedLogFieldsConfig,
} from "../../../src/mod.ts";
import { assert, environment } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { assertRefused, failureOf, own, VERSIONS } from "../support/world.ts";

const HOST = "https://photos.oss-cn-hangzhou.aliyuncs.com";
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const type = { "content-type": "application/xml" };
const { account, bucket } = environment;
const stranger = { accessKeyId: "LTAIstranger", accessKeySecret: "secret", id: "77" };
const service = {
  accounts: [account, stranger],
  buckets: [bucket, "logs", { name: "taken", account: stranger }, { name: "far", region: "cn-beijing" }],
} as const;

const input = { targetBucket: "logs", targetPrefix: "a & b/", loggingRole: "AliyunOSSLoggingDefaultRole" };
const LOGGING =
  "<BucketLoggingStatus><LoggingEnabled><TargetBucket>logs</TargetBucket><TargetPrefix>a &amp; b/</TargetPrefix>" +
  "<LoggingRole>AliyunOSSLoggingDefaultRole</LoggingRole></LoggingEnabled></BucketLoggingStatus>";
const fields = { headerSet: ["x-a", "user-agent"], paramSet: ["b_c"] };
const FIELDS =
  "<UserDefinedLogFieldsConfiguration><HeaderSet><header>x-a</header><header>user-agent</header></HeaderSet>" +
  "<ParamSet><parameter>b_c</parameter></ParamSet></UserDefinedLogFieldsConfiguration>";
const NONE = { status: 404, code: "NoSuchUserDefinedLogFieldsConfig" };

for (const signatureVersion of VERSIONS) {
  const options = { client: { signatureVersion }, service };

  operationCase(
    "PutBucketLogging",
    `sets what GetBucketLogging reads and DeleteBucketLogging turns off (${signatureVersion})`,
    async ({ client }) => {
      assert.deepEqual(own(await getBucketLogging(client, {}), 200), {});
      assert.deepEqual(own(await putBucketLogging(client, input), 200), {});
      assert.deepEqual(own(await getBucketLogging(client, {}), 200), input);
      await putBucketLogging(client, { targetBucket: bucket });
      assert.deepEqual(own(await getBucketLogging(client, {}), 200), { targetBucket: bucket });
      assert.deepEqual(own(await deleteBucketLogging(client, {}), 204), {});
      assert.deepEqual(own(await getBucketLogging(client, {}), 200), {});
      assert.equal((await deleteBucketLogging(client, {})).status, 204);
    },
    options,
  );

  operationCase(
    "PutUserDefinedLogFieldsConfig",
    `sets what the other two read and delete (${signatureVersion})`,
    async ({ client }) => {
      await assertRefused(getUserDefinedLogFieldsConfig(client, {}), NONE);
      assert.deepEqual(own(await putUserDefinedLogFieldsConfig(client, fields), 200), {});
      assert.deepEqual(own(await getUserDefinedLogFieldsConfig(client, {}), 200), fields);
      await putUserDefinedLogFieldsConfig(client, { paramSet: ["a", "b", "c", "d", "e", "f"] });
      const other = { headerSet: [], paramSet: ["a", "b", "c", "d", "e", "f"] };
      assert.deepEqual(own(await getUserDefinedLogFieldsConfig(client, {}), 200), other);
      assert.deepEqual(own(await deleteUserDefinedLogFieldsConfig(client, {}), 204), {});
      await assertRefused(getUserDefinedLogFieldsConfig(client, {}), NONE);
    },
    options,
  );
}

operationCase(
  "GetBucketLogging",
  "tells the same as GetBucketInfo",
  async ({ client }) => {
    await putBucketLogging(client, input);
    assert.deepInclude(await getBucketInfo(client, {}), { logBucket: "logs", logPrefix: "a & b/" });
    await deleteBucketLogging(client, {});
    assert.deepInclude(await getBucketInfo(client, {}), { logBucket: "", logPrefix: "" });
  },
  { service },
);

operationCase(
  "PutBucketLogging",
  "refuses buckets that cannot take logs",
  async ({ client, oss }) => {
    const bad = { status: 400, code: "InvalidTargetBucketForLogging" };
    await assertRefused(putBucketLogging(client, { targetBucket: "missing" }), { ...bad, ec: "0032-00000008" });
    await assertRefused(putBucketLogging(client, { targetBucket: "taken" }), { ...bad, ec: "0032-00000009" });
    await assertRefused(putBucketLogging(client, { targetBucket: "far" }), bad);
    const sent = oss.requests.length;
    assert.instanceOf(await failureOf(putBucketLogging(client, { targetBucket: "" })), TypeError);
    assert.equal(oss.requests.length, sent, "an empty name does not turn logs off");
  },
  { service },
);

operationCase("PutUserDefinedLogFieldsConfig", "refuses what cannot be noted", async ({ client }) => {
  const bad = { status: 400, code: "InvalidArgument" };
  const many = putUserDefinedLogFieldsConfig(client, { headerSet: ["a", "b", "c", "d"], paramSet: ["e", "f", "g"] });
  await assertRefused(many, { ...bad, ec: "0046-00000004" });
  for (const name of ["a_b", "a:b", "a b", "ä"]) {
    await assertRefused(putUserDefinedLogFieldsConfig(client, { headerSet: [name] }), bad);
  }
});

operationCase("DeleteBucketLogging", "needs a bucket", async ({ client }) => {
  const none = { status: 404, code: "NoSuchBucket", ec: "0015-00000101" };
  await assertRefused(deleteBucketLogging(client, { bucket: "missing" }), none);
});

operationCase("DeleteUserDefinedLogFieldsConfig", "deletes what is not there", async ({ client }) => {
  assert.equal((await deleteUserDefinedLogFieldsConfig(client, {})).status, 204);
});

operationCase("GetUserDefinedLogFieldsConfig", "needs a bucket", async ({ client }) => {
  const none = { status: 404, code: "NoSuchBucket", ec: "0015-00000101" };
  await assertRefused(getUserDefinedLogFieldsConfig(client, { bucket: "missing" }), none);
});

const logging = { method: "PUT", url: `${HOST}/?logging`, headers: type } as const;
const noted = { method: "PUT", url: `${HOST}/?userDefinedLogFieldsConfig`, headers: type } as const;
sends(putBucketLogging, "every input", input, { ...logging, body: HEAD + LOGGING });
sends(putUserDefinedLogFieldsConfig, "every input", fields, { ...noted, body: HEAD + FIELDS });
sends(getBucketLogging, "every input", {}, { method: "GET", url: logging.url });
sends(deleteBucketLogging, "every input", {}, { method: "DELETE", url: logging.url });
sends(getUserDefinedLogFieldsConfig, "every input", {}, { method: "GET", url: noted.url });
sends(deleteUserDefinedLogFieldsConfig, "every input", {}, { method: "DELETE", url: noted.url });
reads(getBucketLogging, {}, { body: LOGGING }, input);
reads(getUserDefinedLogFieldsConfig, {}, { body: FIELDS }, fields);

const bytes = (xml: string) => new TextEncoder().encode(xml);
const options = { service };
presignCase("PutBucketLogging", putBucketLogging, { input, body: bytes(LOGGING), options });
presignCase("GetBucketLogging", getBucketLogging, { input: {} });
presignCase("DeleteBucketLogging", deleteBucketLogging, { input: {}, status: 204 });
presignCase("PutUserDefinedLogFieldsConfig", putUserDefinedLogFieldsConfig, { input: fields, body: bytes(FIELDS) });
presignCase("GetUserDefinedLogFieldsConfig", getUserDefinedLogFieldsConfig, {
  prepare: ({ client }) => putUserDefinedLogFieldsConfig(client, fields),
  input: {},
});
presignCase("DeleteUserDefinedLogFieldsConfig", deleteUserDefinedLogFieldsConfig, { input: {}, status: 204 });
