/**
 * What must hold of the completions of one object, whoever was killed between them.
 * @module
 */

/** What the service did for one object, in this order. */
export interface Step {
  /** A list of parts, or Complete, with the answer 200. */
  readonly kind: "listed" | "completed";
  readonly uploadId: string;
  /** Has the list left the service? */
  answered?: boolean;
}

/**
 * Judges completions: who completes after another one did has looked at the parts since then, and so has seen that this
 * upload was still open.
 * @returns what is wrong
 */
export function judgeCompletions(steps: readonly Step[]): string[] {
  const problems: string[] = [];
  const seen = new Set<string>();
  let completed = 0;
  for (const { kind, uploadId, answered } of steps) {
    if (kind === "listed" && answered) seen.add(uploadId);
    if (kind === "listed") continue;
    if (++completed > 1 && !seen.has(uploadId))
      problems.push(`completion ${completed} came without a look at the open upload since the one before`);
    seen.clear();
  }
  return completed === 0 ? ["nothing was completed"] : problems;
}
