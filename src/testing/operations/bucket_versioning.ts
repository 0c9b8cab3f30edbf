/**
 * Whether a bucket keeps versions.
 * @module
 */
import type { BucketCall } from "../call.ts";
import { receiveText } from "../receive.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import type { RouteAnswer } from "../wire.ts";
import { childText, readXml } from "../xml_read.ts";
import { xmlDocument } from "../xml_write.ts";

const ROOT = "VersioningConfiguration";

async function putBucketVersioning(call: BucketCall): Promise<RouteAnswer> {
  const status = childText(readXml(await receiveText(call), ROOT), "Status");
  if (status !== "Enabled" && status !== "Suspended") {
    throw new ServiceFault(400, "MalformedXML", "Status must be Enabled or Suspended.");
  }
  const { record } = call.bucket;
  if (status === "Suspended" && record.documents?.["objectWorm"] !== undefined) {
    throw new ServiceFault(400, "InvalidRequest", "The bucket's object WORM configuration needs versioning.");
  }
  await call.service.state.putBucket({ ...record, versioning: status });
  return {};
}

/** A bucket that never had versioning answers with an empty element. */
function getBucketVersioning({ bucket }: BucketCall): RouteAnswer {
  return { body: xmlDocument(ROOT, { Status: bucket.record.versioning }) };
}

/** The rows of versioning. */
export const bucketVersioningRoutes: readonly Route[] = [
  {
    operation: "PutBucketVersioning",
    method: "PUT",
    scope: "bucket",
    query: ["versioning"],
    access: "owner",
    run: putBucketVersioning,
  },
  {
    operation: "GetBucketVersioning",
    method: "GET",
    scope: "bucket",
    query: ["versioning"],
    access: "owner",
    run: getBucketVersioning,
  },
];
