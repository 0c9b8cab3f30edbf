/**
 * Access policies, as far as the service has to understand them here: are they policies, and do they let everybody in.
 * @module
 */
import { ServiceFault } from "./service_fault.ts";

/** A statement of a policy, unchecked. */
type Statement = Readonly<Record<string, unknown>>;

function refuse(message: string, ec?: string): ServiceFault {
  return new ServiceFault(400, "InvalidPolicyDocument", message, { ec });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refuse("The policy is not valid JSON.");
  }
}

function isRecord(value: unknown): value is Statement {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Reads a policy.
 * @returns its statements
 * @throws ServiceFault InvalidPolicyDocument
 */
export function readPolicy(text: string): readonly Statement[] {
  const policy = parse(text);
  if (!isRecord(policy)) throw refuse("The policy is not an object.");
  const { Version, Statement: statements } = policy;
  if (Version !== "1") throw refuse("The policy's Version must be 1.", "0030-00000002");
  if (!Array.isArray(statements) || !statements.every(isRecord)) throw refuse("The policy has no Statement list.");
  for (const { Effect } of statements) {
    if (Effect !== "Allow" && Effect !== "Deny") throw refuse("Effect must be Allow or Deny.");
  }
  return statements;
}

/** Whether a policy lets everybody in: it allows something to `*` without a condition. */
export function isPublicPolicy(text: string): boolean {
  return readPolicy(text).some(
    ({ Effect, Principal, Condition }) =>
      Effect === "Allow" &&
      [Principal].flat().includes("*") &&
      (!isRecord(Condition) || Object.keys(Condition).length === 0),
  );
}
