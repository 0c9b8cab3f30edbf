/** Whatever is put comes back: any key, prefix, metadata, tags and range, in every signature and address. */
import {
  type ByteRange,
  type ClientOptions,
  deleteObjects,
  each,
  getObject,
  getObjectTagging,
  headObject,
  listObjectsV2,
  presign,
  putObject,
  putObjectTagging,
} from "../../src/mod.ts";
import type { TestOSSOptions } from "../../src/testing/mod.ts";
import { assert, environment, fc, test } from "../harness.ts";
import { bytesOf, failureOf, VERSIONS, world } from "./support/world.ts";

interface Style {
  readonly client: Partial<ClientOptions>;
  readonly service?: TestOSSOptions;
}

const { bucket } = environment;
const cnames = { "img.example.com": bucket };
const STYLES: Readonly<Record<string, Style>> = {
  path: { client: { endpoint: "http://127.0.0.1:9000" } },
  "virtual-host": { client: {} },
  cname: { client: { endpoint: "https://img.example.com", cname: true }, service: { cnames } },
};

const pieces = fc.constantFrom(
  "/",
  ".",
  "..",
  "%",
  "%2F",
  "+",
  " ",
  "\\",
  "&",
  "?",
  "#",
  "=",
  "\0",
  "\uFEFF",
  "\u{1F600}",
);
const keys = fc
  .array(fc.oneof(pieces, fc.string({ unit: "binary", maxLength: 5 })), { minLength: 1, maxLength: 10 })
  .map((parts) => parts.join(""))
  .filter((text) => !/^$|^[/\\]|^\.\.?$|\p{Cs}/u.test(text));

const word = (pattern: RegExp) => fc.stringMatching(pattern);
const metadata = fc.dictionary(word(/^[a-z\d-]{1,12}$/), word(/^([!-~]( {0,2}[!-~]){0,20})$/), {
  maxKeys: 5,
  noNullPrototype: true,
});

const tags = fc.dictionary(word(/^[A-Za-z\d +=._:/-]{1,20}$/), word(/^[A-Za-z\d +=._:/-]{0,20}$/), {
  maxKeys: 10,
  noNullPrototype: true,
});

/** Bytes, and a range that lies within them. */
const contents = fc.uint8Array({ minLength: 1, maxLength: 100 }).chain((body) => {
  const at = fc.nat(body.length - 1);
  const range: fc.Arbitrary<ByteRange> = fc.oneof(
    fc.tuple(at, at).map(([a, b]): ByteRange => [Math.min(a, b), Math.max(a, b)]),
    at.map((first): ByteRange => [first]),
    at.map((last): ByteRange => [-last - 1]),
  );
  return fc.record({ body: fc.constant(new Uint8Array(body)), range });
});

/** What a range means. */
function slice(body: Uint8Array, [first, last]: ByteRange): Uint8Array {
  return first < 0 ? body.slice(first) : body.slice(first, last === undefined ? undefined : last + 1);
}

for (const signatureVersion of VERSIONS) {
  for (const [style, { client: options, service }] of Object.entries(STYLES)) {
    test(`anything makes the round, ${style} (${signatureVersion})`, { timeout: 60_000 }, async (t) => {
      const { client, oss } = world(t, { service, client: { ...options, signatureVersion } });
      const tagging = fc.tuple(tags, tags);
      const round = fc.asyncProperty(keys, fc.nat(), metadata, tagging, contents, async (...given) => {
        const [key, cut, said, [first, second], { body, range }] = given;
        if (signatureVersion === "v1" && key.startsWith("?")) {
          // What it would sign is a sub-resource of the bucket.
          return assert.instanceOf(await failureOf(putObject(client, { key, body })), TypeError);
        }
        const { etag } = await putObject(client, { key, body, metadata: said, tagging: first });
        assert.equal(oss.requests.at(-1)?.key, key);
        const head = await headObject(client, { key });
        assert.deepEqual([head.etag, head.contentLength, head.metadata], [etag, body.length, said]);

        assert.deepEqual((await getObjectTagging(client, { key })).tagging, first);
        await putObjectTagging(client, { key, tagging: second });
        assert.deepEqual((await getObjectTagging(client, { key })).tagging, second);

        const part = await getObject(client, { key, range });
        assert.deepEqual(await bytesOf(part), slice(body, range));
        assert.deepEqual([part.status, part.metadata], [206, said]);
        const { url } = await presign(client, getObject, { key }, { expiresIn: 60 });
        const open = await oss.fetch(url);
        assert.deepEqual(await bytesOf(open), body);

        // A prefix ends where a character does.
        const characters = [...key];
        const prefix = characters.slice(0, cut % (characters.length + 1)).join("");
        const found: string[] = [];
        for await (const item of each(client, listObjectsV2, { prefix })) found.push(item.key);
        assert.deepEqual(found, [key]);
        const beside = each(client, listObjectsV2, { prefix: `${key}-` });
        assert.isTrue((await beside.next()).done);
        assert.deepEqual((await deleteObjects(client, { objects: [key] })).deletedKeys, [key]);
      });
      await fc.assert(round, { numRuns: 20 });
    });
  }
}
