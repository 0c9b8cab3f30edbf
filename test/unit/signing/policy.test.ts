import { policyFieldsV4, signPolicyV1, signPolicyV4 } from "../../../src/signing/policy.ts";
import { assert, test } from "../../harness.ts";
import v1Vectors from "../../vectors/post-policy-v1.json";
import v4Vectors from "../../vectors/post-policy-v4.json";
import { atOnce, hashes, makeContext } from "./support.ts";

for (const [name, hash] of hashes) {
  test(`V4 policies with ${name}: the form fields are those of every vector`, async () => {
    assert.lengthOf(v4Vectors, 7);
    for (const vector of v4Vectors) {
      const { accessKeyId, accessKeySecret, securityToken, region, time, policyJson } = vector;
      const credentials = { accessKeyId, accessKeySecret, securityToken };
      const context = makeContext({ credentials, region, time: new Date(time), hash });
      assert.deepEqual(await signPolicyV4(policyJson, context), { ...vector.expect.fields }, vector.name);
    }
  });

  test(`V1 policies with ${name}: the form fields are those of every vector`, async () => {
    assert.lengthOf(v1Vectors, 5);
    for (const { accessKeyId, accessKeySecret, policyJson, expect, name: vector } of v1Vectors) {
      const context = makeContext({ credentials: { accessKeyId, accessKeySecret }, hash });
      assert.deepEqual(await signPolicyV1(policyJson, context), expect.fields, vector);
    }
  });
}

test("a V1 policy of temporary keys carries their token", async () => {
  const credentials = { accessKeyId: "STS.ak", accessKeySecret: "sk", securityToken: "t/+=" };
  const permanent = atOnce(signPolicyV1("{}", makeContext()));
  assert.deepEqual(await signPolicyV1("{}", makeContext({ credentials })), {
    ...permanent,
    OSSAccessKeyId: "STS.ak",
    "x-oss-security-token": "t/+=",
  });
});

test("the fields to repeat in a V4 policy are the fields that are sent with it", async () => {
  const credentials = { accessKeyId: "STS.ak", accessKeySecret: "sk", securityToken: "t" };
  const context = makeContext({ credentials, region: "cn-beijing", product: "oss-cloudbox" });
  const { policy, "x-oss-signature": signature, ...repeated } = atOnce(signPolicyV4("{}", context));
  assert.equal(policy, "e30=");
  assert.match(String(signature), /^[0-9a-f]{64}$/);
  assert.deepEqual(policyFieldsV4(context), repeated);
  assert.deepEqual(repeated, {
    "x-oss-signature-version": "OSS4-HMAC-SHA256",
    "x-oss-credential": "STS.ak/20240615/cn-beijing/oss-cloudbox/aliyun_v4_request",
    "x-oss-date": "20240615T080910Z",
    "x-oss-security-token": "t",
  });
});
