import { boolean, list, named, number, object, type Shape, text } from "../../../src/codec/shape.ts";
import { readXml } from "../../../src/codec/xml_scan.ts";
import { readXmlTree } from "../../../src/codec/xml_tree.ts";
import { writeXml } from "../../../src/codec/xml_writer.ts";
import { assert, fc, test } from "../../harness.ts";
import { anything, everything } from "./xml_support.ts";

test("writeXml: both readers give back every value", async () => {
  await fc.assert(
    fc.asyncProperty(anything, async (value) => {
      const xml = writeXml("Everything", everything, value);
      assert.deepEqual(readXml(xml, "Everything", everything), value);
      assert.deepEqual(await readXmlTree(xml, "Everything", everything), value);
    }),
    { numRuns: 300 },
  );
});

interface Tag {
  key: string;
  value?: string | undefined;
}
interface Document {
  enabled?: boolean | undefined;
  tags?: Tag[] | undefined;
  grant?: string | undefined;
  size?: number | undefined;
  link?: string | undefined;
}
const shape: Shape<Document> = {
  enabled: boolean,
  tags: named("TagSet/Tag", list<Tag>(object<Tag>({ key: text, value: text }))),
  grant: named("AccessControlList/Grant", text),
  size: number,
  link: named("AccessControlList/Link", text),
};
const write = (value: Document): string =>
  writeXml("Doc", shape, value).replace('<?xml version="1.0" encoding="UTF-8"?>\n', "");

test("writeXml: the order of the shape and of lists, wrappers once, undefined left out", () => {
  assert.equal(
    write({
      size: 1,
      tags: [
        { value: "2", key: "b" },
        { key: "a", value: undefined },
      ],
      enabled: false,
      grant: undefined,
    }),
    "<Doc><Enabled>false</Enabled><TagSet><Tag><Key>b</Key><Value>2</Value></Tag><Tag><Key>a</Key></Tag></TagSet><Size>1</Size></Doc>",
  );
  assert.equal(write({ tags: [] }), "<Doc><TagSet></TagSet></Doc>");
  assert.equal(write({}), "<Doc></Doc>");
  const neighbours: Shape<{ a?: string; b?: string }> = { a: named("W/A", text), b: named("W/B", text) };
  assert.include(writeXml("Doc", neighbours, { a: "", b: "1" }), "<Doc><W><A></A><B>1</B></W></Doc>");
});

test("writeXml: markup and control characters are escaped", () => {
  assert.equal(
    write({ grant: `a&b<c>"d"'e'\r\n\t\0\x1f\x7f é😀` }),
    "<Doc><AccessControlList><Grant>a&amp;b&lt;c&gt;&quot;d&quot;&apos;e&apos;&#xD;&#xA;&#x9;&#x0;&#x1F;\x7f é😀</Grant></AccessControlList></Doc>",
  );
});

test("writeXml: what cannot be written is a TypeError that names the property", () => {
  const cases: [unknown, string][] = [
    [{ tags: [{ key: "a" }, { key: "b\udc00" }] }, "Cannot write tags[1].key: it holds a lone surrogate"],
    [{ tags: { key: "a" } }, "Cannot write tags: "],
    [{ tags: ["a"] }, "Cannot write tags[0]: "],
    [{ tags: [null] }, "Cannot write tags[0]: "],
    [{ grant: { toString: () => "x" } }, "Cannot write grant: "],
    [{ grant: null }, "Cannot write grant: "],
    [{ size: "1" }, "Cannot write size: "],
    [{ size: Number.NaN }, "Cannot write size: NaN"],
    [undefined, "Cannot write the document: "],
  ];
  for (const [value, message] of cases) assert.throws(() => write(value as Document), TypeError, message);
});
