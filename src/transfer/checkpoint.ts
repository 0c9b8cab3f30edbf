/**
 * The state of an upload in parts, as plain JSON.
 * @module
 */
import type { putObject } from "../operations/object/basic.ts";
import type { OSSRequest } from "../types.ts";
import { contentTypeOf, type UploadJob } from "./job.ts";
import type { UploadRecord } from "./resume/types.ts";
import type { UploadCheckpoint } from "./upload/types.ts";

/** Headers of the object. Others may be anybody's secrets. */
const OF_OBJECT =
  /^(content-(type|disposition|encoding|language)|cache-control|expires|x-oss-(meta-.+|object-(acl|worm-.+)|storage-class|tagging|forbid-overwrite|server-side-(data-)?encryption(-key-id)?))$/;

/**
 * Describes the object that an upload makes, without secrets.
 * @param job the upload
 * @param row describes the object
 */
export async function describe(
  job: UploadJob,
  row: typeof putObject,
): Promise<Pick<UploadRecord, "endpoint" | "bucket" | "headers">> {
  const { client, input } = job;
  const { host, bucket = "" } = client.context.url(input.bucket, input.key);
  const contentType = await contentTypeOf(job);
  const { headers = {} } = row.toRequest({ ...input, contentType, body: "" });
  return { endpoint: host, bucket, headers: describing(headers) };
}

/**
 * Those headers that describe an object, without secrets.
 * @param headers of a request
 */
export function describing(headers: NonNullable<OSSRequest["headers"]>): UploadCheckpoint["headers"] {
  const known = Object.entries(headers).map(([name, value = ""]) => [name.toLowerCase(), value] as const);
  return Object.fromEntries(known.filter(([name, value]) => value && OF_OBJECT.test(name)));
}

/**
 * Writes down what the service has of an upload.
 * @param job the upload
 * @param row describes the object
 * @returns nothing when no multipart upload is open
 */
export async function takeCheckpoint(job: UploadJob, row: typeof putObject): Promise<UploadCheckpoint | undefined> {
  const { input, plan, source, uploadId, partSize, sizes } = job;
  if (!uploadId) return undefined;
  const { bucket, headers } = await describe(job, row);
  const parts = [...job.parts.values()].sort((a, b) => a.partNumber - b.partNumber);
  return {
    version: 1,
    kind: "upload",
    bucket,
    key: input.key,
    uploadId,
    ...(source.size !== undefined && { size: source.size }),
    partSize,
    ...((plan.auto || source.size !== undefined) && sizes && { sizes: [...sizes] }),
    parts: parts.map(({ partNumber, size, etag, crc64 }) => ({
      number: partNumber,
      size,
      ...(etag !== undefined && { etag }),
      ...(crc64 !== undefined && { crc64: `${crc64}` }),
    })),
    headers,
  };
}
