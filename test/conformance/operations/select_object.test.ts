/** SelectObject: SQL on CSV and JSON. */
import {
  createSelectObjectMeta,
  type OutputSerialization,
  putObject,
  type SelectObjectInput,
  selectObject,
  textLines,
} from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, type Stage } from "../cases.ts";
import { assertRefused, failureOf } from "../support/world.ts";

const PEOPLE = 'name,company,age\nLora,Staples Inc,27\nEleanor,"Conectiv, Inc",43\n"Ro""sie",,44\n';
const DEMOCRATS = '{"objects":[{"party":"Democrat","age":5,"tags":["a","b"]},{"party":"Other","age":7}],"total":2}';
const use = { csv: { fileHeaderInfo: "Use" } } as const;
type Rest = Omit<SelectObjectInput, "key" | "expression">;

async function ask({ client }: Stage, body: string, expression: string, rest: Rest = {}): Promise<string> {
  await putObject(client, { key: "a", body });
  const result = await selectObject(client, { key: "a", expression, ...rest });
  assert.equal(result.status, 206);
  const text = await result.text();
  assert.equal(result.scanned, result.raw ? 0 : new TextEncoder().encode(body).length);
  return text;
}

operationCase("SelectObject", "selects columns of CSV by place and by name", async (set) => {
  const cases: readonly [string, Rest, string][] = [
    ["select * from ossobject", {}, PEOPLE],
    ["select _1, _3 from ossobject where _3 = 43", use && { inputSerialization: use }, "Eleanor,43\n"],
    ["SELECT Company FROM OSSObject o WHERE o.age > 27 LIMIT 1", { inputSerialization: use }, '"Conectiv, Inc"\n'],
    [
      "select name from ossobject where name like 'L%' or age between 44 and 50",
      { inputSerialization: use },
      'Lora\n"Ro""sie"\n',
    ],
    [
      "select name from ossobject where company is null or not (age in (27, 44))",
      { inputSerialization: use },
      "Eleanor\n",
    ],
    ["select count(*), max(cast(age as int)), avg(age) from ossobject", { inputSerialization: use }, "3,44,38\n"],
    ["select sum(age) from ossobject limit 2", { inputSerialization: use }, "70\n"],
    [
      "select name from ossobject where age % 2 = 0 and name || '!' = 'Ro\"sie!'",
      { inputSerialization: use },
      '"Ro""sie"\n',
    ],
    [
      "select _2 from ossobject",
      { inputSerialization: { csv: { fileHeaderInfo: "Ignore" } } },
      'Staples Inc\n"Conectiv, Inc"\n\n',
    ],
    [
      "select age, name from ossobject where age = -1 + 28",
      { inputSerialization: use, outputSerialization: { outputHeader: true, keepAllColumns: true } },
      "name,company,age\nLora,,27\n",
    ],
    [
      "select _1, _9 from ossobject limit 1",
      { outputSerialization: { csv: { fieldDelimiter: "|", recordDelimiter: "\r\n" } } },
      "name|\r\n",
    ],
  ];
  for (const [expression, rest, expected] of cases)
    assert.equal(await ask(set, PEOPLE, expression, rest), expected, expression);
});

operationCase("SelectObject", "reads CSV as it is written", async (set) => {
  const csv = { recordDelimiter: "\r\n", fieldDelimiter: ";", quoteCharacter: "'", commentCharacter: "#" };
  const body = "#no\r\na;'x\r\n''y'\r\n#c;d\r\nb;2";
  const answer = await ask(set, body, "select _2, _1 from ossobject", { inputSerialization: { csv } });
  assert.equal(answer, "'x\r\n''y',a\n2,b\n");
});

operationCase("SelectObject", "selects nodes of JSON documents and lines", async (set) => {
  const document = { inputSerialization: { json: { type: "DOCUMENT" } } } as const;
  const lines = { inputSerialization: { json: { type: "LINES" } } } as const;
  const cases: readonly [string, string, Rest, string][] = [
    [
      DEMOCRATS,
      "select * from ossobject.objects[*] where party = 'Democrat'",
      document,
      '{"party":"Democrat","age":5,"tags":["a","b"]}\n',
    ],
    [
      DEMOCRATS,
      "select s.tags[1], s.age as years, s.none from ossobject.objects[*] s",
      document,
      '{"_1":"b","years":5}\n{"years":7}\n',
    ],
    [DEMOCRATS, "select * from ossobject.total", document, '{"_1":2}\n'],
    [DEMOCRATS, "select max(cast(s.age as int)) from ossobject.objects[*] s", document, '{"_1":7}\n'],
    [
      '{"a":{"b":1.10}}\n\n{"a":{"b":2}}',
      "select ossobject.a.b from ossobject where ossobject.a.b < 2",
      lines,
      '{"b":1.1}\n',
    ],
    [
      '{"a":1.10,"t":"2"}',
      "select a, t from ossobject",
      {
        inputSerialization: { json: { type: "LINES", parseJsonNumberAsString: true } },
        outputSerialization: { json: { recordDelimiter: "," } },
      },
      '{"a":"1.10","t":"2"},',
    ],
  ];
  for (const [body, expression, rest, expected] of cases)
    assert.equal(await ask(set, body, expression, rest), expected, expression);
});

operationCase("SelectObject", "of gzip, and without frames", async (set) => {
  const plain = new Response(PEOPLE).body?.pipeThrough(new CompressionStream("gzip"));
  await putObject(set.client, { key: "a.gz", body: await new Response(plain).arrayBuffer() });
  const input = { key: "a.gz", expression: "select _1 from ossobject limit 2" };
  const inputSerialization = { compressionType: "GZIP" };
  assert.equal(await (await selectObject(set.client, { ...input, inputSerialization })).text(), "name\nLora\n");
  const outputSerialization: OutputSerialization = { outputRawData: true };
  const raw = await selectObject(set.client, { ...input, inputSerialization, outputSerialization });
  assert.isTrue(raw.raw);
  assert.equal(await raw.text(), "name\nLora\n");
  await putObject(set.client, { key: "a.gz", body: PEOPLE });
  await assertRefused(selectObject(set.client, { ...input, inputSerialization }), {
    status: 400,
    code: "DecompressFailure",
  });
});

operationCase("SelectObject", "of lines and splits, once they were counted", async (set) => {
  const { client } = set;
  // Four splits of some 64 KiB.
  const row = `${"x".repeat(99)},`;
  const body = Array.from({ length: 2000 }, (_, at) => `${row}${at}\n`).join("");
  await putObject(client, { key: "a", body });
  const select = (csv: object) =>
    selectObject(client, { key: "a", expression: "select _2 from ossobject", inputSerialization: { csv } });
  await assertRefused(select({ lineRange: [0, 1] }), { status: 400, code: "SelectCsvMetaUnavailable" });
  const meta = await createSelectObjectMeta(client, { key: "a" });
  assert.deepInclude(meta, { rowsCount: 2000, columnsCount: 2, splitsCount: 4, scanned: body.length, message: "." });
  assert.equal(await (await select({ lineRange: [10, 12] })).text(), "10\n11\n12\n");
  assert.equal(await (await select({ lineRange: [1999] })).text(), "1999\n");
  let next = 0;
  for (let split = 0; split < 4; split++) {
    const result = await select({ splitRange: [split, split] });
    for await (const line of textLines(result.body)) assert.equal(line, String(next++));
  }
  assert.equal(next, 2000);
  await assertRefused(select({ splitRange: [4, 9] }), { status: 400, code: "InvalidRange", ec: "0016-00000817" });
});

operationCase("SelectObject", "leaves out what does not fit, as many times as it may", async (set) => {
  const body = `${"1,2\n".repeat(5000)}x,2\n1,2\n`;
  const select = (options: object): Promise<string> =>
    ask(set, body, "select _2 from ossobject where cast(_1 as int) = 1", { options });
  assert.equal(await select({ maxSkippedRecordsAllowed: 1 }), "2\n".repeat(5001));
  const late = await failureOf(select({}));
  assert.propertyVal(late, "name", "ServiceError");
  assert.propertyVal(late, "code", "InvalidCsvLine");
  assert.propertyVal(late, "status", 400);
  const early = ask(set, "x,2\n", "select _2 from ossobject where _1 > 0");
  await assertRefused(early, { status: 400, code: "InvalidCsvLine" });
  const partial = { options: { skipPartialDataRecord: true, maxSkippedRecordsAllowed: 9 } };
  assert.equal(await ask(set, "a,b\na\n", "select _1, _2 from ossobject", partial), "a,b\n");
});

operationCase("SelectObject", "refuses what it cannot read, by the service's codes", async (set) => {
  const cases: readonly [string, Rest, string][] = [
    ["select", {}, "SqlSyntaxError"],
    ["select * , _1 from ossobject", {}, "SqlInvalidMixOfStarAndColumn"],
    ["select count(*), _1 from ossobject", {}, "SqlInvalidMixOfAggregationAndColumn"],
    ["select _1 from ossobject limit 0", {}, "SqlInvalidLimitValue"],
    ["select _0 from ossobject", {}, "SqlInvalidColumnIndex"],
    ["select nobody from ossobject", { inputSerialization: use }, "SqlInvalidColumnName"],
    ["select a.b from ossobject", {}, "NestedColumnNotSupportInCsv"],
    ["select * from ossobject.a", {}, "TableRootNodeOnlySupportInJson"],
    ["select a[*] from ossobject", { inputSerialization: { json: { type: "LINES" } } }, "WildCardNotAllowed"],
    ["select * from ossobject", { inputSerialization: { json: { type: "LINES" } } }, "InvalidJsonData"],
    ["select * from ossobject", { inputSerialization: { compressionType: "zip" } }, "UnsupportedCompressionFormat"],
    [
      "select * from ossobject",
      { inputSerialization: { csv: { recordDelimiter: "\nsadasd" } } },
      "InvalidInputRecordDelimiter",
    ],
    [
      "select * from ossobject",
      { inputSerialization: { csv: { fieldDelimiter: ",," } } },
      "InvalidInputFieldDelimiter",
    ],
    ["select * from ossobject", { inputSerialization: { csv: { quoteCharacter: "''" } } }, "InvalidInputQuote"],
    ["select * from ossobject", { inputSerialization: { csv: { commentCharacter: "//" } } }, "InvalidCommentCharacter"],
    [
      "select * from ossobject",
      { outputSerialization: { csv: { fieldDelimiter: ",," } } },
      "InvalidOutputFieldDelimiter",
    ],
    [
      "select * from ossobject",
      { outputSerialization: { csv: { recordDelimiter: "abc" } } },
      "InvalidOutputRecordDelimiter",
    ],
    [
      "select * from ossobject",
      { outputSerialization: { outputRawData: true, enablePayloadCrc: true } },
      "InvalidOSSSelectParameters",
    ],
    ["select * from ossobject", { options: { maxSkippedRecordsAllowed: 1.5 } }, "InvalidMaxSkippedRecordsAllowed"],
    [" ", {}, "InvalidSqlParameter"],
    [
      "select max(_1) from ossobject",
      { outputSerialization: { keepAllColumns: true } },
      "SqlInvalidKeepAllColumnsWithAggregation",
    ],
  ];
  for (const [expression, rest, code] of cases) {
    const error = await assertRefused(ask(set, PEOPLE, expression, rest), { status: 400, code });
    assert.equal(error.operation, "SelectObject");
  }
  const none = selectObject(set.client, { key: "none", expression: "select * from ossobject" });
  await assertRefused(none, { status: 404, code: "NoSuchKey", ec: "0026-00000001" });
  await putObject(set.client, { key: "a", body: new Uint8Array([0xff, 0x0a]) });
  const latin = selectObject(set.client, { key: "a", expression: "select * from ossobject" });
  await assertRefused(latin, { status: 400, code: "InvalidTextEncoding", ec: "0016-00000821" });
});
