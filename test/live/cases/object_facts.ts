/** ACL, tags, forbidden overwrites, and deleting many at once. */
import {
  completeMultipartUpload,
  copyObject,
  deleteMultipleObjects,
  type Fetch,
  getObject,
  getObjectAcl,
  headObject,
  initiateMultipartUpload,
  listObjectsV2,
  putObject,
  putObjectAcl,
  ServiceError,
  uploadPart,
} from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { assertRefused, orRefusal } from "../checks.ts";
import type { LiveCase, Site } from "../site.ts";

async function acl(site: Site): Promise<void> {
  const { client, connect, prefix } = site;
  const key = `${prefix}acl.txt`;
  await putObject(client, { key, body: "hello" });
  const { acl: first, owner } = await getObjectAcl(client, { key });
  assert.equal(first, "default");
  assert.match(owner?.id ?? "", /./);
  await putObjectAcl(client, { key, acl: "private" });
  assert.equal((await getObjectAcl(client, { key })).acl, "private");
  const anonymous = connect({ credentials: "anonymous" });
  await assertRefused(site, getObject(anonymous, { key }), { status: 403, code: "AccessDenied" });
  // New accounts block public access.
  const call = putObjectAcl(client, { key, acl: "public-read" });
  const opened = await (site.target === "live" ? orRefusal(call, "AccessDenied") : call);
  if (opened instanceof ServiceError) return site.saw(`public access is blocked: EC ${opened.ec}`);
  assert.equal(await (await getObject(anonymous, { key })).text(), "hello");
}

async function tags({ client, connect, prefix }: Site): Promise<void> {
  const key = `${prefix}tags.txt`;
  const sent: (string | null)[] = [];
  const listen =
    (next: Fetch): Fetch =>
    (url, init) => {
      sent.push(new Headers(init.headers).get("x-oss-tagging"));
      return next(url, init);
    };
  const tagging = { "a b": "1+2=3", project: "x/y:z.w" };
  await putObject(connect({ use: [listen] }), { key, body: "hello", tagging });
  assert.deepEqual(sent, ["a%20b=1%2B2%3D3&project=x%2Fy%3Az.w"]);
  assert.equal((await headObject(client, { key })).taggingCount, 2);
}

async function forbidden(site: Site): Promise<void> {
  const { client, bucket, prefix } = site;
  const key = `${prefix}first.txt`;
  const taken = { status: 409, code: "FileAlreadyExists" };
  await putObject(client, { key, body: "first", forbidOverwrite: true });
  await assertRefused(site, putObject(client, { key, body: "second", forbidOverwrite: true }), taken);
  const other = `${prefix}other.txt`;
  await putObject(client, { key: other, body: "other" });
  const copySource = { bucket, key: other };
  await assertRefused(site, copyObject(client, { key, copySource, forbidOverwrite: true }), taken);
  const { uploadId } = await initiateMultipartUpload(client, { key });
  const { etag = "" } = await uploadPart(client, { key, uploadId, partNumber: 1, body: "third" });
  const parts = [{ partNumber: 1, etag }];
  await assertRefused(site, completeMultipartUpload(client, { key, uploadId, parts, forbidOverwrite: true }), taken);
  assert.equal(await (await getObject(client, { key })).text(), "first");
  await putObject(client, { key, body: "fourth", forbidOverwrite: false });
  assert.equal(await (await getObject(client, { key })).text(), "fourth");
}

async function many({ client, prefix }: Site): Promise<void> {
  const keys = ["a", "b & <c>", "\uFF5E \u{1F600}", "d/../e"].map((name) => prefix + name);
  const [first = "", ...rest] = keys;
  for (const key of keys) await putObject(client, { key, body: "x" });
  const missing = `${prefix}never there`;
  const { deletedKeys } = await deleteMultipleObjects(client, { objects: [...rest, missing] });
  assert.sameMembers([...deletedKeys], [...rest, missing], "also what was not there");
  const { objects } = await listObjectsV2(client, { prefix });
  assert.deepEqual(
    objects.map(({ key }) => key),
    [first],
  );
  const quiet = await deleteMultipleObjects(client, { objects: [{ key: first }], quiet: true });
  assert.deepEqual([quiet.status, quiet.deletedKeys], [200, []]);
  assert.deepEqual((await listObjectsV2(client, { prefix })).objects, []);
}

export const objectFactCases: readonly LiveCase[] = [
  { name: "an object's ACL", run: acl },
  { name: "tags are sent encoded, and counted", run: tags },
  { name: "forbidOverwrite: put, copy and complete", run: forbidden },
  { name: "deleteMultipleObjects: odd and missing keys, quiet", run: many },
];
