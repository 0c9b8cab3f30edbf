/**
 * Ambient powers and their homes: which files may touch the clock, timers, the network, storage.
 * @module
 */
import ts from "typescript-5.9";
import { place, type Sources, type Violation, walk } from "./sources.ts";

/** A power is a global's name, or `global.member`; `new Date()` without arguments is the clock too. */
const HOMES: Readonly<Record<string, RegExp>> = {
  fetch: /^(core\/create_client\.ts|testing\/node\/)/,
  "Date.now": /^(core\/(clock|sleeps)\.ts$|timer\.ts$|stores\/folder\.ts$|testing\/options\.ts$|testing\/node\/)/,
  "new Date()": /^(core\/clock\.ts$|testing\/options\.ts$|testing\/node\/)/,
  performance: /^core\/clock\.ts$/,
  setTimeout: /^((stores\/)?timer\.ts$|testing\/delay\.ts$|testing\/node\/)/,
  clearTimeout: /^((stores\/)?timer\.ts$|testing\/delay\.ts$|testing\/node\/)/,
  setInterval: /^(timer\.ts$|testing\/node\/)/,
  "AbortSignal.timeout": /^timer\.ts$/,
  "crypto.subtle": /^(signing\/(hmac|native)\.ts|stores\/names\.ts$|testing\/verify[a-z_]*\.ts)$/,
  indexedDB: /^(stores|node)\//,
  Deno: /^(core\/runtime\.ts$|stores\/|node\/)/,
  process: /^((stores|node|testing\/node)\/|signing\/node_crypto\.ts$)/,
  BroadcastChannel: /^stores\/lock\.ts$/,
  "navigator.locks": /^stores\/lock\.ts$/,
  FixedLengthStream: /^core\/runtime_streams\.ts$/,
  XMLHttpRequest: /^transports\//,
  document: /^page\//,
  location: /^page\//,
  "navigator.onLine": /^core\/connection\.ts$/,
  addEventListener: /^core\/connection\.ts$/,
  showOpenFilePicker: /^page\//,
  showSaveFilePicker: /^page\//,
  showDirectoryPicker: /^page\//,
  Worker: /^(page|worker)\//,
  window: /^$/,
  Buffer: /^$/,
  localStorage: /^$/,
  sessionStorage: /^$/,
  require: /^$/,
};

/** A use of a value, where the name stands for itself: not a property's name, not part of a type. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node || isGlobalThis(parent.expression);
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isTypeQueryNode(parent) || ts.isQualifiedName(parent)) return false;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent) || ts.isBindingElement(parent)) return false;
  return ts.isExpression(node) && !ts.isPartOfTypeNode(node) && !("name" in parent && parent.name === node);
}

/** `globalThis`, also in parentheses or with its type asserted. */
function isGlobalThis(node: ts.Node): boolean {
  if (ts.isIdentifier(node)) return node.text === "globalThis";
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node)) {
    return isGlobalThis(node.expression);
  }
  return false;
}

/** Is the name one that no source file declares? */
function isAmbient(node: ts.Identifier, sources: Sources, own: ReadonlySet<ts.SourceFile>): boolean {
  if (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) return true;
  const symbol = ts.isShorthandPropertyAssignment(node.parent)
    ? sources.checker.getShorthandAssignmentValueSymbol(node.parent)
    : sources.checker.getSymbolAtLocation(node);
  const declarations = symbol?.declarations ?? [];
  return declarations.every((one) => !own.has(one.getSourceFile()) || isDeclaredOnly(one));
}

/** `declare const Deno` gives a type to a global and makes none. */
function isDeclaredOnly(node: ts.Node): boolean {
  return (ts.getCombinedModifierFlags(node as ts.Declaration) & ts.ModifierFlags.Ambient) !== 0;
}

/** `"Deno" in globalThis`, `globalThis["Deno"]`, `Reflect.get(globalThis, "Deno")`: the name as a text. */
function namesGlobal(node: ts.StringLiteralLike): boolean {
  const { parent } = node;
  if (ts.isBinaryExpression(parent)) return isGlobalThis(parent.right);
  if (ts.isElementAccessExpression(parent)) return isGlobalThis(parent.expression);
  return ts.isCallExpression(parent) && parent.arguments.some(isGlobalThis);
}

function powersAt(node: ts.Node, sources: Sources, own: ReadonlySet<ts.SourceFile>): string[] {
  if (ts.isStringLiteralLike(node)) return Object.hasOwn(HOMES, node.text) && namesGlobal(node) ? [node.text] : [];
  if (ts.isNewExpression(node) && (node.arguments?.length ?? 0) === 0 && ts.isIdentifier(node.expression)) {
    return node.expression.text === "Date" && isAmbient(node.expression, sources, own) ? ["new Date()"] : [];
  }
  if (!ts.isIdentifier(node) || !isReference(node) || !isAmbient(node, sources, own)) return [];
  const outer = node.parent;
  const access = ts.isPropertyAccessExpression(outer) && outer.name === node ? outer.parent : outer;
  const member = ts.isPropertyAccessExpression(access) ? `${node.text}.${access.name.text}` : "";
  return [node.text, member].filter((name) => Object.hasOwn(HOMES, name));
}

/** Uses of ambient powers away from home. */
export function ambientViolations(sources: Sources): Violation[] {
  const own = new Set(sources.names.map((name) => sources.tree(name)));
  const violations: Violation[] = [];
  for (const file of sources.names) {
    const tree = sources.tree(file);
    walk(tree, (node) => {
      for (const power of powersAt(node, sources, own)) {
        if (HOMES[power]?.test(file)) continue;
        violations.push({ file, what: `${power} (${place(tree, node)})` });
      }
    });
  }
  return violations;
}
