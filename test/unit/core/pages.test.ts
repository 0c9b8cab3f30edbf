/** Lists: page by page, item by item, never further than asked, never in a circle. */
import { each, pages } from "../../../src/core/pages.ts";
import { DecodeError } from "../../../src/errors.ts";
import * as catalogue from "../../../src/operations/mod.ts";
import { listBuckets, listObjects, listObjectsV2, listParts } from "../../../src/operations/mod.ts";
import { assert, fc, test } from "../../harness.ts";
import { failure } from "../streams/support.ts";
import { clientOf, type Sent, scripted } from "./support.ts";

function contents(keys: readonly string[]): string {
  return keys
    .map(
      (key) =>
        `<Contents><Key>${encodeURIComponent(key)}</Key><LastModified>2024-06-15T08:09:10.000Z</LastModified><ETag>"E"</ETag><Size>1</Size></Contents>`,
    )
    .join("");
}

function page(keys: readonly string[], next?: string, more = next !== undefined): Response {
  const marker = next === undefined ? "" : `<NextContinuationToken>${encodeURIComponent(next)}</NextContinuationToken>`;
  return new Response(
    `<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>${more}</IsTruncated>${marker}${contents(keys)}</ListBucketResult>`,
  );
}

/** A service that cuts keys into pages, for any list with tokens. */
function service(keys: readonly string[], size: number): (sent: Sent) => Response {
  return ({ url }) => {
    const from = Number(url.searchParams.get("continuation-token") ?? "0");
    const next = from + size;
    return page(keys.slice(from, next), next < keys.length ? String(next) : undefined);
  };
}

test("each walks every item once, in order, with as many requests as pages", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 12 }), async (total, size) => {
      const keys = Array.from({ length: total }, (_, at) => `k/${at} +%é`);
      const { fetch, sent } = scripted(service(keys, size));
      const found: string[] = [];
      for await (const item of each(clientOf(fetch), listObjectsV2, { prefix: "k/" })) found.push(item.key);
      assert.deepEqual(found, keys);
      assert.lengthOf(sent, Math.max(1, Math.ceil(total / size)));
      for (const { url } of sent) assert.equal(url.searchParams.get("prefix"), "k/");
    }),
    { numRuns: 40 },
  );
});

test("no page is fetched before it is asked for, and none after a break", async () => {
  const { fetch, sent } = scripted(service(["a", "b", "c", "d", "e"], 2));
  const client = clientOf(fetch);
  const walk = each(client, listObjectsV2, {});
  assert.lengthOf(sent, 0, "nothing before the first item");
  await walk.next();
  await walk.next();
  assert.lengthOf(sent, 1);
  await walk.next();
  assert.lengthOf(sent, 2);
  await walk.return();
  assert.lengthOf(sent, 2);
  for await (const { objects } of pages(client, listObjectsV2, {})) {
    assert.lengthOf(objects, 2);
    break;
  }
  assert.lengthOf(sent, 3);
});

test("a circle of markers of any length is found, and a marker that is missing too", async () => {
  for (const length of [1, 2, 3, 7]) {
    const { fetch, sent } = scripted((_, number) => page([`k${number}`], `t${number % length}`));
    const walk = async (): Promise<void> => {
      for await (const _ of pages(clientOf(fetch), listObjectsV2, {}));
    };
    assert.instanceOf(await failure(walk()), DecodeError, `circle of ${length}`);
    assert.isAtMost(sent.length, 4 * length + 2);
  }
  const { fetch, sent } = scripted(() => page(["k"], undefined, true));
  const found: string[] = [];
  const walk = async (): Promise<void> => {
    for await (const item of each(clientOf(fetch), listObjectsV2, { startAfter: "a" })) found.push(item.key);
  };
  assert.instanceOf(await failure(walk()), DecodeError);
  assert.deepEqual(found, ["k"], "what came is passed on, once");
  assert.lengthOf(sent, 1);
});

/** What any list may answer whose next page begins at this marker, or nowhere. */
const answer = (marker: string | undefined): object =>
  new Proxy(
    {},
    {
      get: (_, name) =>
        name === "isTruncated" ? true : /^next|marker|token/i.test(String(name)) ? marker : ([] as unknown[]),
    },
  );

/** Every list of the catalogue. */
const LISTS = Object.values(catalogue).filter(
  (value): value is typeof value & typeof listObjectsV2 => typeof value === "function" && "paging" in value,
);

test("no list is walked for ever whose pages lead nowhere, or back", async () => {
  assert.isAbove(LISTS.length, 10);
  const list = fc.constantFrom(...LISTS);
  const marker = fc.constantFrom("", "0", "a", "7");
  const course = fc.record({
    list,
    before: fc.array(marker, { maxLength: 4 }),
    circle: fc.array(marker, { maxLength: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(course, async ({ list, before, circle }) => {
      let asked = 0;
      const endless = Object.assign(
        async () => {
          const at = asked++;
          return answer(before[at] ?? circle[(at - before.length) % circle.length]);
        },
        { operationName: list.operationName, paging: list.paging, toRequest: list.toRequest },
      ) as unknown as typeof listObjectsV2;
      const walk = async (): Promise<void> => {
        for await (const _ of pages(clientOf(scripted(new Error("not asked")).fetch), endless, {}))
          if (asked > 40) throw new Error("it does not end");
      };
      const error = await walk().catch((caught: unknown) => caught);
      // A list without a next marker at all has ended.
      if (error !== undefined) assert.instanceOf(error, DecodeError, list.operationName);
      assert.isAtMost(asked, 40);
    }),
  );
});

test("a long list with different markers is no circle", async () => {
  const { fetch, sent } = scripted((_, number) => page([], number < 200 ? `t${number}` : undefined));
  for await (const _ of pages(clientOf(fetch), listObjectsV2, {}));
  assert.lengthOf(sent, 200);
});

test("markers of the input say where to begin, and give way to the service's", async () => {
  const { fetch, sent } = scripted(page(["b"], "T"), page(["c"]));
  for await (const _ of pages(clientOf(fetch), listObjectsV2, { startAfter: "a", maxKeys: 1 }));
  const [first, second] = sent.map(({ url }) => Object.fromEntries(url.searchParams));
  assert.deepInclude(first, { "start-after": "a", "max-keys": "1" });
  assert.deepInclude(second, { "continuation-token": "T", "max-keys": "1" });
  assert.notProperty(second, "start-after");
});

test("ListObjects: without NextMarker the last key or prefix, by bytes, is the marker", async () => {
  const [tilde, emoji] = ["\uFF5E", "\u{1F600}"];
  const body = `<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>true</IsTruncated>${contents([emoji])}<CommonPrefixes><Prefix>${encodeURIComponent(`${tilde}/`)}</Prefix></CommonPrefixes></ListBucketResult>`;
  const { fetch, sent } = scripted(new Response(body), page([]));
  const items = [];
  for await (const item of each(clientOf(fetch), listObjects, { delimiter: "/" }))
    items.push([item.isPrefix, item.key]);
  assert.deepEqual(
    items,
    [
      [true, `${tilde}/`],
      [false, emoji],
    ],
    "in the order of bytes",
  );
  assert.equal(sent[1]?.url.searchParams.get("marker"), emoji);
});

test("other lists page by their own markers", async () => {
  const parts = (number: number, more: boolean): Response =>
    new Response(
      `<ListPartsResult><IsTruncated>${more}</IsTruncated><NextPartNumberMarker>${number}</NextPartNumberMarker><Part><PartNumber>${number}</PartNumber><ETag>"E"</ETag><Size>7</Size><HashCrc64ecma>18446744073709551615</HashCrc64ecma></Part></ListPartsResult>`,
    );
  const listed = scripted(parts(1, true), parts(2, false));
  const found = [];
  for await (const part of each(clientOf(listed.fetch), listParts, { key: "k", uploadId: "u" })) found.push(part);
  assert.deepEqual(
    found.map(({ partNumber, crc64 }) => [partNumber, crc64]),
    [
      [1, 2n ** 64n - 1n],
      [2, 2n ** 64n - 1n],
    ],
  );
  assert.equal(listed.sent[1]?.url.searchParams.get("part-number-marker"), "1");

  const buckets = (name: string, next?: string): Response =>
    new Response(
      `<ListAllMyBucketsResult>${next === undefined ? "" : `<IsTruncated>true</IsTruncated><NextMarker>${next}</NextMarker>`}<Buckets><Bucket><Name>${name}</Name></Bucket></Buckets></ListAllMyBucketsResult>`,
    );
  const all = scripted(buckets("one", "one"), buckets("two"));
  const names = [];
  for await (const { name } of each(clientOf(all.fetch), listBuckets, {})) names.push(name);
  assert.deepEqual(names, ["one", "two"]);
  assert.equal(all.sent[1]?.url.href, "https://oss-cn-hangzhou.aliyuncs.com/?marker=one");
});

test("a failing page fails the walk; an aborted one with the signal's reason", async () => {
  const { fetch } = scripted(page(["a"], "T"), new Response("<Nonsense/>"));
  const found: string[] = [];
  const walk = async (): Promise<void> => {
    for await (const item of each(clientOf(fetch), listObjectsV2, {})) found.push(item.key);
  };
  assert.instanceOf(await failure(walk()), DecodeError);
  assert.deepEqual(found, ["a"]);
  const stopped = each(
    clientOf(scripted(page(["a"], "T")).fetch),
    listObjectsV2,
    {},
    { signal: AbortSignal.abort("no") },
  );
  assert.equal(await failure(stopped.next()), "no");
});
