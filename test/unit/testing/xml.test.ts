import { childText, readXml, type XmlNode } from "../../../src/testing/xml_read.ts";
import { xmlDocument } from "../../../src/testing/xml_write.ts";
import { assert, fc, test } from "../../harness.ts";

test("testing/xml: what is written is read back, whatever the text", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme" })), fc.string({ unit: "binary" }), (keys, other) => {
      const root = readXml(
        xmlDocument("Root", { Item: keys.map((key) => ({ Key: key })), Other: other, None: undefined }),
        "Root",
      );
      assert.deepEqual(
        root.children.filter(({ name }) => name === "Item").map((item) => childText(item, "Key")),
        keys,
      );
      assert.equal(childText(root, "Other"), other);
      assert.isUndefined(childText(root, "None"));
    }),
  );
});

test("testing/xml: declarations, comments, CDATA, references, attributes and empty elements are read", () => {
  const xml =
    '\ufeff<?xml version="1.0"?><!-- a -->\n<R xmlns="x" a=\'1\'><A>&lt;&#38;&#x26;&quot;</A><B><![CDATA[<&]]></B><C/><D e="1" /></R>\n';
  const shown = ({ name, text, children }: XmlNode): unknown => [name, text, children.map(shown)];
  assert.deepEqual(shown(readXml(xml, "R")), [
    "R",
    "",
    [
      ["A", '<&&"', []],
      ["B", "<&", []],
      ["C", "", []],
      ["D", "", []],
    ],
  ]);
});

test("testing/xml: documents that are none are refused", () => {
  const documents = [
    "",
    "x",
    "<R>",
    "<R></S>",
    "<R></R><R></R>",
    "</R>",
    "<S></S>",
    "<R>&nbsp;</R>",
    "<R><A></R></A>",
    "<R>a</R>b",
  ];
  for (const xml of [...documents, "<!DOCTYPE R><R></R>", "<R>&#x110000;</R>"]) {
    let code = "";
    try {
      readXml(xml, "R");
    } catch (error) {
      code = (error as { code: string }).code;
    }
    assert.equal(code, "MalformedXML", xml);
  }
});
