/**
 * Request documents of SelectObject and CreateSelectObjectMeta.
 * @module
 */
import { encodeBase64 } from "../../codec/base64.ts";
import { boolean, named, number, type ObjectField, object, type Shape, text } from "../../codec/shape.ts";
import { encodeUtf8 } from "../../codec/utf8.ts";
import { writeXml } from "../../codec/xml_writer.ts";
import { checkInteger, need } from "../../core/validate.ts";
import type {
  CsvFormat,
  InputSerialization,
  OutputSerialization,
  SelectMetaRequest,
  SelectOptions,
  SelectRange,
  SelectRequest,
} from "./select_types.ts";

/** Properties of CSV and JSON as they are written: delimiters in base64, ranges as one text. */
interface Written extends CsvFormat {
  readonly fileHeaderInfo?: string | undefined;
  readonly commentCharacter?: string | undefined;
  readonly range?: string | undefined;
  readonly allowQuotedRecordDelimiter?: boolean | undefined;
  readonly type?: string | undefined;
  readonly parseJsonNumberAsString?: boolean | undefined;
}

interface WrittenFormats {
  readonly csv?: Written | undefined;
  readonly json?: Written | undefined;
}

const base64 = (value: string): string => encodeBase64(encodeUtf8(value));

function rangeText(name: string, [first, last]: SelectRange): string {
  checkInteger(`${name}[0]`, first, 0);
  if (last !== undefined) checkInteger(`${name}[1]`, last, first);
  return `${name.replace("R", "-r")}=${first}-${last ?? ""}`;
}

function written(options: object): Written {
  const found: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(options)) {
    if (name.endsWith("Range")) {
      if (value === undefined) continue;
      if (found["range"]) throw new TypeError("Give lineRange or splitRange, not both");
      found["range"] = rangeText(name, value);
    } else found[name] = /(Delimiter|Character)$/.test(name) && typeof value === "string" ? base64(value) : value;
  }
  return found;
}

const formats = <T extends InputSerialization<object, object>>(given: T): T & WrittenFormats => ({
  ...given,
  ...(given.csv && { csv: written(given.csv) }),
  ...(given.json && { json: written(given.json) }),
});

const formatShape = (): Shape<WrittenFormats> => {
  const one = object<Written>({
    fileHeaderInfo: text,
    recordDelimiter: text,
    fieldDelimiter: text,
    quoteCharacter: text,
    commentCharacter: text,
    range: text,
    allowQuotedRecordDelimiter: boolean,
    type: text,
    parseJsonNumberAsString: boolean,
  });
  return { csv: named("CSV", one), json: named("JSON", one) };
};

type WrittenInput = WrittenFormats & Pick<InputSerialization, "compressionType">;
type WrittenOutput = WrittenFormats & Omit<OutputSerialization, "csv" | "json">;

const inputField = (): ObjectField<WrittenInput> => object<WrittenInput>({ compressionType: text, ...formatShape() });

/**
 * Writes what SelectObject is asked.
 * @throws TypeError | RangeError naming the argument
 */
export function selectDocument(input: SelectRequest): string {
  need(input, "expression");
  const { expression, inputSerialization = {}, outputSerialization: output = {}, options } = input;
  const { outputRawData = false } = output;
  interface Document {
    readonly expression: string;
    readonly inputSerialization: WrittenInput;
    readonly outputSerialization: WrittenOutput;
    readonly options?: SelectOptions | undefined;
  }
  return writeXml<Document>(
    "SelectRequest",
    {
      expression: text,
      inputSerialization: inputField(),
      outputSerialization: object<WrittenOutput>({
        ...formatShape(),
        keepAllColumns: boolean,
        outputRawData: boolean,
        enablePayloadCrc: boolean,
        outputHeader: boolean,
      }),
      options: object<SelectOptions>({ skipPartialDataRecord: boolean, maxSkippedRecordsAllowed: number }),
    },
    {
      expression: base64(expression),
      inputSerialization: formats(inputSerialization),
      outputSerialization: { enablePayloadCrc: !outputRawData, ...formats(output), outputRawData },
      options,
    },
  );
}

/**
 * Writes what CreateSelectObjectMeta is asked.
 * @throws TypeError naming the argument
 */
export function metaDocument({ inputSerialization = {}, overwriteIfExists }: SelectMetaRequest): string {
  interface Document {
    readonly inputSerialization: WrittenInput;
    readonly overwriteIfExists?: boolean | undefined;
  }
  return writeXml<Document>(
    inputSerialization.json ? "JsonMetaRequest" : "CsvMetaRequest",
    { inputSerialization: inputField(), overwriteIfExists: boolean },
    { inputSerialization: formats(inputSerialization), overwriteIfExists },
  );
}

/** The value of `x-oss-process` for what is asked of an object in this form. */
export function selectProcess(what: "select" | "meta"): (input: InputSerialization<object, object>) => string {
  return ({ json }) => `${json ? "json" : "csv"}/${what}`;
}
