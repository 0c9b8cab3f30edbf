/**
 * The SQL of SelectObject, word by word.
 * @module
 */
import { sqlError } from "./select_ast.ts";

const TOKEN =
  /\s*(?:('(?:[^']|'')*')|("(?:[^"]|"")*")|(\d+(?:\.\d+)?(?:e[+-]?\d+)?)|([\p{L}_][\p{L}\p{N}_]*)|(<=|>=|!=|<>|\|\||[-+*/%=<>(),.[\]]))/giuy;

/** One word, number, text or sign. */
export interface Token {
  readonly kind: "text" | "name" | "number" | "word" | "sign";
  readonly text: string;
}

/** Takes a statement apart. @throws ServiceFault SqlSyntaxError */
export function tokens(sql: string): Token[] {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; sql.slice(at).trim() !== ""; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(sql);
    if (match === null) throw sqlError(`Unexpected character at ${at}: ${sql.slice(at, at + 10)}`);
    const [, text, name, number, word, sign] = match;
    if (text !== undefined) found.push({ kind: "text", text: text.slice(1, -1).replaceAll("''", "'") });
    else if (name !== undefined) found.push({ kind: "name", text: name.slice(1, -1).replaceAll('""', '"') });
    else if (number !== undefined) found.push({ kind: "number", text: number });
    else if (word !== undefined) found.push({ kind: "word", text: word });
    else found.push({ kind: "sign", text: sign ?? "" });
  }
  return found;
}
