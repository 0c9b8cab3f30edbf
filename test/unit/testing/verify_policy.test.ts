/**
 * Policies of form uploads: who signed, until when, and each kind of condition.
 */
import { ServiceFault } from "../../../src/testing/service_fault.ts";
import { type VerifyOptions, verifyPolicy } from "../../../src/testing/verify.ts";
import { basicTime, type Keys, signV1Text, signV4Text } from "../../conformance/raw_signer.ts";
import { assert, fc, test } from "../../harness.ts";
import { KEYS, NOW, setUp, summary } from "./verify_support.ts";

const SCOPE = "20260102/cn-hangzhou/oss/aliyun_v4_request";
const LATER = "2026-01-02T04:00:00.000Z";

/** base64 of UTF-8 of JSON, or of the text itself. */
function encode(policy: unknown): string {
  const text = typeof policy === "string" ? policy : JSON.stringify(policy);
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

interface Form {
  readonly fields?: Readonly<Record<string, string>> | undefined;
  readonly without?: readonly string[] | undefined;
  readonly bucket?: string | undefined;
  readonly key?: string | undefined;
  readonly size?: number | undefined;
  readonly options?: Partial<VerifyOptions> | undefined;
}

async function judge(fields: Readonly<Record<string, string>>, form: Form): Promise<string> {
  const { bucket = "photos", key = "u/1/a.jpg", size, without = [] } = form;
  const kept = Object.entries({ ...fields, ...form.fields }).filter(([name]) => !without.includes(name));
  try {
    const options = { ...setUp().options, ...form.options };
    return summary(await verifyPolicy({ fields: new Map(kept), bucket, key, size }, options));
  } catch (error) {
    if (error instanceof ServiceFault) return summary(error);
    throw error;
  }
}

/** A V1 form with this policy text, signed. */
async function v1Form(policy: string, keys: Keys = KEYS): Promise<Record<string, string>> {
  const token = keys.securityToken === undefined ? {} : { "x-oss-security-token": keys.securityToken };
  return { policy, OSSAccessKeyId: keys.accessKeyId, Signature: await signV1Text(keys, policy), ...token };
}

/** A V4 form whose policy restricts the fields of V4 and holds these conditions. */
async function v4Form(conditions: readonly unknown[] = [], time: number = NOW): Promise<Record<string, string>> {
  const fields = {
    "x-oss-signature-version": "OSS4-HMAC-SHA256",
    "x-oss-credential": `${KEYS.accessKeyId}/${SCOPE}`,
    "x-oss-date": basicTime(time),
  };
  const own = Object.entries(fields).map(([name, value]) => ({ [name]: value }));
  const policy = encode({ expiration: LATER, conditions: [{ bucket: "photos" }, ...own, ...conditions] });
  return { ...fields, policy, "x-oss-signature": await signV4Text(KEYS, "20260102", "cn-hangzhou", policy) };
}

/** The answer to a V1 form with this policy. */
async function judgePolicy(policy: unknown, form: Form = {}): Promise<string> {
  return judge(await v1Form(encode(policy)), form);
}

/** The answer to a form under one condition. */
function judgeCondition(condition: unknown, form: Form = {}): Promise<string> {
  return judgePolicy({ expiration: LATER, conditions: [condition] }, form);
}

const DENIED = "403 AccessDenied 0006-00000227";

test("V4 and V1 policies are accepted, and a form without any is anonymous", async () => {
  assert.equal(await judge(await v4Form(), {}), "account");
  assert.equal(await judge(await v1Form(encode({ expiration: LATER, conditions: [] })), {}), "account");
  assert.equal(await judge({ key: "a" }, {}), "anonymous");
});

test("temporary keys sign policies with their token", async () => {
  const { options, session } = setUp();
  const form = await v1Form(encode({ expiration: LATER, conditions: [] }), session);
  assert.equal(await judge(form, { options }), "session");
  const expired = { ...options, now: NOW + 3_600_000 };
  assert.equal(await judge(form, { options: expired }), "403 SecurityTokenExpired 0002-00000007");
  assert.equal(
    await judge(form, { options, without: ["x-oss-security-token"] }),
    "403 InvalidAccessKeyId 0002-00000003",
  );
});

test("field names are case-insensitive, in forms as in conditions", async () => {
  const form = await v1Form(encode({ expiration: LATER, conditions: [["eq", "$Content-Type", "image/png"]] }));
  const { Signature = "", ...rest } = form;
  assert.equal(await judge(rest, { fields: { signature: Signature, "content-TYPE": "image/png" } }), "account");
});

test("each field of a signature is needed, and none may change", async () => {
  const forms = { v4: await v4Form(), v1: await v1Form(encode({ expiration: LATER, conditions: [] })) };
  for (const [name, form] of Object.entries(forms)) {
    for (const [field, value] of Object.entries(form)) {
      const missing = await judge(form, { without: [field] });
      assert.match(missing, /^400 InvalidArgument( 0002-00000703)?$/, `${name} without ${field}`);
      // The first character of the policy is the brace that opens it; the last one may be padding.
      const changed = `${value.slice(0, 3)}${value[3] === "A" ? "B" : "A"}${value.slice(4)}`;
      assert.match(await judge(form, { fields: { [field]: changed } }), /^40[03] /, `${name} with another ${field}`);
    }
    const [signature = ""] = Object.keys(form).filter((field) => /signature$/i.test(field));
    const ec = name === "v4" ? "0002-00000201" : "0002-00000040";
    assert.equal(await judge(form, { fields: { [signature]: "abc" } }), `403 SignatureDoesNotMatch ${ec}`);
    const policy = encode({ expiration: "2027-01-01T00:00:00Z", conditions: [] });
    assert.equal(await judge(form, { fields: { policy } }), `403 SignatureDoesNotMatch ${ec}`);
  }
});

test("a V4 form keeps to its credential and date", async () => {
  const form = await v4Form();
  const credential = (scope: string): Form => ({ fields: { "x-oss-credential": `${KEYS.accessKeyId}/${scope}` } });
  assert.equal(await judge(form, credential("20260102/cn-hangzhou/oss/abc")), "400 InvalidArgument 0002-00000710");
  const yesterday = credential("20260101/cn-hangzhou/oss/aliyun_v4_request");
  assert.equal(await judge(form, yesterday), "400 InvalidArgument 0002-00000709");
  const elsewhere = credential("20260102/cn-beijing/oss/aliyun_v4_request");
  assert.equal(await judge(form, elsewhere), "400 InvalidArgument 0002-00000226");
  const MINUTES = 60_000;
  assert.equal(await judge(await v4Form([], NOW + 15 * MINUTES), {}), "account");
  assert.equal(await judge(await v4Form([], NOW + 16 * MINUTES), {}), "403 AccessDenied");
  assert.equal(
    await judge(await v4Form([], NOW + 16 * MINUTES), { options: { lenient: new Set(["skew"]) } }),
    "account",
  );
  const late = { options: { now: NOW + 7 * 86_400_000 + 1 } };
  assert.equal(await judge(form, late), "403 AccessDenied");
});

test("the policy of a V4 form must restrict the fields of V4", async () => {
  const full = await v4Form();
  const policy = encode({ expiration: LATER, conditions: [{ bucket: "photos" }] });
  const form = { ...full, policy, "x-oss-signature": await signV4Text(KEYS, "20260102", "cn-hangzhou", policy) };
  assert.equal(await judge(form, {}), "403 AccessDenied 0006-00000228");
});

test("V1 forms can be switched off", async () => {
  const form = await v1Form(encode({ expiration: LATER, conditions: [] }));
  assert.equal(await judge(form, { options: { v1: false } }), "403 AccessDenied 0002-00000080");
  assert.equal(await judge(await v4Form(), { options: { v1: false } }), "account");
});

test("a policy holds until its expiration", async () => {
  const policy = { expiration: "2026-01-02T03:04:05.000Z", conditions: [] };
  assert.equal(await judgePolicy(policy), "account");
  assert.equal(await judgePolicy(policy, { options: { now: NOW + 1 } }), "403 AccessDenied 0006-00000213");
});

const DOCUMENTS: readonly (readonly [name: string, policy: unknown, ec?: string])[] = [
  ["no JSON", "{", "0006-00000204"],
  ["a list", [], "0006-00000204"],
  ["no conditions", { expiration: LATER }, "0006-00000207"],
  ["no expiration", { conditions: [] }, "0006-00000208"],
  ["neither", {}, "0006-00000209"],
  ["a number as expiration", { expiration: 123, conditions: [] }, "0006-00000210"],
  ["an empty expiration", { expiration: "", conditions: [] }, "0006-00000211"],
  ["conditions that are no list", { expiration: LATER, conditions: {} }],
];

test("a document that is not a policy is refused with its number", async () => {
  for (const [name, policy, ec] of DOCUMENTS) {
    const expected = ["400 InvalidPolicyDocument", ec].filter((part) => part !== undefined).join(" ");
    assert.equal(await judgePolicy(policy), expected, name);
  }
  assert.equal(await judge(await v1Form("%%%"), {}), "400 InvalidPolicyDocument 0006-00000202");
  assert.equal(await judge(await v1Form(btoa("\xff\xfe")), {}), "400 InvalidPolicyDocument 0006-00000203");
});

const CONDITIONS: readonly (readonly [condition: unknown, ec?: string])[] = [
  [["$key"], "0006-00000216"],
  [["contains", "$key", "a"], "0006-00000216"],
  [["constructor", "$key", "a"], "0006-00000216"],
  [["starts-with", "$key", "a", "b"], "0006-00000218"],
  [["content-length-range", 20, 10], "0006-00000219"],
  [["content-length-range", 10, "test"], "0006-00000221"],
  [123, "0006-00000222"],
  [["content-length-range", [1], 10], "0006-00000223"],
  [["not-in", "$cache-control", "no-cache"], "0006-00000224"],
  [["eq", "$key", 1], "0006-00000224"],
  [{}],
  [{ a: "1", b: "2" }],
];

test("a condition that cannot be read is refused with its number", async () => {
  for (const [condition, ec] of CONDITIONS) {
    const expected = ["400 InvalidPolicyDocument", ec].filter((part) => part !== undefined).join(" ");
    assert.equal(await judgeCondition(condition), expected, JSON.stringify(condition));
  }
});

test("content-length-range counts both ends", async () => {
  const range = ["content-length-range", 2, 4];
  for (const [size, expected] of [
    [1, "400 EntityTooSmall 0006-00000004"],
    [2, "account"],
    [4, "account"],
    [5, "400 EntityTooLarge 0006-00000003"],
    [undefined, "account"],
  ] as const) {
    assert.equal(await judgeCondition(range, { size }), expected, String(size));
  }
});

test("bucket and key are those of the request, whatever the form says", async () => {
  const lies = { fields: { bucket: "photos", key: "u/1/a.jpg" }, bucket: "other", key: "v/1" };
  assert.equal(await judgeCondition({ bucket: "photos" }, lies), DENIED);
  assert.equal(await judgeCondition(["starts-with", "$key", "u/1/"], lies), DENIED);
  assert.equal(await judgeCondition(["starts-with", "$key", "v/"], lies), "account");
});

test("eq, starts-with, in, not-in and exact objects mean what their names say", async () => {
  const texts = fc.constantFrom("", "a", "ab", "b");
  await fc.assert(
    fc.asyncProperty(texts, texts, fc.array(texts, { maxLength: 3 }), async (value, operand, list) => {
      const form = { fields: { "x-oss-meta-a": value } };
      for (const [condition, holds] of [
        [["eq", "$x-oss-meta-a", operand], value === operand],
        [{ "x-oss-meta-a": operand }, value === operand],
        [["starts-with", "$x-oss-meta-a", operand], value.startsWith(operand)],
        [["in", "$x-oss-meta-a", list], list.includes(value)],
        [["not-in", "$x-oss-meta-a", list], !list.includes(value)],
      ] as const) {
        assert.equal(await judgeCondition(condition, form), holds ? "account" : DENIED, JSON.stringify(condition));
      }
    }),
    { numRuns: 40 },
  );
});
