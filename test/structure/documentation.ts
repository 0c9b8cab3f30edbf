/**
 * What the public exports say about themselves.
 * @module
 */
import ts from "typescript-5.9";
import type { Sources } from "./sources.ts";

export interface Documented {
  readonly name: string;
  readonly kind: "function" | "class" | "operation" | "type" | "value";
  readonly summary: string;
  readonly hasExample: boolean;
  /** Texts of `@see`. */
  readonly see: readonly string[];
}

function kindOf(symbol: ts.Symbol, checker: ts.TypeChecker): Documented["kind"] {
  if ((symbol.flags & ts.SymbolFlags.Class) !== 0) return "class";
  if ((symbol.flags & ts.SymbolFlags.Function) !== 0) return "function";
  if ((symbol.flags & ts.SymbolFlags.Variable) === 0) return "type";
  const type = checker.getTypeOfSymbol(symbol);
  if (type.getProperty("operationName") !== undefined) return "operation";
  return type.getCallSignatures().length > 0 ? "function" : "value";
}

/** The exports of a module, aliases followed. */
export function exportsOf(sources: Sources, file: string): Documented[] {
  const { checker } = sources;
  const module = checker.getSymbolAtLocation(sources.tree(file));
  if (module === undefined) return [];
  return checker.getExportsOfModule(module).map((exported) => {
    const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
    const symbol = isAlias ? checker.getAliasedSymbol(exported) : exported;
    const tags = symbol.getJsDocTags(checker);
    return {
      name: exported.name,
      kind: kindOf(symbol, checker),
      summary: ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim(),
      hasExample: tags.some((tag) => tag.name === "example" && ts.displayPartsToString(tag.text).includes("```")),
      see: tags.filter((tag) => tag.name === "see").map((tag) => ts.displayPartsToString(tag.text)),
    };
  });
}
