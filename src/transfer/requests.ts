/**
 * Which of an object's headers each request of a multipart upload needs.
 * @module
 */
import type { InitiateMultipartUploadInput } from "../operations/object/multipart.ts";
import type { Described } from "./job.ts";
import type { UploadInput } from "./upload/types.ts";

type ExtraHeaders = UploadInput["headers"];

/** Extra headers that describe the object: the service takes them when the upload is opened. */
const OBJECT_HEADER = /^(content-|cache-control$|expires$|x-oss-(?!traffic-limit$|request-payer$))/i;
/** Extra headers that matter when the upload is completed. */
const COMPLETE_HEADER = /^x-oss-(forbid-overwrite|object-acl|callback)/i;

/** Extra headers that are about a body, how it travels or that it has arrived: opening an upload has none. */
const BODY_HEADER = /^(content-(md5|length)$|x-oss-(callback|traffic-limit$))/i;

function only(headers: ExtraHeaders, keep: (name: string) => boolean): ExtraHeaders {
  return headers && Object.fromEntries(Object.entries(headers).filter(([name]) => keep(name)));
}

/** What every request on an object's parts carries. */
export type PartInput = Pick<UploadInput, "bucket" | "key" | "headers" | "query" | "requestPayer">;

/**
 * What the request carries that opens a multipart upload: all that describes the object.
 * @param input what is uploaded
 * @param contentType its type
 */
export function initiateInput(
  input: Described & Partial<UploadInput>,
  contentType: string | undefined,
): InitiateMultipartUploadInput {
  const { body, headers, ...described } = input;
  return { ...described, contentType, headers: only(headers, (name) => !BODY_HEADER.test(name)) };
}

/**
 * What every request after the first carries: a `Content-MD5` or `Content-Encoding` there would be taken for the part's.
 * @param input what is uploaded
 */
export function partInput({ bucket, key, headers, query, requestPayer }: Described): PartInput {
  return { bucket, key, query, requestPayer, headers: only(headers, (name) => !OBJECT_HEADER.test(name)) };
}

/**
 * What the completing request carries.
 * @param input what is uploaded
 */
export function completeInput(input: Described): PartInput & Pick<UploadInput, "acl" | "callback" | "forbidOverwrite"> {
  const { acl, callback, forbidOverwrite, headers } = input;
  return {
    ...partInput(input),
    acl,
    callback,
    forbidOverwrite,
    headers: only(headers, (name) => COMPLETE_HEADER.test(name) || !OBJECT_HEADER.test(name)),
  };
}
