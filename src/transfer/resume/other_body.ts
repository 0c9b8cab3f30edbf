/**
 * What to do about a body that is not the one that an unfinished upload began with. Loaded on demand.
 * @module
 */
import { show } from "../../core/validate.ts";
import { SourceChangedError } from "../../errors.ts";
import type { UploadJob } from "../job.ts";

/**
 * Makes an error that says what to do.
 * @param job the upload
 * @param what which facts are not those of the body
 */
export function otherBody(job: UploadJob, what: string): SourceChangedError {
  const advice = "upload the one it began with, or say fresh: true to delete what is there and begin anew";
  return new SourceChangedError(`${show(job.input.key)}: ${what} that an unfinished upload began with: ${advice}`);
}
