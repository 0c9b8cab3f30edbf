/**
 * Nothing runs at import: top-level statements only declare, and bundlers can drop each of them.
 * @module
 */
import ts from "typescript-5.9";
import { place, type Sources, type Violation } from "./sources.ts";

/** Programs, and what patches globals by its nature. */
const PROGRAMS = /^(testing\/node\/cli\.ts|polyfill\.ts)$/;
const PURE_CLASSES = new Set(["Set", "Map", "WeakMap", "WeakSet"]);

function isMarkedPure(node: ts.Node, tree: ts.SourceFile): boolean {
  return tree.text.slice(node.getFullStart(), node.getStart(tree)).includes("@__PURE__");
}

function isPureProperty(node: ts.ObjectLiteralElementLike, tree: ts.SourceFile): boolean {
  if (ts.isSpreadAssignment(node)) return false;
  if (node.name !== undefined && ts.isComputedPropertyName(node.name)) return isPure(node.name.expression, tree);
  return !ts.isPropertyAssignment(node) || isPure(node.initializer, tree);
}

function isPureCall(node: ts.CallExpression | ts.NewExpression, tree: ts.SourceFile): boolean {
  const harmless =
    ts.isNewExpression(node) && ts.isIdentifier(node.expression) && PURE_CLASSES.has(node.expression.text);
  return (harmless || isMarkedPure(node, tree)) && (node.arguments ?? []).every((one) => isPure(one, tree));
}

/** Can the value be made without running anything that could be seen? */
function isPure(node: ts.Expression, tree: ts.SourceFile): boolean {
  const pure = (one: ts.Expression): boolean => isPure(one, tree);
  if (ts.isLiteralExpression(node) || ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return true;
  if (ts.isIdentifier(node) || ts.isOmittedExpression(node)) return true;
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node)) {
    return pure(node.expression);
  }
  if (ts.isPrefixUnaryExpression(node)) return pure(node.operand);
  if (ts.isBinaryExpression(node)) return pure(node.left) && pure(node.right);
  if (ts.isConditionalExpression(node)) return [node.condition, node.whenTrue, node.whenFalse].every(pure);
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(pure);
  if (ts.isObjectLiteralExpression(node)) return node.properties.every((one) => isPureProperty(one, tree));
  if (ts.isTemplateExpression(node)) return node.templateSpans.every((span) => pure(span.expression));
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return isPureCall(node, tree);
  return [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword].includes(node.kind);
}

function isPureMember(member: ts.ClassElement, tree: ts.SourceFile): boolean {
  if (ts.isClassStaticBlockDeclaration(member)) return false;
  const isStatic = (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static) !== 0;
  return (
    !isStatic ||
    !ts.isPropertyDeclaration(member) ||
    member.initializer === undefined ||
    isPure(member.initializer, tree)
  );
}

function isDeclaration(node: ts.Statement, tree: ts.SourceFile): boolean {
  if (ts.isVariableStatement(node)) {
    return node.declarationList.declarations.every(
      ({ name, initializer }) => ts.isIdentifier(name) && (initializer === undefined || isPure(initializer, tree)),
    );
  }
  if (ts.isClassDeclaration(node)) return node.members.every((member) => isPureMember(member, tree));
  if (ts.isImportDeclaration(node)) return node.importClause !== undefined;
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isExportDeclaration(node)
  );
}

/** Top-level statements that do something. */
export function sideEffects(sources: Sources): Violation[] {
  return sources.names
    .filter((file) => !PROGRAMS.test(file))
    .flatMap((file) => {
      const tree = sources.tree(file);
      const acting = tree.statements.filter((statement) => !isDeclaration(statement, tree));
      return acting.map((statement) => ({ file, what: `runs at import (${place(tree, statement)})` }));
    });
}

/** Default exports, enums, namespaces. */
export function bannedSyntax(sources: Sources): Violation[] {
  return sources.names.flatMap((file) => {
    const tree = sources.tree(file);
    const banned = tree.statements.filter((node) => {
      const flags = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
      const isDefault = flags.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) || ts.isExportAssignment(node);
      return isDefault || ts.isEnumDeclaration(node) || ts.isModuleDeclaration(node);
    });
    return banned.map((node) => ({ file, what: `default export, enum or namespace (${place(tree, node)})` }));
  });
}
