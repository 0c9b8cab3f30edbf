/**
 * Which parts are compared when not all are.
 * @module
 */

/** The first part, the last one, and two between them. */
export function sample<T>(parts: readonly T[]): ReadonlySet<T> {
  const between = parts.slice(1, -1);
  const drawn = [0, 1].flatMap(() => between.splice(Math.floor(Math.random() * between.length), 1));
  return new Set([...parts.slice(0, 1), ...drawn, ...parts.slice(-1)]);
}
