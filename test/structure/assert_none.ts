/**
 * Asserts that a list of complaints is empty, and shows it one a line where it is not.
 * @module
 */
export function assertNone(complaints: readonly string[]): void {
  if (complaints.length > 0) throw new Error(`${complaints.length} complaints:\n${complaints.join("\n")}`);
}
