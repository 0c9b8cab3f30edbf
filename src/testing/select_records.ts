/**
 * Records of objects, and how they are counted.
 * @module
 */

/** One line of an object, or one node of a document. */
export interface SourceRecord {
  /** Fields of CSV, a value of JSON. */
  readonly value: unknown;
  /** Where it ends, in characters. */
  readonly end: number;
}

/** Characters of a split, which ends with a line: the service has megabytes there, tests have not. */
const SPLIT = 64 * 1024;

/** What CreateSelectObjectMeta finds out. */
export interface SelectFacts {
  readonly rows: number;
  readonly columns: number;
  /** First row of each split. */
  readonly splits: readonly number[];
}

/** Counts rows, columns and splits. */
export function countRecords(records: Iterable<SourceRecord>): SelectFacts {
  const splits: number[] = [];
  let rows = 0;
  let columns = 0;
  let full = 0;
  for (const { value, end } of records) {
    if (splits.length === 0 || full >= splits.length * SPLIT) splits.push(rows);
    rows++;
    full = end;
    if (rows === 1 && Array.isArray(value)) columns = value.length;
  }
  return { rows, columns, splits };
}
