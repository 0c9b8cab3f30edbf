/**
 * Turns anything thrown into plain JSON that can travel to the controller.
 * @module
 */

export interface Failure {
  readonly message: string;
  readonly stack: string;
  readonly cause?: Failure | undefined;
}

const MAX_TEXT = 8000;

/** Name, message and stack of a thrown value, causes included. */
export function describeError(error: unknown, depth = 0): Failure {
  if (!(error instanceof Error) && !isErrorLike(error)) return { message: `Threw ${show(error)}`, stack: "" };
  const cause: unknown = error.cause;
  return {
    message: `${error.name}: ${error.message}`.slice(0, MAX_TEXT),
    stack: frames(error).slice(0, MAX_TEXT),
    cause: cause === undefined || depth >= 4 ? undefined : describeError(cause, depth + 1),
  };
}

/** A DOMException is no Error in every runtime, and an error of another realm never is. */
function isErrorLike(value: unknown): value is Error {
  return typeof value === "object" && value !== null && "message" in value && "name" in value;
}

/** The lines of the stack that are places in the code: engines differ in whether the message comes first. */
function frames(error: Error): string {
  const lines = (error.stack ?? "").split("\n");
  return lines.filter((line) => /^\s*at |@.*:\d+:\d+|:\d+:\d+\)?$/.test(line)).join("\n");
}

function show(value: unknown): string {
  try {
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}
