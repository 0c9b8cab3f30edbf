/**
 * What SelectObject and CreateSelectObjectMeta are asked.
 * @module
 */
import type { OpenEnum } from "../../types.ts";

/** The first and the last of some lines or splits, from 0; without a last one all that follow. */
export type SelectRange = readonly [first: number, last?: number | undefined];

/** Which part of an object is searched: needs CreateSelectObjectMeta before. One of the two. */
export interface SelectRanges {
  readonly lineRange?: SelectRange | undefined;
  /** A split is some megabytes of whole lines. */
  readonly splitRange?: SelectRange | undefined;
}

/** How the CSV of an object is written. */
export interface CsvFormat {
  /** One or two characters. @default "\n" */
  readonly recordDelimiter?: string | undefined;
  /** @default "," */
  readonly fieldDelimiter?: string | undefined;
  /** @default '"' */
  readonly quoteCharacter?: string | undefined;
}

/** How a CSV object is read. */
export interface CsvInput extends CsvFormat, SelectRanges {
  /** What its first line is: data, to be left out, or the names of the columns. @default "None" */
  readonly fileHeaderInfo?: OpenEnum<"None" | "Ignore" | "Use"> | undefined;
  /** Lines that begin with it are left out. */
  readonly commentCharacter?: string | undefined;
  /** May a quoted field hold record delimiters? @default true */
  readonly allowQuotedRecordDelimiter?: boolean | undefined;
}

/** How a JSON object is read. */
export interface JsonInput extends SelectRanges {
  /** One document, or one value a line. */
  readonly type: OpenEnum<"DOCUMENT" | "LINES">;
  /** Keep the digits of numbers as they are. @default false */
  readonly parseJsonNumberAsString?: boolean | undefined;
}

/** How an object is read: as CSV, unless `json` is given. */
export interface InputSerialization<C = CsvInput, J = JsonInput> {
  readonly compressionType?: OpenEnum<"None" | "GZIP"> | undefined;
  readonly csv?: C | undefined;
  readonly json?: J | undefined;
}

/** How results are written: as the input is, CSV or JSON lines. */
export interface OutputSerialization {
  readonly csv?: Omit<CsvFormat, "quoteCharacter"> | undefined;
  readonly json?: { readonly recordDelimiter?: string | undefined } | undefined;
  /** Keep the places of columns that were not selected. @default false */
  readonly keepAllColumns?: boolean | undefined;
  /** Send results without frames: nothing is checked then, and long silence may end the connection. @default false */
  readonly outputRawData?: boolean | undefined;
  /** Let frames carry a CRC-32, which is checked. @default true, unless `outputRawData` */
  readonly enablePayloadCrc?: boolean | undefined;
  /** Begin with the names of the columns. @default false */
  readonly outputHeader?: boolean | undefined;
}

/** What becomes of records that do not fit. */
export interface SelectOptions {
  /** Leave out records that lack a column, instead of taking it for null. @default false */
  readonly skipPartialDataRecord?: boolean | undefined;
  /** How many records may be left out. @default 0 */
  readonly maxSkippedRecordsAllowed?: number | undefined;
}

/** Input of SelectObject, as far as its document goes. */
export interface SelectRequest {
  /** SQL: `select _1, _3 from ossobject where _3 > 5 limit 10`. */
  readonly expression: string;
  readonly inputSerialization?: InputSerialization | undefined;
  readonly outputSerialization?: OutputSerialization | undefined;
  readonly options?: SelectOptions | undefined;
}

/** Input of CreateSelectObjectMeta, as far as its document goes. */
export interface SelectMetaRequest {
  readonly inputSerialization?: InputSerialization<CsvFormat, { readonly type: OpenEnum<"LINES"> }> | undefined;
  /** Scan again what was scanned before. @default false */
  readonly overwriteIfExists?: boolean | undefined;
}
