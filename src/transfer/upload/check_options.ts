/**
 * Checks of the options that transfers have in common.
 * @module
 */
import { checkInteger, show } from "../../core/validate.ts";
import type { CallOptions } from "../../types.ts";
import { checkPlan } from "../check_plan.ts";
import type { PlanOptions } from "../plan.ts";

interface Options extends CallOptions, PlanOptions {
  readonly onProgress?: unknown;
  readonly checkpoints?: unknown;
  readonly checkpoint?: unknown;
  readonly slots?: unknown;
  readonly priority?: number | undefined;
}

/**
 * Checks them before any request: a request would tell late, and then name a part.
 * @param options the caller's
 * @param least the shortest part. @default what the service takes
 * @param most the longest part. @default what the service takes
 * @throws TypeError, RangeError naming the option and its value
 */
export function checkOptions(options: Options, least?: number, most?: number): void {
  const {
    timeout = 1,
    stallTimeout = 1,
    integrity = "none",
    maxRetryTime = 0,
    onProgress,
    onWaiting,
    checkpoints,
    checkpoint = null,
    maxBuffer = 0,
    slots,
    priority = 0,
  } = options;
  checkPlan(options, least, most);
  checkInteger("timeout", timeout, 1);
  checkInteger("stallTimeout", stallTimeout, 1);
  checkInteger("maxRetryTime", maxRetryTime, 0);
  checkInteger("maxBuffer", maxBuffer, 0);
  if (integrity !== "crc64" && integrity !== "none")
    throw new TypeError(`integrity must be "crc64" or "none", got ${show(integrity)}`);
  if (onProgress !== undefined && typeof onProgress !== "function")
    throw new TypeError(`onProgress must be a function, got ${show(onProgress)}`);
  if (onWaiting !== undefined && typeof onWaiting !== "function")
    throw new TypeError(`onWaiting must be a function, got ${show(onWaiting)}`);
  if (checkpoints !== undefined && typeof Object(checkpoints).get !== "function")
    throw new TypeError(`checkpoints must be a store, got ${show(checkpoints)}`);
  if (typeof checkpoint !== "object") throw new TypeError(`checkpoint must be an object, got ${show(checkpoint)}`);
  if (slots !== undefined && typeof Object(slots).take !== "function")
    throw new TypeError(`slots must be made by createSlots, got ${show(slots)}`);
  if (!Number.isFinite(priority)) throw new RangeError(`priority must be a number, got ${show(priority)}`);
}
