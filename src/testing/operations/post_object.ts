/**
 * PostObject: uploads of HTML forms.
 * @module
 */
import { allow } from "../access.ts";
import { checkPublicAcl } from "../access_block.ts";
import { type BucketCall, invalidArgument, type ObjectCall, verifyOptions } from "../call.ts";
import { callBack, readCallback } from "../callback.ts";
import { encryptionOf } from "../encryption.ts";
import { opaqueEtag } from "../etags.ts";
import { type Form, readForm } from "../form_data.ts";
import { checkKey, objectAcl, storageClass, storedHeaders } from "../object_headers.ts";
import { taggingHeader } from "../object_tagging.ts";
import { checkLength, receive } from "../receive.ts";
import type { ObjectRecord } from "../records.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import { encodeText } from "../text.ts";
import { checkTrafficLimit } from "../traffic_limit.ts";
import { verifyPolicy } from "../verify.ts";
import type { HeaderMap, RouteAnswer } from "../wire.ts";
import { xmlDocument } from "../xml_write.ts";
import { crcHeader, storeObject, wholeSeconds } from "./put_object.ts";

/** The fields as headers of a put; `x-oss-content-type` beats the type of the file's part. */
function formHeaders(form: Form): HeaderMap {
  const headers = new Map(form.fields);
  const type = headers.get("x-oss-content-type") ?? form.file?.type ?? headers.get("content-type");
  if (type !== undefined) headers.set("content-type", type);
  return headers;
}

/** The key, with `${filename}` filled in. */
function keyOf(form: Form): string {
  const key = form.fields.get("key");
  if (key !== undefined && key !== "") {
    return key.replace(/\$\{filename\}/g, () => form.file?.name ?? "");
  }
  throw invalidArgument("key", "", "Bucket POST must contain a field named 'key'.");
}

async function readRequest(call: BucketCall): Promise<Form & { readonly file: NonNullable<Form["file"]> }> {
  const { body } = call.request;
  const type = call.headers.get("content-type") ?? "";
  const form = body === null ? undefined : await readForm(body, type);
  if (form?.file !== undefined) return { ...form, file: form.file };
  const message = "POST requires exactly one file upload per request.";
  throw new ServiceFault(400, "IncorrectNumberOfFilesInPOSTRequest", message);
}

function answer(
  call: BucketCall,
  form: Form,
  key: string,
  etag: string,
  more: NonNullable<RouteAnswer["headers"]>,
): RouteAnswer {
  const location = `http://${call.headers.get("host") ?? ""}/${encodeText(key)}`;
  const headers = { etag, location, ...more };
  const redirect = form.fields.get("success_action_redirect");
  if (redirect !== undefined && /^https?:\/\//.test(redirect)) {
    const query = `bucket=${call.bucketName}&key=${encodeText(key)}&etag=${encodeText(etag)}`;
    return {
      status: 303,
      headers: { ...headers, location: `${redirect}${redirect.includes("?") ? "&" : "?"}${query}` },
    };
  }
  const wanted = form.fields.get("success_action_status");
  if (wanted === "200") return { headers };
  if (wanted !== "201") return { status: 204, headers };
  const document = xmlDocument("PostResponse", { Bucket: call.bucketName, ETag: etag, Key: key, Location: location });
  return { status: 201, headers, body: document };
}

async function postObject(call: BucketCall): Promise<RouteAnswer> {
  const { bucket, bucketName, service } = call;
  checkLength(call);
  const form = await readRequest(call);
  const { fields } = form;
  const key = keyOf(form);
  checkKey(call, key);
  const options = verifyOptions(service, call.address, call.now);
  const policy = { fields, bucket: bucketName, key };
  const identity = await verifyPolicy({ ...policy, size: undefined }, options);
  const posted: ObjectCall = { ...call, identity, key, headers: formHeaders(form) };
  allow(posted, bucket, key, "write");
  checkPublicAcl(posted, bucket.record);
  checkTrafficLimit(posted);
  const wish = readCallback(posted, fields);
  const facts = {
    headers: storedHeaders(posted),
    encryption: encryptionOf(posted),
    acl: objectAcl(fields.get("x-oss-object-acl")),
    storageClass: storageClass(fields.get("x-oss-storage-class"), bucket.record.storageClass),
    ...taggingHeader(posted.headers),
  };
  const { content, crc64 } = await receive(posted, form.file.body);
  // The limits of the size can only be checked now.
  await verifyPolicy({ ...policy, size: content.size }, options);
  const etag = opaqueEtag(crc64, content.size);
  const record: ObjectRecord = {
    key,
    content,
    etag,
    crc64,
    modified: wholeSeconds(call.now),
    type: "Normal",
    ...facts,
  };
  const version = await storeObject(posted, bucket, record, fields.get("x-oss-forbid-overwrite"));
  const plain = answer(call, form, key, etag, { ...version, ...crcHeader(call, crc64) });
  return callBack(posted, wish, record, "PostObject", plain);
}

/** The row of PostObject. */
export const postObjectRoutes: readonly Route[] = [
  {
    operation: "PostObject",
    method: "POST",
    scope: "bucket",
    access: "route",
    cors: true,
    signed: false,
    run: postObject,
  },
];
