/** CreateSelectObjectMeta. */
import { createSelectObjectMeta, putObject } from "../../../src/mod.ts";
import { assert, test } from "../../harness.ts";
import { bodyOf, hex } from "../../unit/operations/select_support.ts";
import { operationCase, presignCase } from "../cases.ts";
import { answering, sends } from "../support/canned.ts";
import { assertRefused, failureOf, own } from "../support/world.ts";

const CSV = "a,b\n1,2\n";

operationCase(
  "CreateSelectObjectMeta",
  "counts once, and again when told to or when the object changed",
  async ({ client }) => {
    await putObject(client, { key: "a", body: CSV });
    const facts = { splitsCount: 1, rowsCount: 2, columnsCount: 2, message: "." };
    const count = async (rest: object = {}) => own(await createSelectObjectMeta(client, { key: "a", ...rest }), 200);
    assert.deepEqual(await count(), { ...facts, scanned: 8 });
    assert.deepEqual(await count(), { ...facts, scanned: 0 });
    assert.deepEqual(await count({ overwriteIfExists: true }), { ...facts, scanned: 8 });
    await putObject(client, { key: "a", body: '{"a":1}\n{"a":2}\n{"a":3}' });
    const json = { inputSerialization: { json: { type: "LINES" } } };
    assert.deepEqual(await count(json), { splitsCount: 1, rowsCount: 3, message: ".", scanned: 23 });
  },
);

operationCase("CreateSelectObjectMeta", "refuses what cannot be counted", async ({ client }) => {
  await putObject(client, { key: "a", body: 'a,"b\n' });
  const count = (rest: object = {}) => createSelectObjectMeta(client, { key: "a", ...rest });
  await assertRefused(count(), { status: 400, code: "InvalidCsvLine" });
  const json = count({ inputSerialization: { json: { type: "LINES" } } });
  await assertRefused(json, { status: 400, code: "InvalidJsonData" });
  const delimiter = count({ inputSerialization: { csv: { recordDelimiter: "abc" } } });
  await assertRefused(delimiter, { status: 400, code: "InvalidInputRecordDelimiter", ec: "0016-00000829" });
  const gzip = count({ inputSerialization: { compressionType: "GZIP" } });
  await assertRefused(gzip, { status: 400, code: "UnsupportedCompressionFormat" });
  const none = createSelectObjectMeta(client, { key: "none" });
  await assertRefused(none, { status: 404, code: "NoSuchKey", ec: "0026-00000001" });
});

test("CreateSelectObjectMeta reads what the service sent, and notices what was altered or cut", async () => {
  const csv = hex(
    "01800006000000250000000000000000000000000000000000000000000000c8000000010000000000000130000000182e46a93f70",
  );
  const read = (bytes: Uint8Array<ArrayBuffer>) =>
    createSelectObjectMeta(
      answering(() => new Response(bytes)),
      { key: "a" },
    );
  assert.deepInclude(await read(csv), { scanned: 0, splitsCount: 1, rowsCount: 304, columnsCount: 24, message: "." });
  const json = hex(
    "01800007000000210000000000000000000278f700000000000278f7000000c80000000100000000000000642e6e6a03f9",
  );
  const lines = await read(json);
  assert.deepInclude(lines, { scanned: 162_039, splitsCount: 1, rowsCount: 100, message: "." });
  assert.notProperty(lines, "columnsCount");
  assert.propertyVal(await failureOf(read(csv.slice(0, -1))), "name", "DecodeError");
  const altered = csv.slice();
  altered[45] = 9;
  const state: { pulled: number; cancelled?: unknown } = { pulled: 0 };
  const answer = new Response(bodyOf([altered, csv], state));
  const error = await failureOf(
    createSelectObjectMeta(
      answering(() => answer),
      { key: "a" },
    ),
  );
  assert.propertyVal(error, "name", "IntegrityError");
  assert.strictEqual(state.cancelled, error, "the connection is let go");
  // More rows than 32 bits hold, and no checksum.
  const many = csv.slice();
  many.set([0, 0, 1, 0], 36);
  many.fill(0, -4);
  assert.propertyVal(await read(many), "rowsCount", 2 ** 40 + 304);
  const status = hex(
    "0180000600000024000000000000000000000000000000000000000000000190000000010000000000000130000000180000",
  );
  assert.propertyVal(await failureOf(read(status)), "name", "DecodeError");
});

const url = "https://photos.oss-cn-hangzhou.aliyuncs.com/a?x-oss-process=";
const headers = { "content-type": "application/xml" };
const xml = '<?xml version="1.0" encoding="UTF-8"?>\n';
sends(
  createSelectObjectMeta,
  "every field of a request on CSV",
  {
    key: "a",
    inputSerialization: {
      compressionType: "None",
      csv: { recordDelimiter: "\n", fieldDelimiter: ",", quoteCharacter: '"' },
    },
    overwriteIfExists: true,
  },
  {
    method: "POST",
    url: `${url}csv%2Fmeta`,
    headers,
    body: `${xml}<CsvMetaRequest><InputSerialization><CompressionType>None</CompressionType><CSV><RecordDelimiter>Cg==</RecordDelimiter><FieldDelimiter>LA==</FieldDelimiter><QuoteCharacter>Ig==</QuoteCharacter></CSV></InputSerialization><OverwriteIfExists>true</OverwriteIfExists></CsvMetaRequest>`,
  },
);
sends(
  createSelectObjectMeta,
  "a request on JSON",
  { key: "a", inputSerialization: { json: { type: "LINES" } } },
  {
    method: "POST",
    url: `${url}json%2Fmeta`,
    headers,
    body: `${xml}<JsonMetaRequest><InputSerialization><JSON><Type>LINES</Type></JSON></InputSerialization></JsonMetaRequest>`,
  },
);

presignCase("CreateSelectObjectMeta", createSelectObjectMeta, {
  prepare: ({ client }) => putObject(client, { key: "a", body: CSV }),
  input: { key: "a" },
  body: new TextEncoder().encode("<CsvMetaRequest></CsvMetaRequest>"),
});
