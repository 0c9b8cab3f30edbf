/** The metadata index of a bucket: its state, and queries over real objects. */
import {
  appendObject,
  type Client,
  closeMetaQuery,
  type DoMetaQueryInput,
  doMetaQuery,
  each,
  getMetaQueryStatus,
  openMetaQuery,
  putObject,
} from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { sends } from "../support/canned.ts";
import { assertRefused, own } from "../support/world.ts";

const NOW = Date.parse("2026-03-01T08:00:00Z");
const now = (): number => NOW;
const frozen = { service: { now }, client: { now } };
const none = { status: 404, code: "MetaQueryNotExist" };
const refused = { status: 400, code: "InvalidArgument" };
const ALL = { metaQuery: '{"Field":"Size","Value":"0","Operation":"gte"}' };

interface Condition {
  readonly Operation: string;
  readonly Field?: string;
  readonly Value?: string | number;
  readonly SubQueries?: readonly Condition[];
}

/** Objects `a.txt` to `d.txt` with 9, 10, 100 and 1 bytes, and `photos/e.png` with 3. */
async function fill(client: Client): Promise<void> {
  await openMetaQuery(client, {});
  for (const [key, size] of [
    ["a.txt", 9],
    ["b.txt", 10],
    ["c.txt", 100],
  ] as const)
    await putObject(client, { key, body: "x".repeat(size) });
  await appendObject(client, { key: "d.txt", position: 0, body: "x" });
  const tagging = { author: "a+b" };
  await putObject(client, { key: "photos/e.png", body: "xyz", metadata: { place: "sea" }, tagging });
}

async function names(client: Client, condition: Condition, more: Partial<DoMetaQueryInput> = {}): Promise<string[]> {
  const found: string[] = [];
  const input = { metaQuery: JSON.stringify(condition), ...more };
  for await (const { filename = "?" } of each(client, doMetaQuery, input)) found.push(filename);
  return found;
}

operationCase(
  "OpenMetaQuery",
  "begins an index, once",
  async ({ client }) => {
    const workflowParameters = [{ name: "ImageInsightEnable", value: "True" }];
    assert.deepEqual(own(await openMetaQuery(client, { mode: "semantic", workflowParameters }), 200), {});
    assert.deepEqual(own(await getMetaQueryStatus(client, {}), 200), {
      state: "Running",
      phase: "IncrementalScanning",
      createTime: new Date(NOW),
      updateTime: new Date(NOW),
      metaQueryMode: "semantic",
    });
    await assertRefused(openMetaQuery(client, {}), { status: 400, code: "MetaQueryAlreadyExist" });
  },
  frozen,
);

operationCase("GetMetaQueryStatus", "finds no index before it was opened", async ({ client }) => {
  await assertRefused(getMetaQueryStatus(client, {}), none);
});

operationCase("CloseMetaQuery", "drops the index", async ({ client }) => {
  await openMetaQuery(client, {});
  assert.deepEqual(own(await closeMetaQuery(client, {}), 200), {});
  await assertRefused(getMetaQueryStatus(client, {}), none);
  await assertRefused(doMetaQuery(client, ALL), none);
});

operationCase("DoMetaQuery", "compares sizes as numbers, and names", async ({ client }) => {
  await fill(client);
  const size = (Operation: string): Condition => ({ Operation, Field: "Size", Value: "10" });
  assert.deepEqual(await names(client, size("eq")), ["b.txt"]);
  assert.deepEqual(await names(client, size("gt")), ["c.txt"]);
  assert.deepEqual(await names(client, size("gte")), ["b.txt", "c.txt"]);
  assert.deepEqual(await names(client, size("lt")), ["a.txt", "d.txt", "photos/e.png"]);
  assert.deepEqual(await names(client, size("lte")), ["a.txt", "b.txt", "d.txt", "photos/e.png"]);
  assert.deepEqual(await names(client, { Operation: "prefix", Field: "Filename", Value: "photos/" }), ["photos/e.png"]);
  assert.deepEqual(await names(client, { Operation: "match", Field: "Filename", Value: "txt" }), [
    "a.txt",
    "b.txt",
    "c.txt",
    "d.txt",
  ]);
});

operationCase("DoMetaQuery", "joins conditions by and, or, not", async ({ client }) => {
  await fill(client);
  const small: Condition = { Operation: "lt", Field: "Size", Value: "10" };
  const text: Condition = { Operation: "eq", Field: "ContentType", Value: "text/plain" };
  assert.deepEqual(await names(client, { Operation: "and", SubQueries: [small, text] }), ["a.txt", "d.txt"]);
  assert.lengthOf(await names(client, { Operation: "or", SubQueries: [small, text] }), 5);
  assert.deepEqual(await names(client, { Operation: "not", SubQueries: [text] }), ["photos/e.png"]);
});

operationCase("DoMetaQuery", "sorts, and pages by token", async ({ client }) => {
  await fill(client);
  const all: Condition = { Operation: "gte", Field: "Size", Value: "0" };
  const descending = ["c.txt", "b.txt", "a.txt", "photos/e.png", "d.txt"];
  assert.deepEqual(await names(client, all, { sort: "Size", maxResults: 2 }), descending);
  assert.deepEqual(await names(client, all, { sort: "Size", order: "asc", maxResults: 2 }), [...descending].reverse());
  const page = own(await doMetaQuery(client, { ...ALL, maxResults: 2 }), 200);
  assert.lengthOf(page.files, 2);
  assert.isNotEmpty(page.nextToken);
});

operationCase(
  "DoMetaQuery",
  "tells what an object is",
  async ({ client }) => {
    await fill(client);
    const metaQuery = '{"Field":"Filename","Value":"photos/e.png","Operation":"eq"}';
    const { files, aggregations, nextToken } = own(await doMetaQuery(client, { metaQuery }), 200);
    assert.deepEqual([aggregations, nextToken], [[], ""]);
    const { etag, ossCrc64, ...file } = files[0] ?? assert.fail("there is one");
    assert.match(etag ?? "", /^"[\dA-F]{32}"$/);
    assert.equal(typeof ossCrc64, "bigint");
    assert.deepEqual(file, {
      filename: "photos/e.png",
      size: 3,
      fileModifiedTime: new Date(NOW),
      ossObjectType: "Normal",
      ossStorageClass: "Standard",
      objectAcl: "default",
      ossTaggingCount: 1,
      ossTagging: [{ key: "author", value: "a+b" }],
      ossUserMeta: [{ key: "place", value: "sea" }],
      contentType: "image/png",
      mediaType: "image",
      addresses: [],
      audioStreams: [],
      videoStreams: [],
      subtitles: [],
    });
  },
  frozen,
);

operationCase("DoMetaQuery", "computes figures instead of telling objects", async ({ client }) => {
  await fill(client);
  const asked = ["sum", "min", "max", "average", "count", "distinct"];
  const figures = asked.map((operation) => ({ field: "Size", operation }));
  const groups = { field: "OSSObjectType", operation: "group" };
  const result = own(await doMetaQuery(client, { ...ALL, aggregations: [...figures, groups] }), 200);
  assert.deepEqual(result.files, []);
  assert.deepEqual(
    result.aggregations.slice(0, -1).map(({ operation, value }) => [operation, value]),
    [
      ["sum", 123],
      ["min", 1],
      ["max", 100],
      ["average", 24.6],
      ["count", 5],
      ["distinct", 5],
    ],
  );
  const values = [
    { value: "Appendable", count: 1 },
    { value: "Normal", count: 4 },
  ];
  assert.deepEqual(result.aggregations[6], { ...groups, groups: values });
});

operationCase("DoMetaQuery", "takes further conditions beside a text", async ({ client }) => {
  await fill(client);
  const simpleQuery = '{"Field":"Size","Value":"9","Operation":"lte"}';
  const input = { mode: "semantic", metaQuery: "the sea", simpleQuery } as const;
  assert.lengthOf((await doMetaQuery(client, input)).files, 3);
  const { files } = await doMetaQuery(client, { ...input, mediaTypes: ["image", "video"] });
  assert.deepEqual(
    files.map(({ filename }) => filename),
    ["photos/e.png"],
  );
});

operationCase("DoMetaQuery", "refuses what is no query", async ({ client }) => {
  await openMetaQuery(client, {});
  const wrong = [
    "no JSON",
    '{"Field":"Sizes","Value":"1","Operation":"gt"}',
    '{"Field":"Size","Value":"1","Operation":"near"}',
    '{"Operation":"and"}',
  ];
  for (const metaQuery of wrong) await assertRefused(doMetaQuery(client, { metaQuery }), refused);
  await assertRefused(doMetaQuery(client, { ...ALL, maxResults: 101 }), refused);
  await assertRefused(doMetaQuery(client, { ...ALL, mode: "magic" }), refused);
});

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const AT = "https://photos.oss-cn-hangzhou.aliyuncs.com/?metaQuery";
const headers = { "content-type": "application/xml" };
const DOCUMENT = `${HEAD}<MetaQuery><NextToken>n</NextToken><MaxResults>5</MaxResults><Query>{&quot;Field&quot;:1}</Query><Sort>Size</Sort><Order>asc</Order><Aggregations><Aggregation><Field>Size</Field><Operation>sum</Operation></Aggregation></Aggregations><MediaTypes><MediaType>image</MediaType><MediaType>video</MediaType></MediaTypes><SimpleQuery>{}</SimpleQuery></MetaQuery>`;
sends(
  doMetaQuery,
  "every field",
  {
    mode: "semantic",
    nextToken: "n",
    maxResults: 5,
    metaQuery: '{"Field":1}',
    sort: "Size",
    order: "asc",
    aggregations: [{ field: "Size", operation: "sum" }],
    mediaTypes: ["image", "video"],
    simpleQuery: "{}",
  },
  { method: "POST", url: `${AT}&comp=query&mode=semantic`, headers, body: DOCUMENT },
);
sends(
  openMetaQuery,
  "no document without need",
  { mode: "basic" },
  { method: "POST", url: `${AT}&comp=add&mode=basic` },
);
sends(
  openMetaQuery,
  "every field",
  { workflowParameters: [{ name: "VideoInsightEnable", value: "True" }], filters: ["Size > 1024", "b"] },
  {
    method: "POST",
    url: `${AT}&comp=add`,
    headers,
    body: `${HEAD}<MetaQuery><WorkflowParameters><WorkflowParameter><Name>VideoInsightEnable</Name><Value>True</Value></WorkflowParameter></WorkflowParameters><Filters><Filter>Size &gt; 1024</Filter><Filter>b</Filter></Filters></MetaQuery>`,
  },
);
sends(closeMetaQuery, "no document", {}, { method: "POST", url: `${AT}&comp=delete` });

const prepare = ({ client }: { client: Client }): Promise<unknown> => openMetaQuery(client, {});
presignCase("OpenMetaQuery", openMetaQuery, { input: {} });
presignCase("GetMetaQueryStatus", getMetaQueryStatus, { prepare, input: {} });
presignCase("DoMetaQuery", doMetaQuery, {
  prepare,
  input: ALL,
  body: new TextEncoder().encode(`<MetaQuery><Query>${ALL.metaQuery}</Query></MetaQuery>`),
});
presignCase("CloseMetaQuery", closeMetaQuery, { prepare, input: {} });
