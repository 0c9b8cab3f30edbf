/** Documents of any shape: both readers and the writer mean the same, and no text is taken for anything else. */
import { list, object, type Shape, text } from "../../../src/codec/shape.ts";
import { readXml } from "../../../src/codec/xml_scan.ts";
import { readXmlTree } from "../../../src/codec/xml_tree.ts";
import { writeXml } from "../../../src/codec/xml_writer.ts";
import { readXml as readAsService, type XmlNode } from "../../../src/testing/xml_read.ts";
import { xmlDocument } from "../../../src/testing/xml_write.ts";
import { assert, fc, test } from "../../harness.ts";
import { noisyXml } from "./xml_noise.ts";
import { anyDocument } from "./xml_shapes.ts";

// A shape at random has no type: any value of it will do.
type Anything = Shape<object>;

test("any shape: what the writer writes, both readers read back", async () => {
  await fc.assert(
    fc.asyncProperty(anyDocument, async ([shape, value]) => {
      const xml = writeXml("Any", shape as Anything, value);
      assert.deepEqual(readXml(xml, "Any", shape as Anything), value, xml);
      assert.deepEqual(await readXmlTree(xml, "Any", shape as Anything), value, xml);
    }),
    { numRuns: 300 },
  );
});

test("any shape: both readers agree on documents that no writer would write", async () => {
  const choices = fc.array(fc.nat(1000), { minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(anyDocument, choices, async ([shape, value], picked) => {
      const xml = noisyXml("Any", shape as Anything, value, picked);
      const scanned = readXml(xml, "Any", shape as Anything);
      assert.deepEqual(await readXmlTree(xml, "Any", shape as Anything), scanned, xml);
      assert.deepEqual(scanned, value, xml);
    }),
    { numRuns: 300 },
  );
});

test("any shape: both readers refuse the same document of another shape, or read it alike", async () => {
  await fc.assert(
    fc.asyncProperty(anyDocument, anyDocument, async ([shape, value], [other]) => {
      const xml = writeXml("Any", shape as Anything, value);
      const outcome = async (read: () => unknown): Promise<unknown> => {
        try {
          return await read();
        } catch (error) {
          return String(error);
        }
      };
      const scanned = await outcome(() => readXml(xml, "Any", other as Anything));
      assert.deepEqual(await outcome(() => readXmlTree(xml, "Any", other as Anything)), scanned, xml);
    }),
    { numRuns: 200 },
  );
});

interface Keys {
  readonly objects: readonly { readonly key: string }[];
}
const keys: Shape<Keys> = { objects: list<{ key: string }>(object<{ key: string }>({ key: text })) };

const lone = fc
  .tuple(fc.string(), fc.constantFrom("\ud800", "\udbff", "\udc00", "\udfff"), fc.string())
  .map((parts) => parts.join(""));
const control = fc.integer({ min: 0, max: 0x1f }).map((code) => String.fromCharCode(code));
const mixed = (...special: readonly string[]): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof(fc.constantFrom(...special), fc.string({ maxLength: 3 })), { minLength: 1, maxLength: 8 })
    .map((all) => all.join(""));

/** Keys that are easily taken for something else. */
const KINDS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  "digits with leading zeros, such as 0012": fc
    .tuple(fc.constantFrom("0", "00", "-0", "+"), fc.nat())
    .map((all) => all.join("")),
  "numbers in other notations, such as 1e5": fc.oneof(
    fc.tuple(fc.nat(), fc.constantFrom("e", "E", "e+", "e-"), fc.nat(400)).map((all) => all.join("")),
    fc.constantFrom("0x10", "0b1", "Infinity", "NaN", "1.0", ".5", "5.", "1_000", "9007199254740993"),
  ),
  "words of programs": fc.constantFrom("true", "false", "null", "undefined", "__proto__", "constructor", "toString"),
  "leading and trailing white space": fc
    .tuple(
      fc.constantFrom(" ", "\t", "\n", "\r\n", "\u00a0", "\ufeff", "\u2028"),
      fc.string({ maxLength: 3 }),
      fc.constantFrom(" ", "\n", "\r"),
    )
    .map((all) => all.join("")),
  "control characters": fc.array(control, { minLength: 1, maxLength: 8 }).map((all) => all.join("")),
  "emoji and other characters beyond 16 bits": fc
    .string({ unit: "grapheme-composite", minLength: 1 })
    .map((all) => `${all}\u{1f600}\u{10ffff}`),
  "what looks like references, such as &#10;": mixed(
    "&#10;",
    "&#xA;",
    "&amp;",
    "&lt;",
    "&",
    ";",
    "&#",
    "&#x",
    "&nbsp;",
    "%26",
  ),
  "what looks like markup, such as ]]>": mixed(
    "]]>",
    "<![CDATA[",
    "<!--",
    "-->",
    "<",
    ">",
    "</Key>",
    "<?",
    "?>",
    "<!DOCTYPE",
    "/>",
  ),
  "1,023 bytes": fc.string({ unit: "binary", minLength: 200, maxLength: 1023 }).map((all) => {
    let cut = all.padEnd(1023, "x");
    while (new TextEncoder().encode(cut).length > 1023) cut = [...cut].slice(0, -1).join("");
    return cut.padEnd(cut.length + 1023 - new TextEncoder().encode(cut).length, "y");
  }),
};

/** The keys of a list as the service's own reader finds them. */
function keysOf(root: XmlNode): string[] {
  return root.children.map((item) => item.children[0]?.text ?? "missing");
}

for (const [kind, values] of Object.entries(KINDS))
  test(`keys come back as they were: ${kind}`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(values, { minLength: 1, maxLength: 3 }), async (all) => {
        const value = { objects: all.map((key) => ({ key })) };
        // What the client asks is what the service reads, and the client itself.
        const asked = writeXml("Delete", keys, value);
        assert.deepEqual(keysOf(readAsService(asked, "Delete")), all);
        assert.deepEqual(readXml(asked, "Delete", keys), value);
        assert.deepEqual(await readXmlTree(asked, "Delete", keys), value);
        // What the service answers, control characters unescaped, is what the client reads.
        const answered = xmlDocument("Delete", { Objects: all.map((key) => ({ Key: key })) });
        assert.deepEqual(readXml(answered, "Delete", keys), value);
        assert.deepEqual(await readXmlTree(answered, "Delete", keys), value);
      }),
      { numRuns: 60 },
    );
  });

test("keys that are no Unicode are refused, and named", () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 3 }), lone, (good, bad) => {
      const value = { objects: [...good, bad].map((key) => ({ key })) };
      const message = `Cannot write objects[${good.length}].key: it holds a lone surrogate`;
      assert.throws(() => writeXml("Delete", keys, value), TypeError, message);
    }),
  );
});
