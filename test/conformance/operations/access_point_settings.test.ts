/** Policies and Block Public Access of access points. */
import {
  createAccessPoint,
  deleteAccessPointPolicy,
  deleteAccessPointPublicAccessBlock,
  getAccessPoint,
  getAccessPointPolicy,
  getAccessPointPublicAccessBlock,
  getBucketPublicAccessBlock,
  putAccessPointPolicy,
  putAccessPointPublicAccessBlock,
} from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase, type Stage } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { assertRefused, failureOf, own } from "../support/world.ts";

const NAME = { accessPointName: "ap-01" };
const NONE = { status: 404, code: "NoSuchAccessPoint" };
const NO_POLICY = { status: 404, code: "NoSuchAccessPointPolicy" };
const POLICY = { policy: '{"Version":"1",\n "Statement":[]}' };
const SITE = "https://photos.oss-cn-hangzhou.aliyuncs.com";

const make = async ({ client }: Stage): Promise<void> => {
  await createAccessPoint(client, { ...NAME, networkOrigin: "internet" });
};
const withPolicy = async (stage: Stage): Promise<void> => {
  await make(stage);
  await putAccessPointPolicy(stage.client, { ...NAME, ...POLICY });
};

operationCase("PutAccessPointPolicy", "is what GetAccessPointPolicy reads, to the letter", async (stage) => {
  const { client } = stage;
  await assertRefused(putAccessPointPolicy(client, { ...NAME, ...POLICY }), NONE);
  await make(stage);
  assert.deepEqual(own(await putAccessPointPolicy(client, { ...NAME, ...POLICY }), 200), {});
  assert.deepEqual(own(await getAccessPointPolicy(client, NAME), 200), POLICY);
  const invalid = { status: 400, code: "InvalidPolicyDocument" };
  await assertRefused(putAccessPointPolicy(client, { ...NAME, policy: "{" }), invalid);
});

operationCase("GetAccessPointPolicy", "needs a point and a policy", async (stage) => {
  const { client } = stage;
  await assertRefused(getAccessPointPolicy(client, NAME), NONE);
  await make(stage);
  await assertRefused(getAccessPointPolicy(client, NAME), NO_POLICY);
  assert.instanceOf(await failureOf(getAccessPointPolicy(client, { accessPointName: "" })), TypeError);
});

operationCase("DeleteAccessPointPolicy", "ends the policy", async (stage) => {
  const { client } = stage;
  await withPolicy(stage);
  assert.deepEqual(own(await deleteAccessPointPolicy(client, NAME), 204), {});
  await assertRefused(getAccessPointPolicy(client, NAME), NO_POLICY);
});

operationCase("PutAccessPointPublicAccessBlock", "is what the getters read, and not the bucket's", async (stage) => {
  const { client } = stage;
  const on = { blockPublicAccess: true };
  await assertRefused(putAccessPointPublicAccessBlock(client, { ...NAME, ...on }), NONE);
  await make(stage);
  assert.deepEqual(own(await putAccessPointPublicAccessBlock(client, { ...NAME, ...on }), 200), {});
  assert.deepEqual(own(await getAccessPointPublicAccessBlock(client, NAME), 200), on);
  assert.equal((await getAccessPoint(client, NAME)).blockPublicAccess, true);
  assert.equal((await getBucketPublicAccessBlock(client, {})).blockPublicAccess, false);
});

operationCase("GetAccessPointPublicAccessBlock", "is not the bucket's call without a name", async ({ client, oss }) => {
  const empty = { accessPointName: "" };
  for (const call of [getAccessPointPublicAccessBlock, deleteAccessPointPublicAccessBlock]) {
    assert.instanceOf(await failureOf(call(client, empty)), TypeError);
  }
  assert.instanceOf(
    await failureOf(putAccessPointPublicAccessBlock(client, { ...empty, blockPublicAccess: true })),
    TypeError,
  );
  assert.equal(oss.requests.length, 0);
  await assertRefused(getAccessPointPublicAccessBlock(client, NAME), NONE);
});

operationCase("DeleteAccessPointPublicAccessBlock", "ends the setting", async (stage) => {
  const { client } = stage;
  await make(stage);
  await putAccessPointPublicAccessBlock(client, { ...NAME, blockPublicAccess: true });
  assert.deepEqual(own(await deleteAccessPointPublicAccessBlock(client, NAME), 204), {});
  assert.deepEqual(own(await getAccessPointPublicAccessBlock(client, NAME), 200), { blockPublicAccess: false });
});

const headers = { "x-oss-access-point-name": "ap-01" };
const url = `${SITE}/?accessPointPolicy`;
sends(
  putAccessPointPolicy,
  "name and policy",
  { ...NAME, ...POLICY },
  {
    method: "PUT",
    url,
    headers: { ...headers, "content-type": "application/json" },
    body: POLICY.policy,
  },
);
sends(getAccessPointPolicy, "the name", NAME, { method: "GET", url, headers });
sends(deleteAccessPointPolicy, "the name", NAME, { method: "DELETE", url, headers });
reads(getAccessPointPolicy, NAME, { body: POLICY.policy }, POLICY);

const BLOCK =
  "<PublicAccessBlockConfiguration><BlockPublicAccess>true</BlockPublicAccess></PublicAccessBlockConfiguration>";
const block = `${SITE}/?publicAccessBlock&x-oss-access-point-name=ap-01`;
sends(
  putAccessPointPublicAccessBlock,
  "the name in the query",
  { ...NAME, blockPublicAccess: true },
  {
    method: "PUT",
    url: block,
    headers: { "content-type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${BLOCK}`,
  },
);
sends(getAccessPointPublicAccessBlock, "the name in the query", NAME, { method: "GET", url: block });
sends(deleteAccessPointPublicAccessBlock, "the name in the query", NAME, { method: "DELETE", url: block });
reads(getAccessPointPublicAccessBlock, NAME, { body: BLOCK }, { blockPublicAccess: true });

const bytes = (text: string) => new TextEncoder().encode(text);
presignCase("PutAccessPointPolicy", putAccessPointPolicy, {
  prepare: make,
  input: { ...NAME, ...POLICY },
  body: bytes(POLICY.policy),
});
presignCase("GetAccessPointPolicy", getAccessPointPolicy, { prepare: withPolicy, input: NAME });
presignCase("DeleteAccessPointPolicy", deleteAccessPointPolicy, { prepare: make, input: NAME, status: 204 });
presignCase("PutAccessPointPublicAccessBlock", putAccessPointPublicAccessBlock, {
  prepare: make,
  input: { ...NAME, blockPublicAccess: true },
  body: bytes(BLOCK),
});
presignCase("GetAccessPointPublicAccessBlock", getAccessPointPublicAccessBlock, { prepare: make, input: NAME });
presignCase("DeleteAccessPointPublicAccessBlock", deleteAccessPointPublicAccessBlock, {
  prepare: make,
  input: NAME,
  status: 204,
});
