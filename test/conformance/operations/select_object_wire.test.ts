/** SelectObject: what is sent, what goes wrong on the way. */
import { putObject, selectObject } from "../../../src/mod.ts";
import { assert, test } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { sends } from "../support/canned.ts";
import { failureOf } from "../support/world.ts";

const PEOPLE = 'name,company,age\nLora,Staples Inc,27\nEleanor,"Conectiv, Inc",43\n"Ro""sie",,44\n';

for (const silent of [false, true])
  operationCase(
    "SelectObject",
    `notices an answer that is cut short, ${silent ? "silently" : "with an error"}`,
    async (set) => {
      const { client, oss } = set;
      await putObject(client, { key: "a", body: PEOPLE });
      for (const at of [0, 0.2, 0.5, 0.8, 0.99]) {
        oss.faults.add({ kind: "cut", at, silent, operation: "SelectObject" });
        const result = selectObject(client, { key: "a", expression: "select _1 from ossobject" });
        const error = await failureOf(result.then((it) => it.text()));
        assert.match((error as Error).name, /^(NetworkError|IntegrityError|DecodeError)$/, `at ${at}`);
      }
    },
  );

test("SelectObject: bad input is refused before any request", async () => {
  const refused = (rest: object, message: string): void =>
    assert.throws(() => selectObject.toRequest({ key: "a", expression: "select 1", ...rest }), message);
  refused({ expression: "" }, "expression must be given");
  refused(
    { inputSerialization: { csv: { lineRange: [-1] } } },
    "lineRange[0] must be a whole number from 0 to 9007199254740991, got -1",
  );
  refused(
    { inputSerialization: { csv: { splitRange: [3, 2] } } },
    "splitRange[1] must be a whole number from 3 to 9007199254740991, got 2",
  );
  refused(
    { inputSerialization: { json: { type: "LINES", lineRange: [1], splitRange: [1] } } },
    "Give lineRange or splitRange, not both",
  );
});

const url = "https://photos.oss-cn-hangzhou.aliyuncs.com/a?x-oss-process=";
const headers = { "content-type": "application/xml" };
const xml = '<?xml version="1.0" encoding="UTF-8"?>\n';
sends(
  selectObject,
  "every field of a request on CSV",
  {
    key: "a",
    expression: "select * from ossobject",
    inputSerialization: {
      compressionType: "GZIP",
      csv: {
        fileHeaderInfo: "Ignore",
        recordDelimiter: "\n",
        fieldDelimiter: ",",
        quoteCharacter: '"',
        commentCharacter: "#",
        splitRange: [10, 12],
        allowQuotedRecordDelimiter: true,
      },
    },
    outputSerialization: {
      csv: { recordDelimiter: "\n", fieldDelimiter: "," },
      keepAllColumns: false,
      outputRawData: true,
      enablePayloadCrc: false,
      outputHeader: false,
    },
    options: { skipPartialDataRecord: false, maxSkippedRecordsAllowed: 2 },
  },
  {
    method: "POST",
    url: `${url}csv%2Fselect`,
    headers,
    body: `${xml}<SelectRequest><Expression>c2VsZWN0ICogZnJvbSBvc3NvYmplY3Q=</Expression><InputSerialization><CompressionType>GZIP</CompressionType><CSV><FileHeaderInfo>Ignore</FileHeaderInfo><RecordDelimiter>Cg==</RecordDelimiter><FieldDelimiter>LA==</FieldDelimiter><QuoteCharacter>Ig==</QuoteCharacter><CommentCharacter>Iw==</CommentCharacter><Range>split-range=10-12</Range><AllowQuotedRecordDelimiter>true</AllowQuotedRecordDelimiter></CSV></InputSerialization><OutputSerialization><CSV><RecordDelimiter>Cg==</RecordDelimiter><FieldDelimiter>LA==</FieldDelimiter></CSV><KeepAllColumns>false</KeepAllColumns><OutputRawData>true</OutputRawData><EnablePayloadCrc>false</EnablePayloadCrc><OutputHeader>false</OutputHeader></OutputSerialization><Options><SkipPartialDataRecord>false</SkipPartialDataRecord><MaxSkippedRecordsAllowed>2</MaxSkippedRecordsAllowed></Options></SelectRequest>`,
  },
);
sends(
  selectObject,
  "every field of a request on JSON, checksums unless told otherwise",
  {
    key: "a",
    expression: "select 1",
    inputSerialization: { json: { type: "LINES", lineRange: [5], parseJsonNumberAsString: true } },
    outputSerialization: { json: { recordDelimiter: "," } },
  },
  {
    method: "POST",
    url: `${url}json%2Fselect`,
    headers,
    body: `${xml}<SelectRequest><Expression>c2VsZWN0IDE=</Expression><InputSerialization><JSON><Range>line-range=5-</Range><Type>LINES</Type><ParseJsonNumberAsString>true</ParseJsonNumberAsString></JSON></InputSerialization><OutputSerialization><JSON><RecordDelimiter>LA==</RecordDelimiter></JSON><OutputRawData>false</OutputRawData><EnablePayloadCrc>true</EnablePayloadCrc></OutputSerialization></SelectRequest>`,
  },
);

presignCase("SelectObject", selectObject, {
  prepare: ({ client }) => putObject(client, { key: "a", body: PEOPLE }),
  input: { key: "a", expression: "-" },
  body: new TextEncoder().encode(
    "<SelectRequest><Expression>c2VsZWN0ICogZnJvbSBvc3NvYmplY3Q=</Expression></SelectRequest>",
  ),
  status: 206,
});
