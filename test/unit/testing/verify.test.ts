/**
 * The signature check accepts what is signed and refuses what was changed, for each of the four kinds.
 */
import type { Session } from "../../../src/testing/accounts.ts";
import { ServiceFault } from "../../../src/testing/service_fault.ts";
import type { Keys, RawRequest, Signing } from "../../conformance/raw_signer.ts";
import { assert, fc, test } from "../../harness.ts";
import { KEYS, NOW, onWire, outcome, setUp, summary } from "./verify_support.ts";

const SCHEMES = ["v4", "v4-url", "v1", "v1-url"] as const;

function keysOf({ accessKeyId, accessKeySecret, securityToken }: Session): Keys {
  return { accessKeyId, accessKeySecret, securityToken };
}

test("a request without any signature is anonymous", async () => {
  const { options } = setUp();
  const wire = { method: "GET", target: "/a.txt?acl&Expires=1", headers: [], bucket: "photos", key: "a.txt" };
  assert.equal(summary(await outcome(wire, options)), "anonymous");
});

for (const scheme of SCHEMES) {
  const signing: Signing = { scheme, time: NOW };
  const request: RawRequest = {
    method: "PUT",
    bucket: "photos",
    key: "a b/ü+&=?.txt",
    query: { uploadId: "U/1 +", partNumber: "2", append: null },
    headers: { "content-type": "text/plain", "x-oss-meta-a": "1" },
  };

  test(`${scheme}: permanent and temporary keys are accepted, and tell who signed`, async () => {
    const { options, session } = setUp();
    const { account } = session;
    assert.deepEqual(await outcome(await onWire(request, KEYS, signing), options), { account });
    assert.deepEqual(await outcome(await onWire(request, keysOf(session), signing), options), { account, session });
  });

  test(`${scheme}: whatever is signed may not change`, async () => {
    const { options } = setUp();
    const changes = {
      method: { method: "POST" },
      bucket: { bucket: "photo" },
      key: { key: "a b/ü+&=?.tx" },
      "key case": { key: "A b/ü+&=?.txt" },
      "query value": { query: { partNumber: "3" } },
      "query name": { without: ["append"], query: { acl: null } },
      "added sub-resource": { query: { versionId: "1" } },
      "content type": { headers: { "content-type": "text/html" } },
      "added MD5": { headers: { "content-md5": "1B2M2Y8AsgTpgAmY7PhCfg==" } },
      "added x-oss-": { headers: { "x-oss-object-acl": "public-read" } },
      "removed x-oss-": { without: ["x-oss-meta-a"] },
    };
    for (const [name, tampering] of Object.entries(changes)) {
      const result = await outcome(await onWire(request, KEYS, signing, tampering), options);
      assert.match(summary(result), /^403 SignatureDoesNotMatch /, name);
    }
  });

  test(`${scheme}: another account's secret is refused, and the answer tells what was computed`, async () => {
    const { options } = setUp();
    const result = await outcome(await onWire(request, { ...KEYS, accessKeySecret: "no" }, signing), options);
    assert.instanceOf(result, ServiceFault);
    assert.equal(summary(result), `403 SignatureDoesNotMatch 0002-00000${scheme.startsWith("v4") ? "201" : "040"}`);
    const { OSSAccessKeyId, StringToSign = "", CanonicalRequest = "PUT\n", SignatureProvided } = result.extras;
    assert.equal(OSSAccessKeyId, KEYS.accessKeyId);
    assert.match(StringToSign, scheme.startsWith("v4") ? /^OSS4-HMAC-SHA256\n2026/ : /\/photos\/a b\/ü\+&=\?\.txt\?/);
    assert.match(CanonicalRequest, /^PUT\n/);
    assert.isNotEmpty(SignatureProvided);
    assert.notInclude(JSON.stringify(result.extras), "secret-one");
  });

  test(`${scheme}: any key, parameter and metadata that is signed is accepted`, async () => {
    const { options } = setUp();
    const ascii = fc.stringMatching(/^[!-~]{1,12}$/);
    const inputs = fc.record({
      key: fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }),
      name: ascii.filter((name) => !/^(x-oss-|OSSAccessKeyId$|Signature$|Expires$)/.test(name)),
      value: fc.string({ unit: "grapheme", maxLength: 10 }),
      meta: ascii,
    });
    await fc.assert(
      fc.asyncProperty(inputs, async ({ key, name, value, meta }) => {
        const query = scheme.startsWith("v4") ? { [name]: value, versionId: value } : { versionId: value };
        const one = { method: "GET", bucket: "photos", key, query, headers: { "x-oss-meta-a": meta } };
        assert.equal(summary(await outcome(await onWire(one, KEYS, signing), options)), "account");
      }),
      { numRuns: 30 },
    );
  });
}

test("V4 signs every parameter, V1 only sub-resources", async () => {
  const { options } = setUp();
  for (const scheme of SCHEMES) {
    const request = { method: "GET", bucket: "photos", query: { prefix: "a" } };
    const wire = await onWire(request, KEYS, { scheme, time: NOW }, { query: { prefix: "b" } });
    assert.match(summary(await outcome(wire, options)), scheme.startsWith("v4") ? /^403 Sig/ : /^account$/, scheme);
  }
});

test("additional headers are signed, whatever the order in which they are named", async () => {
  const { options } = setUp();
  const request = { method: "GET", bucket: "photos", key: "a", headers: { range: "bytes=0-1", "if-match": "x" } };
  for (const scheme of ["v4", "v4-url"] as const) {
    const signing = { scheme, time: NOW, additional: ["if-match", "range"] };
    assert.equal(summary(await outcome(await onWire(request, KEYS, signing), options)), "account");
    const wire = await onWire(request, KEYS, signing, { headers: { range: "bytes=0-2" } });
    assert.match(summary(await outcome(wire, options)), /^403 SignatureDoesNotMatch/);
  }
});

test("V1 leaves the reader its choice of date and of refinements, and no other", async () => {
  const { options } = setUp();
  const dates = { date: new Date(NOW + 1000).toUTCString() };
  const signing: Signing = { scheme: "v1", time: NOW };
  const both = await onWire({ method: "GET", bucket: "photos", key: "a" }, KEYS, signing, { headers: dates });
  assert.equal(summary(await outcome(both, options)), "account", "an unsigned Date beside x-oss-date");
  const request = { method: "GET", bucket: "photos", query: { "continuation-token": "a" } };
  const unsigned = await onWire(request, KEYS, signing);
  assert.equal(summary(await outcome(unsigned, options)), "account", "continuation-token left unsigned");
  const selector = await onWire({ method: "GET", bucket: "photos" }, KEYS, signing, { query: { acl: null } });
  assert.match(summary(await outcome(selector, options)), /^403 SignatureDoesNotMatch/, "acl left unsigned");
});

test("the token of the Python and Java clients, an unsigned security-token header under V1, counts", async () => {
  const { options, session } = setUp();
  const keys = { ...keysOf(session), securityToken: undefined };
  const tampering = { headers: { "security-token": session.securityToken } };
  const wire = await onWire({ method: "GET", bucket: "photos" }, keys, { scheme: "v1", time: NOW }, tampering);
  assert.equal(summary(await outcome(wire, options)), "session");
});
