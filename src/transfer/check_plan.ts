/**
 * Checks of how a transfer is cut. An upload loads them with what rescues it, and asks before its first request.
 * @module
 */
import { checkInteger } from "../core/validate.ts";
import { fillPlan, MAX_PART, MIN_PART, type Plan, type PlanOptions } from "./plan.ts";

/**
 * Checks the choices.
 * @param options the caller's
 * @param least the shortest part. @default 100 KiB, which the service takes
 * @param most the longest part, and the longest body in one request. @default 5 GiB
 * @throws RangeError naming the option and its value
 */
export function checkPlan(options: PlanOptions, least: number = MIN_PART, most: number = MAX_PART): void {
  const { partSize = "auto", concurrency = "auto", multipartThreshold = 0 } = options;
  if (partSize !== "auto") checkInteger("partSize", partSize, least, most);
  if (concurrency !== "auto") checkInteger("concurrency", concurrency, 1, 1000);
  checkInteger("multipartThreshold", multipartThreshold, 0, most);
}

/**
 * Checks the choices and fills in the defaults.
 * @param options the caller's choices
 * @throws RangeError naming the option and its value
 */
export function makePlan(options: PlanOptions): Plan {
  checkPlan(options);
  return fillPlan(options);
}
