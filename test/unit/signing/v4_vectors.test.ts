import { presignV4, signV4 } from "../../../src/signing/v4.ts";
import { assert, test } from "../../harness.ts";
import headerVectors from "../../vectors/sign-v4-header.json";
import presignVectors from "../../vectors/sign-v4-presign.json";
import { hashes, makeContext, notingHash, toHeaders, toPairs } from "./support.ts";

type Vector = (typeof headerVectors)[number] | (typeof presignVectors)[number];

function inputOf({ method, bucket, key, query, headers: all }: Vector) {
  const { host, ...headers } = toHeaders(all);
  return {
    method,
    host,
    bucket: bucket ?? undefined,
    key: key ?? undefined,
    query: toPairs(query),
    headers,
  };
}

function contextOf(vector: Vector) {
  const { accessKeyId, accessKeySecret, region, additionalHeaders, time } = vector;
  return makeContext({
    credentials: { accessKeyId, accessKeySecret, securityToken: vector.securityToken },
    region,
    product: vector.product === "oss-cloudbox" ? "oss-cloudbox" : "oss",
    time: new Date(time),
    additionalHeaders,
  });
}

test("V4 headers: canonical request, string to sign and signature are those of every vector", async () => {
  assert.lengthOf(headerVectors, 45);
  for (const vector of headerVectors) {
    const notes = notingHash();
    const { authorization, ...signed } = await signV4(inputOf(vector), { ...contextOf(vector), hash: notes.hash });
    assert.equal(notes.texts[0], vector.expect.canonicalRequest, vector.name);
    assert.equal(notes.texts.at(-1), vector.expect.stringToSign, vector.name);
    assert.equal(authorization, vector.expect.authorization, vector.name);
    assert.equal(signed["x-oss-security-token"], vector.securityToken, vector.name);
  }
});

test("V4 URLs: canonical request, string to sign and query are those of every vector", async () => {
  assert.lengthOf(presignVectors, 20);
  for (const vector of presignVectors) {
    const notes = notingHash();
    const query = await presignV4(inputOf(vector), { ...contextOf(vector), hash: notes.hash }, vector.expires);
    assert.equal(notes.texts[0], vector.expect.canonicalRequest, vector.name);
    assert.equal(notes.texts.at(-1), vector.expect.stringToSign, vector.name);
    assert.deepEqual(
      Object.fromEntries(query.map(([name, value]) => [name, value ?? ""])),
      Object.fromEntries(toPairs(vector.expect.query)),
      vector.name,
    );
    assert.deepEqual(query.at(-1), ["x-oss-signature", vector.expect.signature], vector.name);
    assert.equal(new Set(query.map(([name]) => name)).size, query.length, `${vector.name}: no parameter twice`);
  }
});

for (const [name, hash] of hashes) {
  test(`V4 vectors with ${name}`, async () => {
    for (const vector of headerVectors) {
      const { authorization } = await signV4(inputOf(vector), { ...contextOf(vector), hash });
      assert.equal(authorization, vector.expect.authorization, vector.name);
    }
    for (const vector of presignVectors) {
      const query = await presignV4(inputOf(vector), { ...contextOf(vector), hash }, vector.expires);
      assert.deepEqual(query.at(-1), ["x-oss-signature", vector.expect.signature], vector.name);
    }
  });
}
