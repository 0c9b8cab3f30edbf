/** What lists tell beside keys. */
import { listObjects, listObjectsV2, putObject } from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import type { LiveCase, Site } from "../site.ts";

async function fields({ client, bucket, prefix }: Site): Promise<void> {
  for (const name of ["a", "d/1", "d/2", "z"]) await putObject(client, { key: prefix + name, body: name });
  const page = await listObjectsV2(client, { prefix, delimiter: "/", fetchOwner: true });
  assert.deepEqual(
    page.objects.map(({ key, size, type }) => [key, size, type]),
    [
      [`${prefix}a`, 1, "Normal"],
      [`${prefix}z`, 1, "Normal"],
    ],
  );
  assert.deepEqual(page.commonPrefixes, [{ prefix: `${prefix}d/` }]);
  const { keyCount, isTruncated, name, delimiter } = page;
  assert.deepEqual(
    { keyCount, isTruncated, name, delimiter },
    { keyCount: 3, isTruncated: false, name: bucket, delimiter: "/" },
  );
  for (const { owner, lastModified } of page.objects) {
    assert.match(owner?.id ?? "", /./);
    assert.instanceOf(lastModified, Date);
  }
  const bare = await listObjectsV2(client, { prefix });
  assert.isUndefined(bare.objects[0]?.owner);
  assert.equal(bare.keyCount, 4);
  const first = await listObjects(client, { prefix, maxKeys: 2 });
  assert.deepEqual([first.isTruncated, first.maxKeys, first.objects.length], [true, 2, 2]);
  assert.match(first.objects[0]?.owner?.id ?? "", /./);
  const second = await listObjects(client, { prefix, maxKeys: 2, marker: first.nextMarker });
  assert.deepEqual([second.isTruncated, second.nextMarker, second.objects.length], [false, undefined, 2]);
}

async function nothing({ client, prefix }: Site): Promise<void> {
  for (const list of [listObjects, listObjectsV2]) {
    const { objects, commonPrefixes, isTruncated } = await list(client, { prefix, delimiter: "/" });
    assert.deepEqual({ objects, commonPrefixes, isTruncated }, { objects: [], commonPrefixes: [], isTruncated: false });
  }
}

export const listCases: readonly LiveCase[] = [
  { name: "lists tell sizes, owners, counts and folders", run: fields },
  { name: "a list of nothing is empty", run: nothing },
];
