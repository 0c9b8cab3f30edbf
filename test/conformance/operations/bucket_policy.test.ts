/** Access policies of buckets. */
import { deleteBucketPolicy, getBucketPolicy, getBucketPolicyStatus, putBucketPolicy } from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase, type Stage } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { assertRefused, failureOf, own } from "../support/world.ts";

const NONE = { status: 404, code: "NoSuchBucketPolicy", ec: "0030-00000006" };
const URL = "https://photos.oss-cn-hangzhou.aliyuncs.com/?policy";

/** A policy of one statement; spaces and letters that a service could lose. */
function policy(statement: object, version = "1"): string {
  const full = { Effect: "Allow", Principal: ["*"], Action: ["oss:GetObject"], Resource: ["acs:oss:*:*:ä/*"] };
  return JSON.stringify({ Version: version, Statement: [{ ...full, ...statement }] }, null, 2);
}

const put = ({ client }: Stage): Promise<unknown> => putBucketPolicy(client, { policy: policy({}) });

operationCase("PutBucketPolicy", "is what GetBucketPolicy reads, to the letter", async ({ client }) => {
  await assertRefused(getBucketPolicy(client, {}), NONE);
  assert.deepEqual(own(await putBucketPolicy(client, { policy: policy({}) }), 200), {});
  const result = await getBucketPolicy(client, {});
  assert.deepEqual(own(result, 200), { policy: policy({}) });
  assert.equal(result.headers.get("content-type"), "application/json");
});

operationCase("PutBucketPolicy", "refuses what is no policy", async ({ client }) => {
  const invalid = { status: 400, code: "InvalidPolicyDocument" };
  for (const text of ["<Policy/>", "[]", '{"Version":"1"}', policy({ Effect: "Perhaps" })]) {
    await assertRefused(putBucketPolicy(client, { policy: text }), invalid);
  }
  const version = putBucketPolicy(client, { policy: policy({}, "2") });
  await assertRefused(version, { ...invalid, ec: "0030-00000002" });
  assert.instanceOf(await failureOf(putBucketPolicy(client, { policy: "" })), TypeError);
});

operationCase("GetBucketPolicyStatus", "says whether everybody is let in", async ({ client }) => {
  await assertRefused(getBucketPolicyStatus(client, {}), NONE);
  const cases: [object, boolean][] = [
    [{}, true],
    [{ Principal: "*" }, true],
    [{ Principal: ["1234567890"] }, false],
    [{ Effect: "Deny" }, false],
    [{ Condition: { IpAddress: { "acs:SourceIp": ["10.0.0.1"] } } }, false],
    [{ Condition: {} }, true],
  ];
  for (const [statement, isPublic] of cases) {
    await putBucketPolicy(client, { policy: policy(statement) });
    assert.deepEqual(own(await getBucketPolicyStatus(client, {}), 200), { isPublic }, JSON.stringify(statement));
  }
});

operationCase("GetBucketPolicy", "needs a policy", ({ client }) => assertRefused(getBucketPolicy(client, {}), NONE));

operationCase("DeleteBucketPolicy", "ends the policy, and may be repeated", async (stage) => {
  await put(stage);
  assert.deepEqual(own(await deleteBucketPolicy(stage.client, {}), 204), {});
  await assertRefused(getBucketPolicy(stage.client, {}), NONE);
  assert.deepEqual(own(await deleteBucketPolicy(stage.client, {}), 204), {});
});

sends(
  putBucketPolicy,
  "the policy as it is",
  { policy: policy({}) },
  {
    method: "PUT",
    url: URL,
    headers: { "content-type": "application/json" },
    body: policy({}),
  },
);
sends(deleteBucketPolicy, "nothing else", {}, { method: "DELETE", url: URL });
reads(getBucketPolicy, {}, { body: policy({}) }, { policy: policy({}) });
reads(
  getBucketPolicyStatus,
  {},
  { body: "<PolicyStatus><IsPublic>true</IsPublic></PolicyStatus>" },
  { isPublic: true },
);

presignCase("PutBucketPolicy", putBucketPolicy, {
  input: { policy: policy({}) },
  body: new TextEncoder().encode(policy({})),
});
presignCase("GetBucketPolicy", getBucketPolicy, { prepare: put, input: {} });
presignCase("GetBucketPolicyStatus", getBucketPolicyStatus, { prepare: put, input: {} });
presignCase("DeleteBucketPolicy", deleteBucketPolicy, { input: {}, status: 204 });
