/**
 * The conditions of a policy, read and applied one at a time.
 * @module
 */
import { ServiceFault } from "./service_fault.ts";
import { accessDenied } from "./verify_faults.ts";
import { invalidPolicy } from "./verify_policy_document.ts";
import type { PolicyForm } from "./verify_types.ts";

type TextMode = (value: string, operand: string) => boolean;
type ListMode = (value: string, operand: readonly unknown[]) => boolean;

/** Conditions whose operand is a text. */
const TEXT_MODES: ReadonlyMap<unknown, TextMode> = /* @__PURE__ */ new Map<unknown, TextMode>([
  ["eq", (value, operand) => value === operand],
  ["starts-with", (value, operand) => value.startsWith(operand)],
]);

/** Conditions whose operand is a list. */
const LIST_MODES: ReadonlyMap<unknown, ListMode> = /* @__PURE__ */ new Map<unknown, ListMode>([
  ["in", (value, operand) => operand.includes(value)],
  ["not-in", (value, operand) => !operand.includes(value)],
]);

/** The value that a condition is about; a field that is not there counts as empty. */
function fieldValue(form: PolicyForm, name: string): string {
  if (name === "bucket") return form.bucket;
  return name === "key" ? form.key : (form.fields.get(name) ?? "");
}

function requireMatch(matches: boolean, condition: unknown): void {
  if (matches) return;
  const message = `Invalid according to Policy: Policy Condition failed: ${JSON.stringify(condition)}`;
  throw accessDenied(message, "0006-00000227");
}

function checkRange(min: unknown, max: unknown, size: number | undefined): void {
  const range = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
  if (!range(min)) throw invalidPolicy("Invalid content-length-range.", "0006-00000223");
  if (!range(max)) throw invalidPolicy("Invalid content-length-range.", "0006-00000221");
  if (max < min) throw invalidPolicy("Invalid content-length-range.", "0006-00000219");
  if (size === undefined) return;
  if (size > max) {
    throw new ServiceFault(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size.", {
      ec: "0006-00000003",
    });
  }
  if (size < min) {
    throw new ServiceFault(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size.", {
      ec: "0006-00000004",
    });
  }
}

/** Applies `["mode", "$field", operand]`. */
function checkList(condition: readonly unknown[], form: PolicyForm): string {
  const [mode, field, operand, ...more] = condition;
  if (mode === "content-length-range") {
    if (condition.length !== 3) throw invalidPolicy("Invalid content-length-range.", "0006-00000218");
    checkRange(field, operand, form.size);
    return mode;
  }
  const text = TEXT_MODES.get(mode);
  const list = LIST_MODES.get(mode);
  if (text === undefined && list === undefined)
    throw invalidPolicy("a condition has no matching mode.", "0006-00000216");
  if (condition.length < 3 || more.length > 0) throw invalidPolicy("a condition has three parts.", "0006-00000218");
  if (typeof field !== "string") throw invalidPolicy("a condition names no field.", "0006-00000224");
  const name = field.replace(/^\$/, "").toLowerCase();
  const value = fieldValue(form, name);
  if (text !== undefined && typeof operand === "string") requireMatch(text(value, operand), condition);
  else if (list !== undefined && Array.isArray(operand)) requireMatch(list(value, operand), condition);
  else throw invalidPolicy("a condition's value has the wrong type.", "0006-00000224");
  return name;
}

/**
 * Applies one condition to a form.
 * @param form field names in lower case
 * @returns the name of the field that the condition restricts
 * @throws ServiceFault AccessDenied, EntityTooLarge or EntityTooSmall when it fails, InvalidPolicyDocument when it is malformed
 */
export function checkCondition(condition: unknown, form: PolicyForm): string {
  if (Array.isArray(condition)) return checkList(condition, form);
  if (typeof condition !== "object" || condition === null) {
    throw invalidPolicy("a condition is neither a map nor a list.", "0006-00000222");
  }
  const [entry, ...more] = Object.entries(condition);
  if (entry === undefined || more.length > 0) {
    throw invalidPolicy(
      "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.",
      undefined,
    );
  }
  const [name, operand]: [string, unknown] = entry;
  if (typeof operand !== "string") throw invalidPolicy("a condition's value has the wrong type.", "0006-00000224");
  requireMatch(fieldValue(form, name.toLowerCase()) === operand, condition);
  return name.toLowerCase();
}
