/** Form policies: the conditions that the service will check, and the fields that the form must hold. */
import { decodeBase64 } from "../../../src/codec/base64.ts";
import { decodeUtf8 } from "../../../src/codec/utf8.ts";
import { type PostForm, type PostPolicyInput, postPolicy } from "../../../src/core/post_policy.ts";
import { CredentialsError } from "../../../src/errors.ts";
import { assert, test } from "../../harness.ts";
import { failure } from "../streams/support.ts";
import { clientOf, done, STS, scripted } from "./support.ts";

const TIME = Date.UTC(2024, 5, 15, 8, 9, 10, 500);
const now = (): number => TIME;
const { fetch } = scripted(done());

function policyOf(form: PostForm): { readonly expiration: string; readonly conditions: readonly unknown[] } {
  return JSON.parse(decodeUtf8(decodeBase64(form.fields["policy"] ?? "")));
}

test("V4: what the signature names is among the conditions and the fields", async () => {
  const form = await postPolicy(clientOf(fetch, { now, credentials: STS }), { keyPrefix: "u/42/", expiresIn: 3600 });
  const { "x-oss-signature": signature, policy, ...fields } = form.fields;
  const signed = {
    "x-oss-signature-version": "OSS4-HMAC-SHA256",
    "x-oss-credential": "STS.ak/20240615/cn-hangzhou/oss/aliyun_v4_request",
    "x-oss-date": "20240615T080910Z",
    "x-oss-security-token": "token",
  };
  assert.deepEqual(fields, signed);
  assert.match(signature ?? "", /^[0-9a-f]{64}$/);
  assert.isString(policy);
  assert.deepEqual(policyOf(form), {
    expiration: "2024-06-15T09:09:10.500Z",
    conditions: [
      { bucket: "photos" },
      ...Object.entries(signed).map(([name, value]) => ({ [name]: value })),
      ["content-length-range", 0, 5_368_709_120],
      ["starts-with", "$key", "u/42/"],
    ],
  });
  assert.equal(form.url, "https://photos.oss-cn-hangzhou.aliyuncs.com/");
  assert.equal(form.expires, TIME + 3_600_000);
  assert.deepEqual(JSON.parse(JSON.stringify(form)), form, "it travels as JSON");
});

test("V1: the token is a condition, the key id is not", async () => {
  const form = await postPolicy(clientOf(fetch, { now, credentials: STS, signatureVersion: "v1" }), {
    key: "a.txt",
    expiresIn: 60,
  });
  assert.hasAllKeys(form.fields, ["policy", "OSSAccessKeyId", "Signature", "x-oss-security-token", "key"]);
  assert.deepEqual(policyOf(form).conditions, [
    { bucket: "photos" },
    { "x-oss-security-token": "token" },
    ["content-length-range", 0, 5_368_709_120],
    ["eq", "$key", "a.txt"],
  ]);
});

test("limits of the input become conditions", async () => {
  const input: PostPolicyInput = {
    bucket: "other",
    key: "k",
    expiresIn: 60,
    minSize: 1,
    maxSize: 10,
    contentTypes: ["image/png", "image/jpeg"],
    successActionStatus: 201,
    conditions: [["eq", "$x-oss-object-acl", "private"], { "x-oss-forbid-overwrite": "true" }],
  };
  const form = await postPolicy(clientOf(fetch, { now }), input);
  assert.include(form.url, "//other.");
  assert.deepInclude(form.fields, { key: "k", success_action_status: "201" });
  const { conditions } = policyOf(form);
  for (const condition of [
    { bucket: "other" },
    ["content-length-range", 1, 10],
    ["eq", "$key", "k"],
    ["eq", "$success_action_status", "201"],
    ["in", "$content-type", ["image/png", "image/jpeg"]],
    ...(input.conditions ?? []),
  ]) {
    assert.deepInclude(conditions, condition);
  }
});

test("a form ends with the temporary keys that signed it", async () => {
  const client = clientOf(fetch, { now, credentials: { ...STS, expiration: TIME + 5000 } });
  const form = await postPolicy(client, { keyPrefix: "", expiresIn: 3600 });
  assert.equal(form.expires, TIME + 5000);
  assert.equal(policyOf(form).expiration, new Date(TIME + 5000).toISOString());
});

const BAD: readonly (readonly [input: Partial<PostPolicyInput>, type: "TypeError" | "RangeError"])[] = [
  [{}, "TypeError"],
  [{ key: "" }, "TypeError"],
  [{ key: "/a" }, "TypeError"],
  [{ keyPrefix: "", bucket: "A" }, "TypeError"],
  [{ keyPrefix: "", expiresIn: 604_801 }, "RangeError"],
  [{ keyPrefix: "", expiresIn: 0 }, "RangeError"],
  [{ keyPrefix: "", maxSize: 5 * 2 ** 30 + 1 }, "RangeError"],
  [{ keyPrefix: "", minSize: 11, maxSize: 10 }, "RangeError"],
  [{ keyPrefix: "", minSize: -1 }, "RangeError"],
];

test("what the service would refuse is refused before signing", async () => {
  let asked = 0;
  const credentials = () => {
    asked++;
    return STS;
  };
  for (const [input, name] of BAD) {
    const error = await failure(postPolicy(clientOf(fetch, { credentials }), { expiresIn: 60, ...input }));
    assert.propertyVal(error, "name", name, JSON.stringify(input));
  }
  assert.equal(asked, 0);
});

test("an anonymous client, or one without a bucket, signs no form", async () => {
  const input = { keyPrefix: "", expiresIn: 60 };
  assert.instanceOf(await failure(postPolicy(clientOf(fetch, { credentials: "anonymous" }), input)), CredentialsError);
  assert.match(String(await failure(postPolicy(clientOf(fetch, { bucket: undefined }), input))), /TypeError.*bucket/);
});
