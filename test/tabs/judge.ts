/**
 * What must hold of two tabs that race for one upload, whatever happens to them.
 * @module
 */
import { createClient, each, listMultipartUploads } from "../../src/mod.ts";
import type { TestOSS } from "../../src/testing/mod.ts";

/** A request as the service saw it. */
export interface Step {
  /** Whose keys it was signed with. */
  readonly tab: string;
  readonly kind: "part" | "complete" | "other";
  readonly part: number;
  readonly began: number;
  /** When it was answered with 200. */
  answered?: number;
}

/** How one tab saw the race. */
export interface Seat {
  readonly tab: string;
  /** What it was about to do, or had done, with its store; nothing when its page never ran. */
  readonly stages: readonly string[];
  /** Bytes that were confirmed, each time it was told. */
  readonly progress: readonly number[];
  /** How it ended; a tab that died said nothing. */
  readonly end?: { readonly event: string; readonly message?: string; readonly left?: readonly string[] };
}

/** One race. */
export interface Round {
  readonly key: string;
  readonly seats: readonly Seat[];
  /** Who died, and when. */
  readonly death?: { readonly tab: string; readonly time: number; readonly heard: boolean } | undefined;
}

/** One driver at any moment: a new one begins only after the old one is dead. */
function drivers(steps: readonly Step[], { death }: Round): string[] {
  const problems: string[] = [];
  steps.forEach((step, at) => {
    const before = steps[at - 1];
    if (!before || before.tab === step.tab) return;
    const right = before.tab === death?.tab && step.began >= death.time;
    if (!right) problems.push(`${step.tab} asked for something while ${before.tab} drove`);
  });
  return problems;
}

/** How a request lies to the one before it: tells a lost answer from one that was not heeded. */
function since({ began, answered }: Step, step: Step): string {
  const told = answered === undefined ? "not answered" : `answered after ${Math.round(answered - began)} ms`;
  return `: the first was ${told}, the second came after ${Math.round(step.began - began)} ms`;
}

/** What the service had at the death is not sent again, by nobody; what was in flight may have been too late. */
function parts(steps: readonly Step[], { death }: Round): string[] {
  const problems: string[] = [];
  const seen = new Map<number, Step>();
  for (const step of steps.filter(({ kind }) => kind === "part")) {
    const before = seen.get(step.part);
    if (before?.answered !== undefined && before.answered < (death?.time ?? step.began))
      problems.push(`part ${step.part} of ${before.tab} was sent again by ${step.tab}`);
    if (before && before.tab === step.tab)
      problems.push(`part ${step.part} was sent twice by ${step.tab}${since(before, step)}`);
    seen.set(step.part, step);
  }
  return problems;
}

/** Who lives has the object, and has seen it grow. */
function seats(size: number, { seats, death }: Round): string[] {
  const problems: string[] = [];
  for (const { tab, stages, progress, end } of seats.filter(({ tab }) => tab !== death?.tab)) {
    const silent = stages.length === 0 ? "its page never loaded" : `never ended: ${stages.join(", ")}`;
    if (end?.event !== "done") problems.push(`${tab}: ${end ? `${end.event}: ${end.message ?? ""}` : silent}`);
    if (end?.left?.length) problems.push(`${tab}: ${end.left} stayed in the store`);
    if (progress.at(-1) !== size) problems.push(`${tab}: its last progress was ${progress.at(-1)} of ${size}`);
    if (progress.some((bytes, at) => bytes < (progress[at - 1] ?? 0))) problems.push(`${tab}: progress went back`);
    if (!death && !progress.some((bytes) => bytes > 0 && bytes < size)) problems.push(`${tab}: it saw only the end`);
  }
  return problems;
}

/**
 * Tells what was wrong with a race.
 * @param oss the service
 * @param bucket where the object is
 * @param content what it must be
 * @param steps what the service saw
 * @param round what the tabs saw
 */
export async function judge(
  oss: TestOSS,
  bucket: string,
  content: Uint8Array,
  steps: readonly Step[],
  round: Round,
): Promise<string[]> {
  const client = createClient({ ...oss.clientOptions, bucket });
  const problems = [...drivers(steps, round), ...parts(steps, round), ...seats(content.length, round)];
  const completed = steps.filter(({ kind, answered }) => kind === "complete" && answered !== undefined).length;
  if (completed !== 1) problems.push(`it was completed ${completed} times`);
  if (completed > 0) {
    const stored = await client.send({ method: "GET", bucket, key: round.key });
    if (Buffer.compare(new Uint8Array(await stored.arrayBuffer()), content) !== 0)
      problems.push("the object has other bytes");
  }
  for await (const { uploadId } of each(client, listMultipartUploads, { prefix: round.key }))
    problems.push(`upload ${uploadId} was left open`);
  return problems;
}
