/** Odd keys: they travel unchanged, and lists tell them in the service's order. */
import {
  compareKeys,
  deleteMultipleObjects,
  deleteObject,
  each,
  getObject,
  headObject,
  listObjects,
  listObjectsV2,
  objectExists,
  presign,
  putObject,
  ServiceError,
} from "../../../src/mod.ts";
import { KEYS, shown } from "../../conformance/support/keys.ts";
import { assert } from "../../harness.ts";
import { bytesOf, orRefusal } from "../checks.ts";
import { inTurns } from "../in_turns.ts";
import type { LiveCase, Site } from "../site.ts";

/** Nobody promises that the real service takes them, nor that its XML parser does. */
const isDoubtful = (key: string): boolean => /[\p{Cc}\uFFFE\uFFFF]/u.test(key);

/** The odd names that fit behind a prefix, in byte order. */
function namesBelow(prefix: string): string[] {
  const { length } = new TextEncoder().encode(prefix);
  return KEYS.filter((name) => new TextEncoder().encode(name).length + length <= 1023);
}

/** Puts an object under each odd name; returns the names that the service took. */
async function fill({ client, prefix, target, saw }: Site): Promise<string[]> {
  const names = namesBelow(prefix);
  const taken = await inTurns(names, async (name) => {
    const call = putObject(client, { key: prefix + name, body: name, contentType: "image/png" });
    const outcome = await (target === "live" && isDoubtful(name) ? orRefusal(call, "InvalidObjectName") : call);
    if (outcome instanceof ServiceError) saw(`${shown(name)} is refused: ${outcome.code}`);
    return !(outcome instanceof ServiceError);
  });
  return names.filter((_, index) => taken[index]);
}

/** Byte order is inferred: in process it is the rule, of the real service we want to know. */
function assertOrder(site: Site, found: readonly string[], expected: readonly string[], what: string): void {
  const utf16 = [...expected].sort();
  if (site.target === "live" && String(found) === String(utf16) && String(found) !== String(expected)) {
    site.saw(`${what}: UTF-16 order, not byte order`);
  } else assert.deepEqual(found, expected, what);
}

async function round(site: Site): Promise<void> {
  const { client, prefix, fetch, signal } = site;
  const names = await fill(site);
  await inTurns(names, async (name) => {
    const key = prefix + name;
    const bytes = new TextEncoder().encode(name);
    assert.equal((await headObject(client, { key })).contentLength, bytes.length, shown(name));
    assert.deepEqual(await bytesOf(await getObject(client, { key })), bytes, shown(name));
    const { url } = await presign(client, getObject, { key }, { expiresIn: 300 });
    assert.deepEqual(await bytesOf(await fetch(url, { signal })), bytes, `presigned ${shown(name)}`);
    const { objects } = await listObjectsV2(client, { prefix: key });
    assert.equal(objects[0]?.key, key, shown(name));
  });
  const sure = names.filter((name) => !isDoubtful(name)).map((name) => prefix + name);
  const { deletedKeys } = await deleteMultipleObjects(client, { objects: sure });
  assert.sameMembers([...deletedKeys], sure);
  const doubtful = names.filter(isDoubtful).map((name) => prefix + name);
  const outcome = await orRefusal(deleteMultipleObjects(client, { objects: doubtful }), "MalformedXML");
  site.saw(`control characters in <Delete>: ${outcome instanceof ServiceError ? outcome.code : "deleted"}`);
  if (outcome instanceof ServiceError) {
    assert.equal(site.target, "live", outcome.message);
    for (const key of doubtful) await deleteObject(client, { key });
  }
  for (const key of [sure[0], doubtful[0]]) {
    if (key !== undefined) assert.isFalse(await objectExists(client, { key }), shown(key));
  }
  assert.deepEqual((await listObjectsV2(client, { prefix })).objects, []);
}

async function order(site: Site): Promise<void> {
  const { client, prefix } = site;
  const keys = (await fill(site)).map((name) => prefix + name);
  for (const list of [listObjects, listObjectsV2]) {
    for (const maxKeys of [7, 1000]) {
      const found: string[] = [];
      for await (const { key } of each(client, list, { prefix, maxKeys })) found.push(key);
      assertOrder(site, found, keys, `${list.operationName}, ${maxKeys} a page`);
    }
  }
  const { objects } = await listObjectsV2(client, { prefix, maxKeys: 1000 });
  const sorted = objects.map(({ key }) => key);
  await inTurns(
    [...sorted.entries()].filter(([at]) => at % 4 === 0),
    async ([at, key]) => {
      const rest = sorted.slice(at + 1, at + 3);
      const v1 = await listObjects(client, { prefix, marker: key, maxKeys: 2 });
      const v2 = await listObjectsV2(client, { prefix, startAfter: key, maxKeys: 2 });
      assert.deepEqual([v1.marker, v2.startAfter], [key, key]);
      for (const page of [v1, v2])
        assert.deepEqual(
          page.objects.map((object) => object.key),
          rest,
          shown(key),
        );
    },
  );
}

async function folders(site: Site): Promise<void> {
  const { client, prefix } = site;
  const names = await fill(site);
  for (const delimiter of ["/", "//", "&", "\uFF5E"]) {
    const folded = names.map((name) => {
      const cut = name.indexOf(delimiter);
      return prefix + (cut < 0 ? name : name.slice(0, cut + delimiter.length));
    });
    const expected = [...new Set(folded)].sort(compareKeys);
    for (const list of [listObjects, listObjectsV2]) {
      for (const maxKeys of [5, 1000]) {
        const what = `${list.operationName} by ${delimiter}, ${maxKeys} a page`;
        const found: string[] = [];
        for await (const { key, isPrefix } of each(client, list, { prefix, delimiter, maxKeys })) {
          assert.equal(isPrefix, key.slice(prefix.length).includes(delimiter), `${what}: ${shown(key)}`);
          found.push(key);
        }
        assertOrder(site, found, expected, what);
      }
    }
  }
}

export const keyCases: readonly LiveCase[] = [
  { name: "odd keys make the whole round", run: round },
  { name: "odd keys are listed in byte order, from any marker", run: order },
  { name: "odd keys fold at any delimiter, page by page", run: folders },
];
