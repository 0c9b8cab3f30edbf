/** Versioning against a plain model: any sequence of calls leaves the same versions, in the same order. */
import {
  type Client,
  deleteObject,
  each,
  getObject,
  listObjectsV2,
  listObjectVersions,
  putBucketVersioning,
  putObject,
  ServiceError,
} from "../../src/mod.ts";
import { assert, fc, test } from "../harness.ts";
import { stage } from "./cases.ts";

const KEYS = ["a", "a/b", "\uFF5E", "\u{1F600}"];

/** A version as the model knows it: a body, or none for a delete marker. */
interface Version {
  readonly id: string;
  readonly body: string | undefined;
}

type Status = "Enabled" | "Suspended" | undefined;

/** Newest first. */
class Model {
  status: Status;
  readonly keys = new Map<string, Version[]>(KEYS.map((key) => [key, []]));

  versions(key: string): Version[] {
    return this.keys.get(key) ?? [];
  }

  remove(key: string, id: string): Version | undefined {
    const versions = this.versions(key);
    const index = versions.findIndex((version) => version.id === id);
    return index < 0 ? undefined : versions.splice(index, 1)[0];
  }

  add(key: string, version: Version): void {
    this.remove(key, version.id);
    this.versions(key).unshift(version);
  }
}

type Step = (client: Client, model: Model) => Promise<void>;

const key = fc.constantFrom(...KEYS);

const put = fc.record({ key, body: fc.string({ maxLength: 3 }) }).map(
  ({ key, body }): Step =>
    async (client, model) => {
      const { versionId } = await putObject(client, { key, body });
      assert.equal(versionId === undefined, model.status === undefined);
      assert.equal(versionId === "null", model.status === "Suspended");
      model.add(key, { id: versionId ?? "null", body });
    },
);

const remove = key.map(
  (key): Step =>
    async (client, model) => {
      const { versionId, deleteMarker } = await deleteObject(client, { key });
      assert.equal(deleteMarker ?? false, model.status !== undefined);
      if (model.status === undefined) model.remove(key, "null");
      else model.add(key, { id: versionId ?? "?", body: undefined });
    },
);

const removeVersion = fc.record({ key, at: fc.nat(3) }).map(
  ({ key, at }): Step =>
    async (client, model) => {
      const versionId = model.versions(key)[at]?.id ?? "null";
      const { deleteMarker, versionId: told } = await deleteObject(client, { key, versionId });
      if (model.status !== undefined) assert.equal(told, versionId);
      const removed = model.remove(key, versionId);
      assert.equal(deleteMarker ?? false, removed !== undefined && removed.body === undefined);
    },
);

const setStatus = fc.constantFrom("Enabled", "Suspended").map(
  (versioning): Step =>
    async (client, model) => {
      await putBucketVersioning(client, { versioning });
      model.status = versioning as Status;
    },
);

async function bodyOf(client: Client, input: Parameters<typeof getObject>[1]): Promise<string> {
  try {
    return `=${await (await getObject(client, input)).text()}`;
  } catch (error) {
    if (error instanceof ServiceError) return error.code;
    throw error;
  }
}

async function compare(client: Client, model: Model, maxKeys: number): Promise<void> {
  const versions = KEYS.flatMap((key) =>
    model.versions(key).map(({ id, body }, i) => [key, id, i === 0, body?.length ?? "marker"]),
  );
  const listed = [];
  for await (const item of each(client, listObjectVersions, { maxKeys })) {
    if (item.isPrefix) throw new TypeError("a prefix without a delimiter");
    listed.push([item.key, item.versionId, item.isLatest, item.isDeleteMarker ? "marker" : item.size]);
  }
  assert.deepEqual(listed, versions);
  const folded = [];
  for await (const item of each(client, listObjectVersions, { maxKeys, delimiter: "/" })) {
    folded.push(item.isPrefix ? item.key : [item.key, item.versionId]);
  }
  // Of the model's keys one alone has a slash, and no key lies between its prefix and it.
  const below = model.versions("a/b").length > 0 ? ["a/"] : [];
  const plain = (key: string): unknown[] => model.versions(key).map(({ id }) => [key, id]);
  assert.deepEqual(folded, [...plain("a"), ...below, ...KEYS.slice(2).flatMap(plain)]);
  const current = [];
  for await (const item of each(client, listObjectsV2, { maxKeys })) current.push(item.key);
  assert.deepEqual(
    current,
    KEYS.filter((key) => model.versions(key)[0]?.body !== undefined),
  );
  for (const key of KEYS) {
    const [newest] = model.versions(key);
    assert.equal(await bodyOf(client, { key }), newest?.body === undefined ? "NoSuchKey" : `=${newest.body}`);
    for (const { id, body } of model.versions(key)) {
      const expected = body === undefined ? "MethodNotAllowed" : `=${body}`;
      assert.equal(await bodyOf(client, { key, versionId: id }), expected);
    }
  }
}

test("versions are those of a plain model, whatever was called", { timeout: 60_000 }, async (t) => {
  const step = fc.oneof(
    { weight: 4, arbitrary: put },
    { weight: 3, arbitrary: remove },
    { weight: 4, arbitrary: removeVersion },
    { weight: 2, arbitrary: setStatus },
  );
  const steps = fc.array(step, { minLength: 1, maxLength: 24, size: "max" });
  await fc.assert(
    fc.asyncProperty(steps, fc.constantFrom(1, 2, 100), async (all, maxKeys) => {
      const { client } = stage(t);
      const model = new Model();
      for (const run of all) await run(client, model);
      await compare(client, model, maxKeys);
    }),
    { numRuns: 50 },
  );
});
