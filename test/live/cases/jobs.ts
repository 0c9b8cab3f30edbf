/** What takes several requests: moves, changes of metadata, whole prefixes. */
import {
  copyPrefix,
  deletePrefix,
  folderSize,
  getObject,
  getObjectAcl,
  getObjectTagging,
  headObject,
  listObjectsV2,
  move,
  objectExists,
  putMeta,
  putObject,
} from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { assertHas } from "../checks.ts";
import type { LiveCase, Site } from "../site.ts";

const SAID = {
  contentType: "image/png",
  cacheControl: "max-age=7",
  contentLanguage: "de",
  acl: "private",
  metadata: { one: "1", two: "2" },
  tagging: { stage: "draft" },
} as const;

async function metadata({ client, prefix }: Site): Promise<void> {
  const key = `${prefix}a b/\u{1F600}+%`;
  await putObject(client, { key, body: "hello", ...SAID });
  await putMeta(client, { key, contentDisposition: "inline", metadata: { two: null, three: "3" } });
  const { contentType, cacheControl, contentLanguage } = SAID;
  const facts = { contentType, cacheControl, contentLanguage, contentDisposition: "inline" };
  const head = await headObject(client, { key });
  assertHas(head, facts);
  assert.deepEqual(head.metadata, { one: "1", three: "3" });
  assert.equal((await getObjectAcl(client, { key })).acl, "private");
  assert.deepEqual((await getObjectTagging(client, { key })).tagging, SAID.tagging);
  assert.equal(await (await getObject(client, { key })).text(), "hello");
}

async function moved({ client, prefix }: Site): Promise<void> {
  const [sourceKey, key] = [`${prefix}old/?name`, `${prefix}new/\uFF5E`];
  await putObject(client, { key: sourceKey, body: "hello", ...SAID });
  await move(client, { sourceKey, key, forbidOverwrite: true });
  assert.isFalse(await objectExists(client, { key: sourceKey }));
  const got = await getObject(client, { key });
  assert.deepEqual([await got.text(), got.contentType, got.metadata], ["hello", "image/png", SAID.metadata]);
  assert.equal((await getObjectAcl(client, { key })).acl, "private");
  assert.deepEqual((await getObjectTagging(client, { key })).tagging, SAID.tagging);
}

async function folders({ client, prefix }: Site): Promise<void> {
  const names = ["a", "a/", "b c/\u{1F600}", "b c/\uFF5E", "z&<>"];
  for (const name of names) await putObject(client, { key: `${prefix}from/${name}`, body: "12345" });
  const input = { sourcePrefix: `${prefix}from/`, prefix: `${prefix}to/` };
  assert.deepEqual(await copyPrefix(client, input), { copied: 5, size: 25, skipped: 0 });
  await putObject(client, { key: `${prefix}from/a`, body: "123456" });
  const again = await copyPrefix(client, input, { skipExisting: true });
  assert.deepEqual(again, { copied: 1, size: 6, skipped: 4 });
  const {
    objects,
    size,
    folders: inside = [],
  } = await folderSize(client, { prefix: input.prefix }, { delimiter: "/" });
  assert.deepEqual([objects, size], [5, 26]);
  assert.deepEqual(
    inside.map((folder) => [folder.prefix.slice(input.prefix.length), folder.objects]),
    [
      ["a/", 1],
      ["b c/", 2],
    ],
  );
  assert.deepEqual(await deletePrefix(client, { prefix: input.prefix }), { deleted: 5, size: 26 });
  assert.deepEqual((await listObjectsV2(client, { prefix: input.prefix })).objects, []);
}

export const jobCases: readonly LiveCase[] = [
  { name: "a change of metadata leaves headers, tags and ACL as they are", run: metadata },
  { name: "a moved object keeps headers, tags and ACL", run: moved },
  { name: "whole prefixes are copied, measured and deleted", run: folders },
];
