/** Calls that keys of one prefix often may not make, and the legacy signature. */
import {
  bucketExists,
  deleteObject,
  each,
  getBucketAcl,
  getBucketInfo,
  getBucketLocation,
  getObject,
  listBuckets,
  listObjectsV2,
  presign,
  putObject,
  ServiceError,
} from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { assertHas, deniedFor, orRefusal } from "../checks.ts";
import type { LiveCase, Site } from "../site.ts";
import { ownDomain } from "./errors.ts";

async function exists({ client, bucket }: Site): Promise<void> {
  assert.isTrue(await bucketExists(client));
  assert.isTrue(await bucketExists(client, { bucket }));
}

const nobodys = (): string => `oss-fetch-live-no-such-${crypto.randomUUID().slice(0, 8)}`;

async function existsNot({ client }: Site): Promise<void> {
  const bucket = nobodys();
  assert.isFalse(await bucketExists(client, { bucket }));
}

async function info({ client, bucket }: Site): Promise<void> {
  const location = `oss-${client.context.region}`;
  const found = await getBucketInfo(client, {});
  assertHas(found, { name: bucket, location });
  assert.match(found.owner?.id ?? "", /./);
  assert.instanceOf(found.creationDate, Date);
  assert.equal((await getBucketLocation(client, {})).location, location);
  assert.equal((await getBucketAcl(client, {})).acl, found.acl);
}

async function listed({ client, bucket }: Site): Promise<void> {
  const found: unknown[] = [];
  for await (const { name, location } of each(client, listBuckets, { prefix: bucket })) {
    if (name === bucket) found.push(location);
  }
  assert.deepEqual(found, [`oss-${client.context.region}`]);
}

async function legacy({ connect, prefix, target, fetch, signal, saw }: Site): Promise<void> {
  const client = connect({ signatureVersion: "v1" });
  const key = `${prefix}v1 + %/../\uFF5E.png`;
  const call = putObject(client, { key, body: "hello", metadata: { a: "1" } });
  const stored = await (target === "live" ? orRefusal(call, "AccessDenied") : call);
  if (stored instanceof ServiceError) {
    assert.deepEqual([stored.status, stored.ec], [403, "0002-00000080"], stored.message);
    return saw("V1 is closed for this account or bucket");
  }
  saw("V1 is open");
  assert.equal(await (await getObject(client, { key })).text(), "hello");
  const { url } = await presign(client, getObject, { key, responseContentType: "text/plain" }, { expiresIn: 300 });
  const answer = await fetch(url, { signal });
  assert.deepEqual([answer.status, answer.headers.get("content-type")], [200, "text/plain"]);
  const { objects } = await listObjectsV2(client, { prefix });
  assert.deepEqual(
    objects.map((object) => object.key),
    [key],
  );
  assert.equal((await deleteObject(client, { key })).status, 204);
}

const mayInfo = ({ client }: Site): Promise<string | undefined> =>
  deniedFor(Promise.all([getBucketInfo(client, {}), getBucketLocation(client, {}), getBucketAcl(client, {})]));

export const bucketCases: readonly LiveCase[] = [
  { name: "bucketExists: yes", run: exists, unless: ({ client }) => deniedFor(getBucketAcl(client, {})) },
  {
    name: "bucketExists: no",
    run: existsNot,
    unless: async (site) =>
      (await ownDomain(site)) ?? (await deniedFor(bucketExists(site.client, { bucket: nobodys() }))),
  },
  { name: "a bucket's info, location and ACL", run: info, unless: mayInfo },
  {
    name: "listBuckets names the bucket",
    run: listed,
    unless: async (site) => (await ownDomain(site)) ?? (await deniedFor(listBuckets(site.client, {}))),
  },
  { name: "the legacy signature, V1", run: legacy },
];
