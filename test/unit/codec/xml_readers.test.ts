import { readXml } from "../../../src/codec/xml_scan.ts";
import { readXmlTree } from "../../../src/codec/xml_tree.ts";
import { writeXml } from "../../../src/codec/xml_writer.ts";
import { DecodeError } from "../../../src/errors.ts";
import { assert, fc, test } from "../../harness.ts";
import { noisyXml } from "./xml_noise.ts";
import { anything, everything } from "./xml_support.ts";

const choices = fc.array(fc.nat(1000), { minLength: 1, maxLength: 40 });

test("both readers see through comments, CDATA, references, attributes, wrappers and unknown elements", async () => {
  await fc.assert(
    fc.asyncProperty(anything, choices, async (value, picked) => {
      const xml = noisyXml("Everything", everything, value, picked);
      assert.deepEqual(readXml(xml, "Everything", everything), value, xml);
      assert.deepEqual(await readXmlTree(xml, "Everything", everything), value, xml);
    }),
    { numRuns: 500 },
  );
});

test("both readers refuse every document that was cut short", async () => {
  await fc.assert(
    fc.asyncProperty(anything, choices, fc.nat(), async (value, picked, seed) => {
      const xml = noisyXml("Everything", everything, value, picked)
        .trimEnd()
        .replace(/<!-- end -->$/, "")
        .trimEnd();
      const cut = xml.slice(0, seed % xml.length);
      assert.throws(() => readXml(cut, "Everything", everything), DecodeError);
      await rejects(readXmlTree(cut, "Everything", everything));
    }),
    { numRuns: 300 },
  );
});

test("both readers refuse the same damaged documents and agree on the rest", async () => {
  const damage = fc.constantFrom(
    "",
    "<",
    ">",
    "/",
    "&",
    "</",
    "<x>",
    "</x>",
    "<x/>",
    "<!",
    "<?",
    "]]>",
    '"',
    "=",
    "&#x110000;",
    "text",
  );
  await fc.assert(
    fc.asyncProperty(anything, fc.nat(), fc.nat(3), damage, async (value, seed, dropped, added) => {
      const xml = writeXml("Everything", everything, value);
      // The declaration is left alone: its grammar is of no interest.
      const start = xml.indexOf("<Everything>");
      const at = start + (seed % (xml.length - start + 1));
      const damaged = xml.slice(0, at) + added + xml.slice(at + dropped);
      let read: unknown = DecodeError;
      try {
        read = readXml(damaged, "Everything", everything);
      } catch (error) {
        assert.instanceOf(error, DecodeError);
      }
      let walked: unknown = DecodeError;
      try {
        walked = await readXmlTree(damaged, "Everything", everything);
      } catch (error) {
        assert.instanceOf(error, DecodeError);
      }
      assert.deepEqual(walked, read, damaged);
    }),
    { numRuns: 500 },
  );
});

async function rejects(promise: Promise<unknown>): Promise<void> {
  let failure: unknown;
  await promise.catch((error: unknown) => {
    failure = error;
  });
  assert.instanceOf(failure, DecodeError);
}
