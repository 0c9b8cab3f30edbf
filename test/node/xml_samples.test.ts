/** Both XML readers against recorded and documented answers, where a checkout of those lies beside the project. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { type AnyField, type AnyShape, key, named, text } from "../../src/codec/shape.ts";
import { readXml } from "../../src/codec/xml_scan.ts";
import { readXmlTree } from "../../src/codec/xml_tree.ts";
import {
  getBucketVersioning,
  getObjectTagging,
  listObjects,
  listObjectVersions,
  restoreObject,
  restoreState,
  uploadPartCopy,
} from "../../src/mod.ts";
import { answering } from "../conformance/support/canned.ts";
import { assert, environment, test } from "../harness.ts";

interface Sample {
  readonly root: string;
  /** Values by path, `A.B[0].C`; `[#]` is a count. */
  readonly values: Readonly<Record<string, string | number>>;
  readonly trim?: boolean;
}

const folder = path.join(environment.root, "../shared/vectors/xml");
const missing = existsSync(folder) ? {} : { skip: { node: `NOT RUN: the samples are not at ${folder}` } };

/** Names of elements that `EncodingType` speaks of. */
const ENCODED = /^(Key|Prefix|Delimiter|StartAfter|(Next)?(Key)?Marker|(Next)?ContinuationToken)$/;

/** The shape that a list of paths implies: all leaves are text, what has an index is a list. */
function shapeOf(paths: readonly string[]): AnyShape {
  const shape: Record<string, AnyField> = {};
  const heads = new Set(paths.map((one) => one.replace(/[[.].*$/, "")));
  for (const name of heads) {
    if (name === "$text") {
      shape[name] = named(".", text);
      continue;
    }
    const own = paths.filter((one) => one.replace(/[[.].*$/, "") === name);
    const inner = own
      .map((one) => one.slice(name.length).replace(/^(\[\d+\])?\.?/, ""))
      .filter((one) => one !== "" && one !== "[#]");
    const leaf: AnyField = ENCODED.test(name) ? key : text;
    // The types of shapes follow the value's type, and here there is none.
    const item = inner.length > 0 ? { kind: "object", shape: shapeOf(inner) } : leaf;
    const field = own.some((one) => one.startsWith(`${name}[`)) ? { kind: "list", item } : item;
    shape[name] = { ...field, element: name } as AnyField;
  }
  return shape;
}

function valueAt(value: unknown, where: string): unknown {
  let found = value;
  for (const step of where.split(/\.|(?=\[)/)) {
    const name = step.replace(/^\[(.*)\]$/, "$1");
    found = Reflect.get(Object(found), name === "#" ? "length" : name);
  }
  return found;
}

function check(value: unknown, { values, trim = true }: Sample, file: string): void {
  for (const [where, expected] of Object.entries(values)) {
    const found = valueAt(value, where);
    const same =
      trim && typeof found === "string" && typeof expected === "string" && !where.match(/Key$|Prefix$|Marker$/);
    assert.strictEqual(same ? found.trim() : found, expected, `${file}: ${where}`);
  }
}

test("XML samples: both readers find every value, and the same", missing, async () => {
  const samples: Record<string, Sample> = JSON.parse(readFileSync(path.join(folder, "expected.json"), "utf8"));
  assert.isAbove(Object.keys(samples).length, 50);
  for (const [file, sample] of Object.entries(samples)) {
    const xml = readFileSync(path.join(folder, file), "utf8");
    const shape = shapeOf(Object.keys(sample.values));
    const read: (xml: string, root: string, shape: never) => unknown = readXml;
    const walk: (xml: string, root: string, shape: never) => Promise<unknown> = readXmlTree;
    const value = read(xml, sample.root, shape as never);
    check(value, sample, file);
    assert.deepEqual(await walk(xml, sample.root, shape as never), value, file);
    assert.throws(() => read(xml, `${sample.root}X`, shape as never), "Cannot read", file);
  }
});

test("XML samples: versions and delete markers keep the order they stand in", missing, async () => {
  for (const file of ["list-object-versions-many.xml", "list-object-versions-encoded.xml"]) {
    const xml = readFileSync(path.join(folder, file), "utf8");
    const { entries, versions, deleteMarkers } = await listObjectVersions(
      answering(() => new Response(xml)),
      {},
    );
    const standing = [...xml.matchAll(/<(Version|DeleteMarker)>[\s\S]*?<VersionId>(.*)<\/VersionId>/g)];
    assert.deepEqual(
      entries.map(({ isDeleteMarker, versionId }) => [isDeleteMarker ? "DeleteMarker" : "Version", versionId]),
      standing.map(([, name, id]) => [name, id]) as [string, string][],
    );
    assert.lengthOf(entries, versions.length + deleteMarkers.length);
    for (const { key, size, etag, lastModified, owner } of versions) {
      assert.match(key, /^demo\//);
      assert.match(etag, /^"/);
      assert.isAtLeast(size, 0);
      assert.instanceOf(lastModified, Date);
      assert.equal(owner?.id, "150692521021****");
    }
  }
});

test("XML samples: versioning of buckets, tags of objects", missing, async () => {
  const answer = (file: string) => answering(() => new Response(readFileSync(path.join(folder, file), "utf8")));
  for (const versioning of ["Enabled", "Suspended"]) {
    const found = await getBucketVersioning(answer(`bucket-versioning-${versioning.toLowerCase()}.xml`), {});
    assert.equal(found.versioning, versioning);
  }
  assert.deepEqual((await getObjectTagging(answer("object-tagging-one.xml"), { key: "a" })).tagging, { age: "18" });
});

test("XML samples: restorations in lists and errors, copied parts", missing, async () => {
  const answer = (file: string, status = 200) =>
    answering(() => new Response(readFileSync(path.join(folder, file), "utf8"), { status }));
  const { objects } = await listObjects(answer("list-objects-v1-restore-info.xml"), {});
  const until = (time: string) => ({ ongoing: false, expiryDate: new Date(time) });
  assert.deepEqual(
    objects.map(({ restoreInfo }) => restoreState(restoreInfo)),
    [undefined, { ongoing: true }, until("2020-09-24T12:40:33Z"), until("2024-11-08T08:15:52Z")],
  );
  const refused = restoreObject(answer("error-restore-already-in-progress.xml", 409), { key: "a" });
  const error = await refused.catch((caught: unknown) => caught);
  assert.deepInclude(error, { status: 409, code: "RestoreAlreadyInProgress" });
  const copy = { key: "a", uploadId: "1", partNumber: 1, copySource: { bucket: "photos", key: "b" } };
  const { etag, lastModified } = await uploadPartCopy(answer("upload-part-copy.xml"), copy);
  assert.equal(etag, '"5B3C1A2E053D763E1B002CC607C5****"');
  assert.deepEqual(lastModified, new Date("2014-07-17T06:27:54Z"));
});
