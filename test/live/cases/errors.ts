/** The common errors: status, code, and EC where it is known. */
import {
  copyObject,
  deleteObject,
  getObject,
  getObjectAcl,
  getObjectMeta,
  headObject,
  listObjectsV2,
  objectExists,
  putObject,
} from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { assertRefused, type Refusal } from "../checks.ts";
import type { LiveCase, Site } from "../site.ts";

/** An endpoint that is the bucket's own domain leads to no other bucket and to no service call. */
export async function ownDomain({ client }: Site): Promise<string | undefined> {
  const { host } = client.context.url(undefined, undefined);
  const other = client.context.url("another-bucket", undefined).host;
  const named = new URL(client.context.url("another-bucket", "k").url).pathname.includes("another-bucket");
  return host === other && !named ? "the endpoint is the bucket's own domain" : undefined;
}

async function missingKey(site: Site): Promise<void> {
  const { client, bucket, prefix } = site;
  const key = `${prefix}not there`;
  const expected: Refusal = { status: 404, code: "NoSuchKey", ec: "0026-00000001" };
  for (const read of [getObject, headObject, getObjectMeta, getObjectAcl]) {
    await assertRefused(site, read(client, { key }), expected);
  }
  const copy = copyObject(client, { key: `${prefix}copy`, copySource: { bucket, key } });
  await assertRefused(site, copy, { status: 404, code: "NoSuchKey" });
  assert.isFalse(await objectExists(client, { key }));
  assert.equal((await deleteObject(client, { key })).status, 204);
}

async function missingBucket(site: Site): Promise<void> {
  const { client, prefix } = site;
  const bucket = `oss-fetch-live-no-such-${crypto.randomUUID().slice(0, 8)}`;
  const expected: Refusal = { status: 404, code: "NoSuchBucket", ec: "0015-00000101" };
  await assertRefused(site, listObjectsV2(client, { bucket }), expected);
  await assertRefused(site, putObject(client, { bucket, key: `${prefix}a`, body: "" }), expected);
  await assertRefused(site, headObject(client, { bucket, key: `${prefix}a` }), expected);
}

async function wrongKeys(site: Site): Promise<void> {
  const { client, connect, prefix, signal } = site;
  const key = `${prefix}wrong keys`;
  const v4 = client.context.signatureVersion === "v4";
  const credentials = await client.context.credentials(signal);
  assert.isDefined(credentials);
  const accessKeySecret = "notTheSecretOfThisKey000000000";
  const forger = connect({
    credentials: { ...credentials, accessKeyId: credentials?.accessKeyId ?? "", accessKeySecret },
  });
  const forged: Refusal = { status: 403, code: "SignatureDoesNotMatch", ec: v4 ? "0002-00000201" : undefined };
  for (const call of [
    () => putObject(forger, { key, body: "x" }),
    () => getObject(forger, { key }),
    () => headObject(forger, { key }),
  ]) {
    const error = await assertRefused(site, call(), forged);
    assert.notInclude(JSON.stringify(error) + error.message + error.stack, accessKeySecret);
  }
  const stranger = connect({ credentials: { accessKeyId: "LTAI5tNobodyHasThisKey00", accessKeySecret } });
  const unknown: Refusal = { status: 403, code: "InvalidAccessKeyId", ec: "0002-00000902" };
  await assertRefused(site, putObject(stranger, { key, body: "x" }), unknown);
  await assertRefused(site, headObject(stranger, { key }), unknown);
  assert.isFalse(await objectExists(client, { key }));
}

async function wrongRegion(site: Site): Promise<void> {
  const { client, connect, prefix } = site;
  const { region, signatureVersion } = client.context;
  const endpoint = new URL(client.context.url(null, undefined).url).origin;
  const elsewhere = connect({ endpoint, region: region === "cn-beijing" ? "cn-shanghai" : "cn-beijing" });
  const call = putObject(elsewhere, { key: `${prefix}region`, body: "x" });
  // V1 signatures name no region.
  if (signatureVersion === "v1") assert.equal((await call).status, 200);
  else await assertRefused(site, call, { status: 400, code: "InvalidArgument", ec: "0002-00000226" });
}

async function strangers(site: Site): Promise<void> {
  const { client, connect, prefix } = site;
  const key = `${prefix}private.txt`;
  await putObject(client, { key, body: "hello", acl: "private" });
  const anonymous = connect({ credentials: "anonymous" });
  const denied: Refusal = { status: 403, code: "AccessDenied" };
  for (const read of [getObject, headObject, getObjectAcl]) await assertRefused(site, read(anonymous, { key }), denied);
}

async function badDocuments(site: Site): Promise<void> {
  const { client, prefix } = site;
  const key = `${prefix}digest`;
  const digest: Refusal = { status: 400, code: "InvalidDigest" };
  await assertRefused(site, putObject(client, { key, body: "hello", contentMd5: "1B2M2Y8AsgTpgAmY7PhCfg==" }), digest);
  await assertRefused(site, putObject(client, { key, body: "hello", contentMd5: "not base64" }), digest);
  assert.equal((await putObject(client, { key, body: "hello", contentMd5: "XUFAKrxLKna5cZ2REBfFkg==" })).status, 200);
  const request = { method: "POST", query: { delete: null }, body: "<Delete><Object>", contentMd5: true } as const;
  await assertRefused(site, client.send(request), { status: 400, code: "MalformedXML" });
}

export const errorCases: readonly LiveCase[] = [
  { name: "NoSuchKey, wherever an object is read", run: missingKey },
  { name: "NoSuchBucket", run: missingBucket, unless: ownDomain },
  { name: "SignatureDoesNotMatch and InvalidAccessKeyId, without secrets", run: wrongKeys },
  { name: "a signature for another region", run: wrongRegion },
  { name: "AccessDenied to strangers", run: strangers },
  { name: "InvalidDigest and MalformedXML", run: badDocuments },
];
