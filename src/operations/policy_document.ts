/**
 * Access policies: JSON texts that calls send and answer as they are.
 * @module
 */
import { encodeUtf8 } from "../codec/utf8.ts";
import { type ResultReader, resultOf } from "../core/response.ts";
import { need } from "../core/validate.ts";
import type { Body, Result } from "../types.ts";

/** An access policy. */
export interface PolicyDocument {
  /** JSON: `{"Version":"1","Statement":[...]}`. */
  readonly policy: string;
}

/** A result that is an access policy. */
export interface PolicyResult extends Result, PolicyDocument {}

/** Where a policy goes: into the body, whose type it tells. */
export const policyWire = (): { readonly policy: () => Record<string, string> } => ({
  policy: () => ({ "content-type": "application/json" }),
});

/**
 * The body of a call that puts a policy.
 * @throws TypeError when there is none
 */
export function policyBody(input: PolicyDocument): Body {
  need(input, "policy");
  return encodeUtf8(input.policy);
}

/** Reads a policy as it is. */
export const policyResult: ResultReader<PolicyResult> = async (response, _, watch) => ({
  policy: await watch.text(),
  ...resultOf(response),
});
