/**
 * Deletes what the service has of an upload.
 * @module
 */
import { ServiceError } from "../../errors.ts";
import type { CallOptions } from "../../types.ts";
import { bareRequest } from "../bare.ts";
import type { OpenUpload } from "../job.ts";

/**
 * Deletes the multipart upload and its parts, if there is one.
 * @param job the upload
 * @param call options of the request
 */
export async function deleteParts(
  job: Pick<OpenUpload, "client" | "input" | "uploadId" | "track">,
  call: CallOptions,
): Promise<void> {
  const { client, input, uploadId } = job;
  if (!uploadId) return job.track?.over();
  const request = bareRequest(input, "DELETE", "AbortMultipartUpload", { uploadId });
  await client
    .send(request, call, (_, watch) => watch.text())
    .catch((error: unknown) => {
      if (!(error instanceof ServiceError) || error.code !== "NoSuchUpload") throw error;
    });
  job.uploadId = undefined;
  await job.track?.over();
}
