import { bigint, boolean, date, key, list, named, number, object, type Shape, text } from "../../../src/codec/shape.ts";
import { readXml } from "../../../src/codec/xml_scan.ts";
import { readXmlTree } from "../../../src/codec/xml_tree.ts";
import { DecodeError } from "../../../src/errors.ts";
import { assert, test } from "../../harness.ts";

interface Owner {
  id?: string;
}
interface Page {
  name?: string;
  prefix?: string;
  size?: number;
  truncated?: boolean;
  time?: Date;
  crc?: bigint;
  owner?: Owner;
  buckets: Owner[];
  prefixes: string[];
}
const shape: Shape<Page> = {
  name: text,
  prefix: key,
  size: number,
  truncated: boolean,
  time: date,
  crc: bigint,
  owner: object<Owner>({ id: named("ID", text) }),
  buckets: named("Buckets/Bucket", list<Owner>(object<Owner>({ id: named("ID", text) }))),
  prefixes: named("CommonPrefixes/Prefix", list<string>(key)),
};
const none = { buckets: [], prefixes: [] };

/** Reads with both readers, which must agree. */
async function read(xml: string): Promise<Page> {
  const page = readXml(xml, "Page", shape);
  assert.deepEqual(await readXmlTree(xml, "Page", shape), page, xml);
  return page;
}

async function messages(xml: string): Promise<string[]> {
  const found: string[] = [];
  for (const reader of [readXml, readXmlTree]) {
    try {
      await reader(xml, "Page", shape);
      assert.fail(`accepted: ${xml}`);
    } catch (error) {
      assert.instanceOf(error, DecodeError, `${xml}: ${error}`);
      if (error instanceof DecodeError) found.push(error.message);
    }
  }
  return found;
}

test("XML: absent means absent, lists are always there, empty elements", async () => {
  for (const xml of [
    "<Page/>",
    "<Page />",
    `<Page a="b>c" d='>'/>`,
    "<Page></Page>",
    "<Page>\n <CommonPrefixes/><Buckets></Buckets><Other/></Page>",
  ])
    assert.deepEqual(await read(xml), none, xml);
  assert.deepEqual(await read("<Page><Name/><Prefix></Prefix><Owner/></Page>"), {
    ...none,
    name: "",
    prefix: "",
    owner: {},
  });
  assert.deepEqual(await read("<Page><Size/><Truncated> </Truncated><Time></Time><Crc/></Page>"), none);
});

test("XML: text is neither trimmed nor taken for anything else", async () => {
  for (const name of [" a ", "\n", "007", "1e5", "true", "null", "\r\n", "]]>", "'\""])
    assert.deepEqual(await read(`<Page><Name>${name}</Name></Page>`), { ...none, name });
});

test("XML: the other kinds", async () => {
  assert.deepEqual(
    await read(
      "<Page><Size>-12.5</Size><Truncated>FALSE</Truncated><Time>2023-12-16T16:20:57.000Z</Time><Crc>18446744073709551615</Crc></Page>",
    ),
    { ...none, size: -12.5, truncated: false, time: new Date("2023-12-16T16:20:57Z"), crc: 18446744073709551615n },
  );
  for (const [element, wrong, kind] of [
    ["Size", "1e3", "number"],
    ["Size", "0x10", "number"],
    ["Size", "1 2", "number"],
    ["Size", "Infinity", "number"],
    ["Truncated", "1", "boolean"],
    ["Truncated", "untrue", "boolean"],
    ["Time", "yesterday", "date"],
    ["Crc", "1.5", "bigint"],
  ] as const)
    for (const message of await messages(`<Page><${element}>${wrong}</${element}></Page>`))
      assert.equal(message, `Cannot read <Page>: expected a ${kind} as ${element.toLowerCase()}, found "${wrong}"`);
});

test("XML: references are decoded once, and only real ones", async () => {
  const references = "&lt;&gt;&amp;amp;&quot;&apos;&#65;&#x41;&#x1;&#0;&#x1F600;&#55295;&#xE000;&#x10FFFF;";
  assert.deepEqual(await read(`<Page><Name>${references}</Name></Page>`), {
    ...none,
    name: `<>&amp;"'AA\x01\0😀\ud7ff\ue000\u{10ffff}`,
  });
  for (const wrong of [
    "&",
    "& ",
    "&nbsp;",
    "&toString;",
    "&__proto__;",
    "&#xD800;",
    "&#57343;",
    "&#x110000;",
    "&#-1;",
    "&#X41;",
    "&lt",
    "&LT;",
  ])
    assert.lengthOf(await messages(`<Page><Name>a${wrong}b</Name></Page>`), 2);
});

test("XML: keys are decoded when EncodingType says so, wherever it stands", async () => {
  const keys =
    "<Prefix>a%2Fb+%zz</Prefix><CommonPrefixes><Prefix>%20</Prefix></CommonPrefixes><CommonPrefixes><Prefix>2</Prefix></CommonPrefixes><Name>%20</Name>";
  const decoded = { ...none, prefix: "a/b+%zz", prefixes: [" ", "2"], name: "%20" };
  for (const type of ["url", "URL", " url\n"]) {
    const element = `<EncodingType>${type}</EncodingType>`;
    assert.deepEqual(await read(`<Page>${element}${keys}</Page>`), decoded);
    assert.deepEqual(await read(`<Page>${keys}${element}</Page>`), decoded);
  }
  const plain = { ...none, prefix: "a%2Fb+%zz", prefixes: ["%20", "2"], name: "%20" };
  for (const other of [
    "",
    "<EncodingType/>",
    "<EncodingType>none</EncodingType>",
    "<Owner><EncodingType>url</EncodingType></Owner>",
  ])
    assert.deepEqual(
      { ...(await read(`<Page>${other}${keys}</Page>`)), owner: undefined },
      { ...plain, owner: undefined },
    );
});

test("XML: elements named like members of Object are unknown elements", async () => {
  for (const name of ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf"]) {
    const page = await read(
      `<Page><${name}><Name>x</Name><polluted>1</polluted></${name}><${name}/><Name>n</Name></Page>`,
    );
    assert.deepEqual(page, { ...none, name: "n" });
    assert.strictEqual(Object.getPrototypeOf(page), Object.prototype);
  }
  assert.isUndefined(Reflect.get({}, "polluted"));
});

test("XML: the last of two values counts, wrappers may repeat, unexpected children are skipped", async () => {
  assert.deepEqual(
    await read(
      "<Page><Name>a</Name><Name>b<Sub>c</Sub>d</Name><Buckets><Bucket><ID>1</ID></Bucket><Bucket/></Buckets><Buckets><Bucket><ID>2</ID></Bucket></Buckets></Page>",
    ),
    { ...none, name: "bd", buckets: [{ id: "1" }, {}, { id: "2" }] },
  );
});

test("XML: no DTD, no foreign root, nothing around the root, no crossed tags, no endless nesting", async () => {
  const deep = (levels: number): string => `<Page>${"<x>".repeat(levels - 1)}${"</x>".repeat(levels - 1)}</Page>`;
  assert.deepEqual(await read(deep(32)), none);
  for (const xml of [
    "",
    " ",
    "no markup",
    '{"Page":{}}',
    "<!DOCTYPE html><html><body>Sign in</body></html>",
    '<!DOCTYPE Page [<!ENTITY a "b">]><Page>&a;</Page>',
    "<Page><!DOCTYPE Page><Name>a</Name></Page>",
    "<html/>",
    "<Pages></Pages>",
    "<page/>",
    "<Error><Code>x</Code></Error>",
    "text<Page/>",
    "<Page/>text",
    "<Page/>&",
    "<Page/><!-- a",
    "<Page/><?pi ",
    "<Page>&nbsp;<Name>a</Name></Page>",
    "<Page/><Page/>",
    "<Page></Page><Other/>",
    "<Page></Page></Page>",
    "<Page><Name>a</Size></Page>",
    "<Page><Name>a</Page></Name>",
    "<Page><Name>a</NameX></Page>",
    "<Page><Name>a</Nam></Page>",
    "<Page><Name a>b</Name></Page>",
    "<Page><Name a=b>b</Name></Page>",
    '<Page><Name a="b>b</Name></Page>',
    "<Page>< Name>a</Name></Page>",
    "<Page><Name>a< /Name></Page>",
    "<Page><></></Page>",
    "<Page><1/></Page>",
    "<Page><!-- a </Page>",
    "<Page><![CDATA[a]]</Page>",
    "<Page><?pi </Page>",
    "<Page><!ELEMENT a></Page>",
    deep(33),
    deep(20_000),
  ])
    assert.lengthOf(await messages(xml), 2);
});

test("XML: messages tell what was expected and found, and no more than 80 characters of it", async () => {
  for (const [xml, message] of [
    ["<Page><Name>secret", "Cannot read <Page>: expected </Name>, found the end"],
    ["<Page><Name>secret</Page>", 'Cannot read <Page>: expected </Name>, found "</Page>"'],
    ["<Error><Code>x</Code></Error>", 'Cannot read <Page>: expected only <Page>, found "<Error>"'],
    ["bad gateway", 'Cannot read <Page>: expected only <Page>, found "bad gateway"'],
  ] as const)
    assert.equal((await messages(xml))[0], message);
  for (const foreign of ["bad gateway", "<html><br></html>", "<!DOCTYPE html><p>"])
    assert.deepEqual((await messages(foreign))[1], `Cannot read <Page>: expected <Page>, found "${foreign}"`);
  const long = "x".repeat(1000);
  for (const xml of [
    long,
    `<${long}/>`,
    `<Page><Size>${long}</Size></Page>`,
    `<Page><${long}></Page>`,
    `<Page/>${long}`,
  ])
    for (const message of await messages(xml)) assert.isBelow(message.length, 250);
  for (const message of await messages("<Page><Name>secret</Name><Size>1</Page>")) assert.notInclude(message, "secret");
});
