/**
 * What is written down of an upload.
 * @module
 */
import { isHandle } from "../../streams/kinds.ts";
import type { UploadJob } from "../job.ts";
import type { Facts } from "./record_multipart.ts";
import type { UploadRecord } from "./types.ts";

/**
 * Tells an upload from others, and how it is cut by now.
 * @param job the upload
 * @param object as it is described
 */
export function uploadFacts(job: UploadJob, object: Pick<UploadRecord, "endpoint" | "bucket" | "headers">): Facts {
  const { input, plan, source, partSize, sizes } = job;
  const { size, name, lastModified } = source;
  const uneven = plan.auto ? (sizes ?? []) : size === undefined ? undefined : sizes;
  const handle = isHandle(input.body) ? input.body : undefined;
  return { kind: "upload", ...object, key: input.key, partSize, sizes: uneven, size, name, lastModified, handle };
}
