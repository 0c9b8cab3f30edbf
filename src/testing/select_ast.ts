/**
 * The SQL of SelectObject: what statements consist of.
 * @module
 */
import { ServiceFault } from "./service_fault.ts";

/** A place in a record: column names, keys, positions in arrays; -1 for every child. */
export type SqlPath = readonly (string | number)[];

/** An expression. */
export type Sql =
  | { readonly op: "literal"; readonly value: string | number | boolean | null }
  | { readonly op: "column"; readonly path: SqlPath }
  | { readonly op: "not" | "null"; readonly of: Sql }
  | { readonly op: "cast"; readonly of: Sql; readonly type: string }
  | { readonly op: "in"; readonly of: Sql; readonly values: readonly Sql[] }
  | { readonly op: "aggregate"; readonly name: string; readonly of: Sql | undefined }
  | { readonly op: "binary"; readonly sign: string; readonly left: Sql; readonly right: Sql };

/** One column of a result. */
export interface SqlColumn {
  readonly value: Sql;
  readonly alias: string | undefined;
}

/** A statement. */
export interface SqlStatement {
  /** `undefined` = all. */
  readonly columns: readonly SqlColumn[] | undefined;
  /** Which nodes of a JSON document are the records; `-1` stands for every child. */
  readonly from: SqlPath;
  readonly where: Sql | undefined;
  readonly limit: number | undefined;
}

/** The statement is not one of this language. */
export function sqlError(message: string, code = "SqlSyntaxError"): ServiceFault {
  return new ServiceFault(400, code, message, { ec: code === "SqlSyntaxError" ? "0016-00000803" : undefined });
}
