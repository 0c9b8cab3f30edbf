/** Both XML readers against recorded and documented answers, where a checkout of those lies beside the project. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { type AnyField, type AnyShape, key, named, text } from "../../src/codec/shape.ts";
import { readXml } from "../../src/codec/xml_scan.ts";
import { readXmlTree } from "../../src/codec/xml_tree.ts";
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
