/**
 * The SQL of SelectObject: statements, parsed.
 * @module
 */
import { type Sql, type SqlColumn, type SqlStatement, sqlError } from "./select_ast.ts";
import { type Token, tokens } from "./select_tokens.ts";
import { ServiceFault } from "./service_fault.ts";

const KEYWORD = /^(select|from|where|limit|as|and|or|not|in|is|null|like|between|cast|escape|true|false)$/i;

/** Reads tokens one by one. */
class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  constructor(sql: string) {
    this.#tokens = tokens(sql);
  }
  get #token(): Token | undefined {
    return this.#tokens[this.#at];
  }
  /** Takes the next token if it is this keyword or sign. */
  #take(text: string): boolean {
    const token = this.#token;
    if (token?.text.toLowerCase() !== text || token.kind === "text" || token.kind === "name") return false;
    this.#at++;
    return true;
  }
  #expect(text: string): void {
    if (!this.#take(text)) throw sqlError(`Expected ${text}, found ${this.#token?.text ?? "the end"}`);
  }
  #name(): string | undefined {
    const token = this.#token;
    if (token?.kind !== "name" && (token?.kind !== "word" || KEYWORD.test(token.text))) return undefined;
    this.#at++;
    return token.text;
  }

  statement(): SqlStatement {
    this.#expect("select");
    const columns = this.#take("*") ? undefined : this.#columns();
    if (columns === undefined && this.#take(",")) {
      throw sqlError("* stands alone", "SqlInvalidMixOfStarAndColumn");
    }
    this.#expect("from");
    this.#expect("ossobject");
    const from = this.#path();
    this.#take("as");
    const alias = this.#name();
    const where = this.#take("where") ? this.#or() : undefined;
    const limit = this.#take("limit") ? Number(this.#tokens[this.#at++]?.text) : undefined;
    if (this.#token !== undefined) throw sqlError(`Unexpected ${this.#token.text}`);
    if (limit !== undefined && !(Number.isInteger(limit) && limit >= 1)) {
      throw sqlError("limit must be at least 1", "SqlInvalidLimitValue");
    }
    const bare = (value: Sql): Sql => withoutTable(value, alias);
    return {
      columns: columns?.map((column) => ({ ...column, value: bare(column.value) })),
      from,
      where: where && bare(where),
      limit,
    };
  }
  #columns(): SqlColumn[] {
    const columns: SqlColumn[] = [];
    do {
      const value = this.#term();
      columns.push({ value, alias: this.#take("as") ? this.#name() : undefined });
    } while (this.#take(","));
    return columns;
  }
  #path(): (string | number)[] {
    const path: (string | number)[] = [];
    for (;;) {
      if (this.#take(".")) {
        const token = this.#token;
        if (token === undefined || token.kind === "sign" || token.kind === "number") throw sqlError("Expected a key");
        this.#at++;
        path.push(token.text);
      } else if (this.#take("[")) {
        const token = this.#tokens[this.#at++];
        path.push(token?.text === "*" ? -1 : token?.kind === "number" ? Number(token.text) : (token?.text ?? ""));
        this.#expect("]");
      } else return path;
    }
  }
  #or(): Sql {
    let left = this.#and();
    while (this.#take("or")) left = { op: "binary", sign: "or", left, right: this.#and() };
    return left;
  }
  #and(): Sql {
    let left = this.#not();
    while (this.#take("and")) left = { op: "binary", sign: "and", left, right: this.#not() };
    return left;
  }
  #not(): Sql {
    return this.#take("not") ? { op: "not", of: this.#not() } : this.#comparison();
  }
  #comparison(): Sql {
    const left = this.#sum();
    if (this.#take("is")) {
      const negated = this.#take("not");
      this.#expect("null");
      return negated ? { op: "not", of: { op: "null", of: left } } : { op: "null", of: left };
    }
    if (this.#take("not")) return { op: "not", of: this.#inLikeBetween(left) };
    for (const sign of ["=", "!=", "<>", "<=", ">=", "<", ">"]) {
      if (this.#take(sign)) return { op: "binary", sign, left, right: this.#sum() };
    }
    const token = this.#token?.text.toLowerCase();
    return token === "in" || token === "like" || token === "between" ? this.#inLikeBetween(left) : left;
  }
  #inLikeBetween(left: Sql): Sql {
    if (this.#take("like")) return { op: "binary", sign: "like", left, right: this.#sum() };
    if (this.#take("between")) {
      const low: Sql = { op: "binary", sign: ">=", left, right: this.#sum() };
      this.#expect("and");
      return { op: "binary", sign: "and", left: low, right: { op: "binary", sign: "<=", left, right: this.#sum() } };
    }
    this.#expect("in");
    this.#expect("(");
    const values: Sql[] = [];
    do values.push(this.#sum());
    while (this.#take(","));
    this.#expect(")");
    if (values.length > 1024) throw sqlError("IN has more than 1,024 values", "SqlExceedsMaxInCount");
    return { op: "in", of: left, values };
  }
  #sum(): Sql {
    let left = this.#product();
    for (;;) {
      const sign = ["+", "-", "||"].find((one) => this.#take(one));
      if (sign === undefined) return left;
      left = { op: "binary", sign, left, right: this.#product() };
    }
  }
  #product(): Sql {
    let left = this.#term();
    for (;;) {
      const sign = ["*", "/", "%"].find((one) => this.#take(one));
      if (sign === undefined) return left;
      left = { op: "binary", sign, left, right: this.#term() };
    }
  }
  #term(): Sql {
    if (this.#take("(")) {
      const inside = this.#or();
      this.#expect(")");
      return inside;
    }
    if (this.#take("-")) {
      return { op: "binary", sign: "-", left: { op: "literal", value: 0 }, right: this.#term() };
    }
    if (this.#take("null")) return { op: "literal", value: null };
    for (const value of [true, false]) if (this.#take(String(value))) return { op: "literal", value };
    const token = this.#token;
    if (token?.kind === "text" || token?.kind === "number") {
      this.#at++;
      return { op: "literal", value: token.kind === "text" ? token.text : Number(token.text) };
    }
    if (this.#take("cast")) return this.#cast();
    const name = this.#name();
    if (name === undefined) throw sqlError(`Unexpected ${token?.text ?? "end"}`);
    if (/^(avg|sum|max|min|count)$/i.test(name) && this.#take("(")) return this.#aggregate(name.toLowerCase());
    const path = [name, ...this.#path()];
    if (path.includes(-1)) throw sqlError("[*] stands behind from only", "WildCardNotAllowed");
    return { op: "column", path };
  }
  #cast(): Sql {
    this.#expect("(");
    const of = this.#or();
    this.#expect("as");
    const type = (this.#name() ?? "").toLowerCase();
    this.#expect(")");
    if (!/^(int|double|decimal|string|varchar|text)$/.test(type)) {
      throw new ServiceFault(501, "NotImplemented", `The in-process OSS does not cast to ${type}.`);
    }
    return { op: "cast", of, type };
  }
  #aggregate(name: string): Sql {
    if (name === "count") this.#expect("*");
    const of = name === "count" ? undefined : this.#or();
    this.#expect(")");
    return { op: "aggregate", name, of };
  }
}

/** Columns may be written with the table's name, or the one that it was given. */
function withoutTable(sql: Sql, alias: string | undefined): Sql {
  const bare = (inner: Sql): Sql => withoutTable(inner, alias);
  switch (sql.op) {
    case "column": {
      const [table, ...path] = sql.path;
      const isTable = table === alias || (typeof table === "string" && table.toLowerCase() === "ossobject");
      return isTable ? { op: "column", path } : sql;
    }
    case "literal":
      return sql;
    case "binary":
      return { ...sql, left: bare(sql.left), right: bare(sql.right) };
    case "aggregate":
      return { ...sql, of: sql.of && bare(sql.of) };
    case "in":
      return { ...sql, of: bare(sql.of), values: sql.values.map(bare) };
    default:
      return { ...sql, of: bare(sql.of) };
  }
}

/**
 * Parses a statement.
 * @param sql the text
 * @throws ServiceFault SqlSyntaxError, and what else the service calls it
 */
export function parseSql(sql: string): SqlStatement {
  return new Parser(sql).statement();
}
