/**
 * Requests of SelectObject and CreateSelectObjectMeta, checked as the service does.
 * @module
 */
import { decodeBase64, encodeBase64 } from "../codec/base64.ts";
import type { SelectInput, SelectLimits, SelectOutput, SelectSpan } from "./select_format.ts";
import { ServiceFault } from "./service_fault.ts";
import { decodeText } from "./text.ts";
import { childText, type XmlNode } from "./xml_read.ts";

const child = (node: XmlNode, name: string): XmlNode | undefined => node.children.find((one) => one.name === name);

function refuse(code: string, message: string, ec?: string): ServiceFault {
  return new ServiceFault(400, code, message, { ec });
}

/** Text in base64, written as the standard says. */
function fromBase64(value: string): string | undefined {
  try {
    const bytes = decodeBase64(value.trim());
    if (encodeBase64(bytes) !== value.trim()) return undefined;
    return decodeText([...bytes].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""));
  } catch {
    return undefined;
  }
}

function character(
  node: XmlNode | undefined,
  name: string,
  most: number,
  code: string,
  ec?: string,
): string | undefined {
  const value = node && childText(node, name);
  if (value === undefined || value === "") return undefined;
  const decoded = fromBase64(value);
  if (decoded !== undefined && decoded !== "" && decoded.length <= most) return decoded;
  throw refuse(code, `Invalid ${name} parameter:${value}`, ec);
}

const flag = (node: XmlNode | undefined, name: string): boolean =>
  (node && childText(node, name))?.trim().toLowerCase() === "true";

function readSpan(node: XmlNode | undefined): SelectSpan | undefined {
  const value = (node && childText(node, "Range"))?.trim();
  if (value === undefined || value === "") return undefined;
  const [, kind, first, last] = /^(line|split)-range=(\d*)-(\d*)$/.exec(value) ?? [];
  const span = {
    kind: kind === "split" ? "split" : "line",
    first: Number(first),
    last: last === "" ? Number.POSITIVE_INFINITY : Number(last),
  } as const;
  if (kind !== undefined && first !== "" && span.first <= span.last) return span;
  throw refuse("InvalidRange", `The range is invalid: ${value}`);
}

/**
 * Reads `InputSerialization`.
 * @param root the request's document
 * @param json whether the query asks for JSON
 */
export function readInput(root: XmlNode, json: boolean): SelectInput {
  const input = child(root, "InputSerialization");
  const compression = ((input && childText(input, "CompressionType")) ?? "none").trim().toLowerCase();
  if (compression !== "none" && compression !== "gzip") {
    throw refuse("UnsupportedCompressionFormat", `Unsupported compression: ${compression}`);
  }
  const node = input && child(input, json ? "JSON" : "CSV");
  const type = ((node && childText(node, "Type")) ?? "").trim().toUpperCase();
  if (json && type !== "DOCUMENT" && type !== "LINES") throw refuse("MalformedXML", "JSON needs Type.");
  const header = ((node && childText(node, "FileHeaderInfo")) ?? "none").trim().toLowerCase();
  if (header !== "none" && header !== "ignore" && header !== "use") {
    throw refuse("InvalidArgument", `FileHeaderInfo is invalid: ${header}`);
  }
  return {
    json: json ? (type === "LINES" ? "LINES" : "DOCUMENT") : undefined,
    gzip: compression === "gzip",
    header,
    record: character(node, "RecordDelimiter", 2, "InvalidInputRecordDelimiter", "0016-00000829") ?? "\n",
    field: character(node, "FieldDelimiter", 1, "InvalidInputFieldDelimiter") ?? ",",
    quote: character(node, "QuoteCharacter", 1, "InvalidInputQuote") ?? '"',
    comment: character(node, "CommentCharacter", 1, "InvalidCommentCharacter"),
    quotedRecords: (node && childText(node, "AllowQuotedRecordDelimiter"))?.trim().toLowerCase() !== "false",
    numbersAsText: flag(node, "ParseJsonNumberAsString"),
    span: readSpan(node),
  };
}

/** Reads `OutputSerialization`. */
export function readOutput(root: XmlNode, json: boolean): SelectOutput {
  const output = child(root, "OutputSerialization");
  const node = output && child(output, json ? "JSON" : "CSV");
  const [raw, crc] = [flag(output, "OutputRawData"), flag(output, "EnablePayloadCrc")];
  if (raw && crc) throw refuse("InvalidOSSSelectParameters", "EnablePayloadCrc and OutputRawData exclude each other.");
  return {
    record: character(node, "RecordDelimiter", 2, "InvalidOutputRecordDelimiter") ?? "\n",
    field: character(node, "FieldDelimiter", 1, "InvalidOutputFieldDelimiter") ?? ",",
    raw,
    crc,
    header: flag(output, "OutputHeader"),
    keepAll: flag(output, "KeepAllColumns"),
  };
}

/** Reads `Options`. */
export function readLimits(root: XmlNode): SelectLimits {
  const options = child(root, "Options");
  const skipped = ((options && childText(options, "MaxSkippedRecordsAllowed")) ?? "0").trim();
  if (!/^\d+$/.test(skipped)) {
    const message = `Invalid MaxSkippedRecordsAllowed parameter:${skipped}`;
    throw refuse("InvalidMaxSkippedRecordsAllowed", message, "0016-00000834");
  }
  return { strict: flag(options, "SkipPartialDataRecord"), skipped: Number(skipped) };
}

/** Reads `Expression`. */
export function readExpression(root: XmlNode): string {
  const value = childText(root, "Expression")?.trim() ?? "";
  const sql = fromBase64(value);
  if (value !== "" && sql !== undefined && sql.trim() !== "" && sql.length <= 16_384) return sql;
  throw refuse(
    "InvalidSqlParameter",
    "The SQL is empty, too long or not in base64.",
    value === "" ? "0016-00000823" : undefined,
  );
}
