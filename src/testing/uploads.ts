/**
 * Finding multipart uploads.
 * @module
 */
import { lenient, type ObjectCall } from "./call.ts";
import { opaqueEtag } from "./etags.ts";
import { type Upload, uploadName } from "./records.ts";
import { ServiceFault } from "./service_fault.ts";

/** The upload was never there, or is completed or aborted. */
function noSuchUpload(id: string, ec: string): ServiceFault {
  const message =
    "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.";
  return new ServiceFault(404, "NoSuchUpload", message, { ec, extras: { UploadId: id } });
}

/**
 * The upload that a request names, by key and id.
 * @param ec number of the error
 * @throws ServiceFault NoSuchUpload
 */
export function findUpload(call: ObjectCall, ec = "0017-00000244"): Upload {
  const id = call.query.get("uploadId") ?? "";
  const upload = call.bucket.uploads.get(uploadName(call.key, id));
  if (upload === undefined) throw noSuchUpload(id, ec);
  return upload;
}

/** The ETag of an object of parts, which is no MD5. */
export function multipartEtag(call: ObjectCall, crc64: bigint, size: number, parts: number): string {
  return opaqueEtag(crc64, size, lenient(call, "opaque-etag") ? "" : `-${parts}`);
}
