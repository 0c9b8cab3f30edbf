/**
 * Calls without a bucket: ListBuckets and DescribeRegions.
 * @module
 */
import { requireIdentity } from "../access.ts";
import { ownerFacts, places } from "../bucket_facts.ts";
import type { Call } from "../call.ts";
import { orderOf, pageSize } from "../list_options.ts";
import type { Bucket } from "../records.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import type { RouteAnswer } from "../wire.ts";
import { type XmlValue, xmlDocument } from "../xml_write.ts";

function describe({ record }: Bucket): XmlValue {
  return {
    CreationDate: new Date(record.created).toISOString(),
    ...places(record.region),
    Name: record.name,
    Region: record.region,
    StorageClass: record.storageClass,
  };
}

function listBuckets(call: Call): RouteAnswer {
  const { account } = requireIdentity(call);
  const prefix = call.query.get("prefix") ?? "";
  const marker = call.query.get("marker") ?? "";
  const max = pageSize(call, "max-keys", 100, "0017-00000289");
  const order = orderOf(call.service.settings);
  const mine: Bucket[] = [];
  for (const [name, bucket] of call.service.state.buckets.from((name) => order(name, marker) < 0)) {
    if (bucket.record.owner === account.id && name.startsWith(prefix) && name !== marker) mine.push(bucket);
    if (mine.length > max) break;
  }
  const truncated = mine.length > max;
  const page = mine.slice(0, max);
  const last = page[page.length - 1];
  // The paging elements are absent from a complete list.
  const paging = { Prefix: prefix, Marker: marker, MaxKeys: max, IsTruncated: true, NextMarker: last?.record.name };
  const document = xmlDocument("ListAllMyBucketsResult", {
    ...(truncated ? paging : {}),
    Owner: ownerFacts(account.id),
    Buckets: { Bucket: page.map(describe) },
  });
  return { body: document };
}

/** Regions that DescribeRegions knows beside those in use. */
const REGIONS: readonly string[] = ["cn-hangzhou", "cn-shanghai", "cn-beijing", "us-west-1"];

function describeRegions(call: Call): RouteAnswer {
  requireIdentity(call);
  const asked = call.query.get("regions") ?? "";
  const known = [...new Set([call.service.settings.region, ...REGIONS])].filter(
    (region) => asked === "" || asked === `oss-${region}`,
  );
  if (known.length === 0) {
    throw new ServiceFault(404, "NoSuchRegion", "The specified region does not exist.", { extras: { Region: asked } });
  }
  const document = xmlDocument("RegionInfoList", {
    RegionInfo: known.map((region) => ({
      Region: `oss-${region}`,
      InternetEndpoint: `oss-${region}.aliyuncs.com`,
      InternalEndpoint: `oss-${region}-internal.aliyuncs.com`,
      AccelerateEndpoint: "oss-accelerate.aliyuncs.com",
    })),
  });
  return { body: document };
}

/** The rows of the service. */
export const serviceRoutes: readonly Route[] = [
  { operation: "ListBuckets", method: "GET", scope: "service", access: "owner", run: listBuckets },
  {
    operation: "DescribeRegions",
    method: "GET",
    scope: "service",
    query: ["regions"],
    access: "owner",
    run: describeRegions,
  },
];
