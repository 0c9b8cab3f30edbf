/**
 * Evaluates expressions of SelectObject on records.
 * @module
 */
import { type Sql, type SqlPath, sqlError } from "./select_ast.ts";

/** Finds a column or a key in a record: `undefined` where it has none. */
export type Lookup<R> = (record: R, path: SqlPath) => unknown;

/** A record does not fit the statement: it is left out, or ends the call. */
export class Misfit extends Error {}

/** A text or number as a number. */
function numeric(value: unknown): number {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number !== "number" || Number.isNaN(number)) throw new Misfit(`${value} is not a number`);
  return number;
}

/** Below, at, or above zero as `left` is to `right`; texts next to numbers are taken for numbers. */
function compare(left: unknown, right: unknown): number {
  const numbers = typeof left === "number" || typeof right === "number";
  const [a, b] = numbers ? [numeric(left), numeric(right)] : [String(left), String(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `%`, `*` stand for any characters, `?` for one. */
function like(text: string, pattern: string): boolean {
  const source = pattern
    .replace(/[\\^$.|+()[\]{}]/g, "\\$&")
    .replace(/[%*]/g, ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(text);
}

function cast(value: unknown, type: string): unknown {
  if (/^(string|varchar|text)$/.test(type)) return String(value);
  const number = numeric(value);
  if (type === "int" && !Number.isInteger(number)) throw new Misfit(`${value} is not an int`);
  return number;
}

const ORDER: Readonly<Record<string, (order: number) => boolean>> = {
  "=": (order) => order === 0,
  "!=": (order) => order !== 0,
  "<>": (order) => order !== 0,
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
};

const ARITHMETIC: Readonly<Record<string, (left: number, right: number) => number>> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => left / right,
  "%": (left, right) => left % right,
};

/**
 * Evaluates an expression.
 * @param lookup how columns are found
 * @param strict whether a missing column makes the record unfit
 * @returns a function of a record
 * @throws Misfit when a value is of another type
 */
export function evaluator<R>(lookup: Lookup<R>, strict: boolean): (sql: Sql, record: R) => unknown {
  return function evaluate(sql: Sql, record: R): unknown {
    switch (sql.op) {
      case "literal":
        return sql.value;
      case "column": {
        const value = lookup(record, sql.path);
        if (value === undefined && strict) throw new Misfit(`${sql.path.join(".")} is missing`);
        return value;
      }
      case "not": {
        const value = evaluate(sql.of, record);
        return value == null ? null : value === false;
      }
      case "null":
        return evaluate(sql.of, record) == null;
      case "cast": {
        const value = evaluate(sql.of, record);
        return value == null ? null : cast(value, sql.type);
      }
      case "in": {
        const value = evaluate(sql.of, record);
        return value == null ? null : sql.values.some((one) => compare(value, evaluate(one, record)) === 0);
      }
      case "aggregate":
        throw sqlError("Conditions hold no aggregates", "SqlInvalidMixOfAggregationAndColumn");
      case "binary": {
        const left = evaluate(sql.left, record);
        if (sql.sign === "and") return left === true && evaluate(sql.right, record) === true;
        if (sql.sign === "or") return left === true || evaluate(sql.right, record) === true;
        const right = evaluate(sql.right, record);
        if (left == null || right == null) return null;
        if (sql.sign === "like") return like(String(left), String(right));
        if (sql.sign === "||") return `${left}${right}`;
        const arithmetic = ARITHMETIC[sql.sign];
        return arithmetic ? arithmetic(numeric(left), numeric(right)) : ORDER[sql.sign]?.(compare(left, right));
      }
    }
  };
}

/**
 * Sums up an aggregate.
 * @param name of the function
 * @param values of the records, none missing
 */
export function aggregate(name: string, values: readonly unknown[]): number | null {
  const numbers = values.filter((value) => value != null).map(numeric);
  if (name === "count") return values.length;
  if (numbers.length === 0) return null;
  const sum = numbers.reduce((total, value) => total + value, 0);
  if (name === "avg") return sum / numbers.length;
  return name === "sum" ? sum : numbers.reduce((a, b) => (name === "max" ? Math.max(a, b) : Math.min(a, b)));
}
