/**
 * Writes what SelectObject found.
 * @module
 */
import type { SqlColumn, SqlPath, SqlStatement } from "./select_ast.ts";
import type { SelectInput, SelectLimits, SelectOutput, SelectSpan } from "./select_format.ts";

/** A run: a statement and how its object is read and its results are written. */
export interface SelectRun {
  readonly statement: SqlStatement;
  readonly input: SelectInput;
  readonly output: SelectOutput;
  readonly limits: SelectLimits;
  /** The lines that are searched. */
  readonly lines: Pick<SelectSpan, "first" | "last"> | undefined;
}

function columnIndex(path: SqlPath, names: readonly string[]): number {
  const name = String(path[0]);
  return /^_\d+$/.test(name)
    ? Number(name.slice(1)) - 1
    : names.findIndex((one) => one.toLowerCase() === name.toLowerCase());
}

/**
 * Writes records.
 * @param run how
 * @param names of the columns of CSV
 */
export function writer({ input, output, statement }: SelectRun, names: readonly string[]): (values: unknown) => string {
  const { columns } = statement;
  if (input.json !== undefined) {
    const keyOf = ({ alias, value }: SqlColumn, at: number): string => {
      const last = value.op === "column" ? value.path.at(-1) : undefined;
      return alias ?? (typeof last === "string" ? last : `_${at + 1}`);
    };
    return (values) => {
      const isObject = typeof values === "object" && values !== null && !Array.isArray(values);
      const all = isObject ? values : { _1: values };
      const chosen = columns?.map((column, at) => [keyOf(column, at), (values as readonly unknown[])[at]]);
      return `${JSON.stringify(chosen ? Object.fromEntries(chosen) : all)}${output.record}`;
    };
  }
  const quote = (value: unknown): string => {
    const text = value == null ? "" : String(value);
    const special = [output.field, output.record, input.quote, "\n"].some((one) => text.includes(one));
    return special ? input.quote + text.replaceAll(input.quote, input.quote + input.quote) + input.quote : text;
  };
  return (values) => {
    let cells = values as readonly unknown[];
    if (output.keepAll && columns) {
      const kept = new Array<unknown>(Math.max(names.length, 1)).fill("");
      for (const [at, { value }] of columns.entries()) {
        if (value.op === "column") kept[columnIndex(value.path, names)] = cells[at];
      }
      cells = kept;
    }
    return cells.map(quote).join(output.field) + output.record;
  };
}
