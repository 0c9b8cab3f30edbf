/**
 * How a transfer ends that another one drives now.
 * @module
 */
import { OSSError } from "../../errors.ts";

/** The reason of its abort. */
export function takenOver(): OSSError {
  return new OSSError("another tab or process has taken it over", "TakenOver");
}
