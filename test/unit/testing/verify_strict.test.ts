/**
 * What the service refuses although the signature may be right: each fault with its status, code and number.
 */
import { ServiceFault } from "../../../src/testing/service_fault.ts";
import type { VerifyOptions } from "../../../src/testing/verify.ts";
import type { Signing } from "../../conformance/raw_signer.ts";
import { assert, test } from "../../harness.ts";
import { KEYS, NOW, onWire, outcome, setUp, summary, type Tampering } from "./verify_support.ts";

const MINUTE = 60_000;
const SCOPE = "20260102/cn-hangzhou/oss/aliyun_v4_request";

interface Case {
  readonly scheme: Signing["scheme"];
  readonly signing?: Partial<Signing>;
  readonly tampering?: Tampering;
  readonly options?: Partial<VerifyOptions>;
  readonly expect: string;
}

/** An Authorization header of V4, spelled by hand. */
function v4(fields: string): Tampering {
  return { headers: { authorization: `OSS4-HMAC-SHA256 ${fields}` } };
}

function v1(credentials: string): Tampering {
  return { headers: { authorization: `OSS ${credentials}` } };
}

const CASES: Readonly<Record<string, Case>> = {
  "V4: one field only": { scheme: "v4", tampering: v4("Signature=1"), expect: "400 InvalidArgument 0002-00000202" },
  "V4: a field twice": {
    scheme: "v4",
    tampering: v4("Signature=1,Signature=1"),
    expect: "400 InvalidArgument 0002-00000202",
  },
  "V4: a field without =": {
    scheme: "v4",
    tampering: v4(`Credential${KEYS.accessKeyId}/${SCOPE},Signature=1`),
    expect: "400 InvalidArgument 0002-00000203",
  },
  "V4: an unknown field": {
    scheme: "v4",
    tampering: v4(`Credential=${KEYS.accessKeyId}/${SCOPE},Signature=1,UnknownKey=1`),
    expect: "400 InvalidArgument 0002-00000204",
  },
  "V4: no credential": {
    scheme: "v4",
    tampering: v4("AdditionalHeaders=host,Signature=1"),
    expect: "400 InvalidArgument 0002-00000205",
  },
  "V4: an impossible AccessKeyId": {
    scheme: "v4",
    tampering: v4(`Credential=a\u00a0b/${SCOPE},Signature=1`),
    expect: "400 InvalidArgument 0002-00000206",
  },
  "V4: empty additional headers": {
    scheme: "v4",
    tampering: v4(`Credential=${KEYS.accessKeyId}/${SCOPE},AdditionalHeaders=,Signature=1`),
    expect: "400 InvalidArgument 0002-00000209",
  },
  "V4: an additional header that is absent": {
    scheme: "v4",
    tampering: v4(`Credential=${KEYS.accessKeyId}/${SCOPE},AdditionalHeaders=host;range,Signature=1`),
    expect: "400 InvalidArgument 0002-00000211",
  },
  "V4: a day with hyphens": {
    scheme: "v4",
    signing: { scopeDate: "2026-01-02" },
    expect: "400 InvalidArgument 0002-00000212",
  },
  "V4: the day before": {
    scheme: "v4",
    signing: { scopeDate: "20260101" },
    expect: "400 InvalidArgument 0002-00000212",
  },
  "V4: another terminator": {
    scheme: "v4",
    tampering: v4(`Credential=${KEYS.accessKeyId}/20260102/cn-hangzhou/oss/abc,Signature=1`),
    expect: "400 InvalidArgument 0002-00000213",
  },
  "V4: a hash as x-oss-content-sha256": {
    scheme: "v4",
    tampering: { headers: { "x-oss-content-sha256": "e3b0c442" } },
    expect: "400 InvalidArgument 0002-00000214",
  },
  "V4: no x-oss-content-sha256": {
    scheme: "v4",
    tampering: { without: ["x-oss-content-sha256"] },
    expect: "400 InvalidArgument 0002-00000214",
  },
  "V4: another region": {
    scheme: "v4",
    signing: { region: "cn-beijing" },
    expect: "400 InvalidArgument 0002-00000226",
  },
  "V4: a region with oss-": {
    scheme: "v4",
    signing: { region: "oss-cn-hangzhou" },
    expect: "400 InvalidArgument 0002-00000226",
  },
  "V4: another product": {
    scheme: "v4",
    tampering: v4(`Credential=${KEYS.accessKeyId}/20260102/cn-hangzhou/sts/aliyun_v4_request,Signature=1`),
    expect: "400 InvalidArgument 0002-00000227",
  },
  "V4: no date": { scheme: "v4", tampering: { without: ["x-oss-date"] }, expect: "403 AccessDenied 0002-00000503" },
  "V4: an unreadable date": {
    scheme: "v4",
    tampering: { headers: { "x-oss-date": "2026-01-02T03:04:05Z" } },
    expect: "403 AccessDenied 0002-00000505",
  },
  "V4: an impossible date": {
    scheme: "v4",
    tampering: { headers: { "x-oss-date": "20260102T256105Z" } },
    expect: "403 AccessDenied 0002-00000505",
  },
  "V4: a clock 15 minutes behind": { scheme: "v4", signing: { time: NOW - 15 * MINUTE }, expect: "account" },
  "V4: a clock more than that behind": {
    scheme: "v4",
    signing: { time: NOW - 15 * MINUTE - 1000 },
    expect: "403 RequestTimeTooSkewed 0002-00000504",
  },
  "V4: a clock 15 minutes ahead": { scheme: "v4", signing: { time: NOW + 15 * MINUTE }, expect: "account" },
  "V4: a clock more than that ahead": {
    scheme: "v4",
    signing: { time: NOW + 15 * MINUTE + 1000 },
    expect: "403 RequestTimeTooSkewed 0002-00000504",
  },
  "V4 URL: another version": {
    scheme: "v4-url",
    tampering: { query: { "x-oss-signature-version": "ABC" } },
    expect: "400 InvalidArgument 0002-00000066",
  },
  "V4 URL: no expiry": {
    scheme: "v4-url",
    tampering: { without: ["x-oss-expires"] },
    expect: "400 InvalidArgument 0002-00000215",
  },
  "V4 URL: an empty expiry": {
    scheme: "v4-url",
    tampering: { query: { "x-oss-expires": "" } },
    expect: "400 InvalidArgument 0002-00000216",
  },
  "V4 URL: no credential": {
    scheme: "v4-url",
    tampering: { without: ["x-oss-credential"] },
    expect: "400 InvalidArgument 0002-00000217",
  },
  "V4 URL: no signature": {
    scheme: "v4-url",
    tampering: { without: ["x-oss-signature"] },
    expect: "400 InvalidArgument 0002-00000219",
  },
  "V4 URL: a day with hyphens": {
    scheme: "v4-url",
    signing: { scopeDate: "2026-01-02" },
    expect: "400 InvalidArgument 0002-00000223",
  },
  "V4 URL: 7 days": { scheme: "v4-url", signing: { expires: 604_800 }, expect: "account" },
  "V4 URL: more than 7 days": {
    scheme: "v4-url",
    signing: { expires: 604_801 },
    expect: "400 InvalidArgument 0002-00000232",
  },
  "V4 URL: 0 seconds": { scheme: "v4-url", signing: { expires: 0 }, expect: "400 InvalidArgument 0002-00000232" },
  "V4 URL: no date": { scheme: "v4-url", tampering: { without: ["x-oss-date"] }, expect: "400 InvalidArgument" },
  "V4 URL: 15 minutes early": { scheme: "v4-url", signing: { time: NOW + 15 * MINUTE }, expect: "account" },
  "V4 URL: earlier than that": {
    scheme: "v4-url",
    signing: { time: NOW + 15 * MINUTE + 1000 },
    expect: "403 AccessDenied 0002-00000235",
  },
  "V4 URL: at its end": { scheme: "v4-url", signing: { time: NOW - 60 * MINUTE }, expect: "account" },
  "V4 URL: after its end": {
    scheme: "v4-url",
    signing: { time: NOW - 60 * MINUTE - 1000 },
    expect: "403 AccessDenied 0002-00000236",
  },
  "V4 URL: another region": {
    scheme: "v4-url",
    signing: { region: "cn-beijing" },
    expect: "400 InvalidArgument 0002-00000226",
  },
  "V4 URL: empty additional headers": {
    scheme: "v4-url",
    tampering: { query: { "x-oss-additional-headers": "" } },
    expect: "400 InvalidArgument 0002-00000076",
  },
  "V4 URL: an additional header without a name": {
    scheme: "v4-url",
    tampering: { query: { "x-oss-additional-headers": " ;host" } },
    expect: "400 InvalidArgument 0002-00000077",
  },
  "V4 URL: an additional header that is absent": {
    scheme: "v4-url",
    tampering: { query: { "x-oss-additional-headers": "host;range" } },
    expect: "400 InvalidArgument 0002-00000078",
  },
  "V1: no colon": { scheme: "v1", tampering: v1("LTAIone"), expect: "400 InvalidArgument 0002-00000062" },
  "V1: no AccessKeyId": { scheme: "v1", tampering: v1(" :abc"), expect: "400 InvalidArgument 0002-00000063" },
  "V1: an impossible AccessKeyId": {
    scheme: "v1",
    tampering: v1("a\tb:abc"),
    expect: "400 InvalidArgument 0002-00000064",
  },
  "V1: no signature": { scheme: "v1", tampering: v1("LTAIone:"), expect: "400 InvalidArgument 0002-00000065" },
  "V1: no date": { scheme: "v1", tampering: { without: ["x-oss-date"] }, expect: "403 AccessDenied 0002-00000503" },
  "V1: a wrong clock": {
    scheme: "v1",
    signing: { time: NOW + 3 * 60 * MINUTE },
    expect: "403 RequestTimeTooSkewed 0002-00000504",
  },
  "V1: switched off": { scheme: "v1", options: { v1: false }, expect: "403 AccessDenied 0002-00000080" },
  "V1 URL: switched off": { scheme: "v1-url", options: { v1: false }, expect: "403 AccessDenied 0002-00000080" },
  "V1 URL: no expiry": {
    scheme: "v1-url",
    tampering: { without: ["Expires"] },
    expect: "403 AccessDenied 0002-00000067",
  },
  "V1 URL: an empty expiry": {
    scheme: "v1-url",
    tampering: { query: { Expires: "" } },
    expect: "403 AccessDenied 0002-00000068",
  },
  "V1 URL: after its end": {
    scheme: "v1-url",
    signing: { time: NOW - 60 * MINUTE - 1000 },
    expect: "403 AccessDenied 0002-00000069",
  },
  "V1 URL: an unreadable expiry": {
    scheme: "v1-url",
    tampering: { query: { Expires: "abc" } },
    expect: "403 AccessDenied 0002-00000070",
  },
  "V1 URL: no signature": { scheme: "v1-url", tampering: { without: ["Signature"] }, expect: "400 InvalidArgument" },
  "signed in header and URL": {
    scheme: "v4",
    tampering: { query: { OSSAccessKeyId: "x", Expires: "1", Signature: "x" } },
    expect: "400 InvalidArgument 0002-00000039",
  },
  "an unknown scheme": {
    scheme: "none",
    tampering: { headers: { authorization: "OSSxxx qn6q:77Dv" } },
    expect: "400 InvalidArgument 0002-00000061",
  },
};

for (const [name, { scheme, signing, tampering, options, expect }] of Object.entries(CASES)) {
  test(name, async () => {
    const request = { method: "GET", bucket: "photos", key: "a.txt" };
    const wire = await onWire(request, KEYS, { scheme, time: NOW, ...signing }, tampering);
    assert.equal(summary(await outcome(wire, setUp(options).options)), expect);
  });
}

test("a skewed clock is answered with both times", async () => {
  const wire = await onWire({ method: "GET" }, KEYS, { scheme: "v4", time: NOW - 60 * MINUTE });
  const result = await outcome(wire, setUp().options);
  assert.instanceOf(result, ServiceFault);
  assert.deepEqual(result.extras, {
    MaxAllowedSkewMilliseconds: "900000",
    RequestTime: "2026-01-02T02:04:05.000Z",
    ServerTime: "2026-01-02T03:04:05.000Z",
  });
});

test("each leniency lifts its rule and no other", async () => {
  const broken: Readonly<Record<string, Case>> = {
    skew: { scheme: "v4", signing: { time: NOW - 3 * 60 * MINUTE }, expect: "" },
    region: { scheme: "v4", signing: { region: "cn-beijing" }, expect: "" },
    "scope-date": { scheme: "v4", signing: { scopeDate: "20251231" }, expect: "" },
    "content-sha256": { scheme: "v4-url", tampering: { headers: { "x-oss-content-sha256": "hash" } }, expect: "" },
  };
  for (const [rule, { scheme, signing, tampering }] of Object.entries(broken)) {
    for (const lenience of Object.keys(broken)) {
      const { options } = setUp({ lenient: new Set([lenience]) });
      const wire = await onWire({ method: "GET" }, KEYS, { scheme, time: NOW, ...signing }, tampering);
      const fault = summary(await outcome(wire, options));
      // The declared hash is signed, so lifting its rule leaves the signature to be wrong.
      const lifted = rule === "content-sha256" ? /SignatureDoesNotMatch/ : /^account$/;
      if (rule === lenience) assert.match(fault, lifted, rule);
      else assert.match(fault, /^40[03] (?!Signature)/, `${rule} under ${lenience}`);
    }
  }
});
