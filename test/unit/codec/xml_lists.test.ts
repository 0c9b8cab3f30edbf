/** Long lists, whose rows are alike: the scanner expects what came before, and must see where that is not what comes. */
import { list, named, number, object, type Shape, text } from "../../../src/codec/shape.ts";
import { readXml } from "../../../src/codec/xml_scan.ts";
import { readXmlTree } from "../../../src/codec/xml_tree.ts";
import { DecodeError } from "../../../src/errors.ts";
import { assert, fc, test } from "../../harness.ts";

interface Row {
  name?: string;
  size?: number;
  owner?: { id?: string };
  words: string[];
  own?: string;
}
interface Rows {
  rows: Row[];
}
const plain = {
  name: named("a.b", text),
  size: number,
  owner: object<{ id?: string }>({ id: text }),
  words: named("Word", list<string>(text)),
};
const withoutOwn: Shape<{ rows: Omit<Row, "own">[] }> = { rows: named("R", list(object<Omit<Row, "own">>(plain))) };
const withOwn: Shape<Rows> = { rows: named("R", list(object<Row>({ ...plain, own: named(".", text) }))) };

/** What a row has, and what makes it another row than the others. */
const PIECES = [
  "<a.b>n</a.b>",
  "<Size>12</Size>",
  "<Owner><Id>i</Id></Owner>",
  "<Owner></Owner>",
  "<Word>w</Word>",
  "<Word></Word>",
];
const ODD = [
  ...["\n ", "text", "<a.b>&lt;</a.b>", "<a.b/>", "<a.b x='1'>n</a.b >", "<!-- c -->", "<Unknown>u</Unknown>", "&#65;"],
  ...["<a.b>n<Size>1</Size>m</a.b>", "<![CDATA[<]]>", "<Size>x</Size>", "<a.b>n</acb>", "<acb>n</a.b>", "<a.b>n</a.b"],
  ...["</R>", "<R>", "<Size>12<Size>", "<Owner>", "</Owner>", "<a.b>n</Size>", "<a.b>n</a.b><", "<Size> 5 </Size>"],
];

/** Rows of the same pieces, with a few odd ones anywhere among them. */
const pages = fc
  .record({
    row: fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 5 }),
    between: fc.constantFrom("", "", "\n", " x"),
    count: fc.integer({ min: 1, max: 8 }),
    odd: fc.array(fc.tuple(fc.nat(), fc.constantFrom(...ODD)), { maxLength: 2 }),
  })
  .map(({ row, between, count, odd }) => {
    const pieces = Array.from({ length: count }, () => ["<R>", ...row, "</R>"]).flat();
    for (const [at, piece] of odd) pieces.splice(at % pieces.length, 0, piece);
    return `<Page>${pieces.join(between)}</Page>`;
  });

async function read(reading: () => unknown): Promise<unknown> {
  try {
    return await reading();
  } catch (error) {
    assert.instanceOf(error, DecodeError);
    return DecodeError;
  }
}

test("XML: where a row of a list differs from those before, both readers see it alike", async () => {
  let refused = 0;
  let lists = 0;
  await fc.assert(
    fc.asyncProperty(pages, fc.constantFrom(withOwn, withoutOwn), async (xml, shape) => {
      const scanned = await read(() => readXml(xml, "Page", shape));
      assert.deepEqual(scanned, await read(() => readXmlTree(xml, "Page", shape)), xml);
      if (scanned === DecodeError) refused++;
      else lists++;
    }),
    { numRuns: 600 },
  );
  assert.isAbove(refused, 50);
  assert.isAbove(lists, 100);
});

test("XML: behind rows that are alike, every wrong or missing tag is refused", () => {
  const row = "<R><a.b>n</a.b><Size>12</Size><Word>w</Word></R>";
  assert.lengthOf(readXml<Rows>(`<Page>${row.repeat(4)}</Page>`, "Page", withOwn).rows, 4);
  for (const shape of [withOwn, withoutOwn])
    for (const [right, wrong] of [
      ["</a.b>", "</acb>"],
      ["<a.b>", "<acb>"],
      ["</a.b>", ""],
      ["</a.b>", "</a.b"],
      ["</a.b><Size>", "</a.b>Size>"],
      ["<Size>", "<Sizes>"],
      ["</Size><Word>", "</Size><!DOCTYPE Word><Word>"],
      ["</Size><Word>", "</Word><Size>"],
      ["</Word></R>", "</Word>"],
      ["</Word></R>", "</R></Word>"],
    ] as const) {
      const last = row.replace(right, wrong);
      assert.throws(() => readXml(`<Page>${row.repeat(4)}${last}</Page>`, "Page", shape), DecodeError, undefined, last);
      assert.throws(() => readXml(`<Page>${row.repeat(4)}${last}`, "Page", shape), DecodeError, undefined, last);
    }
});
