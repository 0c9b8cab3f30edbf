/**
 * How SelectObject reads an object and writes its results.
 * @module
 */

/** Which lines or splits are searched, both ends included. */
export interface SelectSpan {
  readonly kind: "line" | "split";
  readonly first: number;
  readonly last: number;
}

/** How an object is read. */
export interface SelectInput {
  readonly json: "DOCUMENT" | "LINES" | undefined;
  readonly gzip: boolean;
  readonly header: "none" | "ignore" | "use";
  readonly record: string;
  readonly field: string;
  readonly quote: string;
  readonly comment: string | undefined;
  readonly quotedRecords: boolean;
  readonly numbersAsText: boolean;
  readonly span: SelectSpan | undefined;
}

/** How results are written. */
export interface SelectOutput {
  readonly record: string;
  readonly field: string;
  readonly raw: boolean;
  readonly crc: boolean;
  readonly header: boolean;
  readonly keepAll: boolean;
}

/** What becomes of records that do not fit. */
export interface SelectLimits {
  readonly strict: boolean;
  readonly skipped: number;
}
