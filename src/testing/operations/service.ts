/**
 * Calls without a bucket: ListBuckets, DescribeRegions and ListCloudBoxes.
 * @module
 */
import { requireIdentity } from "../access.ts";
import { ownerFacts, places } from "../bucket_facts.ts";
import { settingOf } from "../bucket_settings.ts";
import { DEFAULT_GROUP } from "../bucket_setup.ts";
import { type Call, invalidArgument } from "../call.ts";
import { orderOf, pageSize } from "../list_options.ts";
import type { Bucket } from "../records.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import { readTags } from "../tag_set.ts";
import type { RouteAnswer } from "../wire.ts";
import { type XmlValue, xmlDocument } from "../xml_write.ts";

function groupOf({ record }: Bucket): string {
  return settingOf(record, "resourceGroup", "BucketResourceGroupConfiguration/ResourceGroupId") ?? DEFAULT_GROUP;
}

/** The tags that a bucket must have: values by key, where any value does `undefined`. */
function wantedTags(call: Call): [string, unknown][] {
  const [key, value] = [call.query.get("tag-key"), call.query.get("tag-value")];
  const one: [string, unknown][] = key ? [[key, value]] : [];
  const text = call.query.get("tagging") ?? "";
  try {
    return [...one, ...Object.entries(JSON.parse(`{${text}}`))];
  } catch {
    throw invalidArgument("tagging", text, 'Tags must be given as "k1":"v1","k2":"v2".');
  }
}

/** Whether a bucket is of the group and has the tags that are asked for. */
function chosen(call: Call): (bucket: Bucket) => boolean {
  const wanted = wantedTags(call);
  const header = call.headers.get("x-oss-resource-group-id");
  const group = header === "" ? DEFAULT_GROUP : header;
  return (bucket) => {
    if (group !== undefined && groupOf(bucket) !== group) return false;
    if (wanted.length === 0) return true;
    const tags = readTags(bucket.record.documents?.["tagging"]);
    return wanted.every(([key, value]) => tags.has(key) && (value === undefined || tags.get(key) === value));
  };
}

function describe(bucket: Bucket): XmlValue {
  const { record } = bucket;
  return {
    CreationDate: new Date(record.created).toISOString(),
    ...places(record.region),
    Name: record.name,
    Region: record.region,
    ResourceGroupId: groupOf(bucket),
    StorageClass: record.storageClass,
  };
}

function listBuckets(call: Call): RouteAnswer {
  const { account } = requireIdentity(call);
  const prefix = call.query.get("prefix") ?? "";
  const marker = call.query.get("marker") ?? "";
  const max = pageSize(call, "max-keys", 100, "0017-00000289");
  const order = orderOf(call.service.settings);
  const fits = chosen(call);
  const mine: Bucket[] = [];
  for (const [name, bucket] of call.service.state.buckets.from((name) => order(name, marker) < 0)) {
    const listed = bucket.record.owner === account.id && name.startsWith(prefix) && name !== marker;
    if (listed && fits(bucket)) mine.push(bucket);
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

/** Nobody has a CloudBox here. */
function listCloudBoxes(call: Call): RouteAnswer {
  const { account } = requireIdentity(call);
  pageSize(call, "max-keys", 100);
  return { body: xmlDocument("ListCloudBoxResult", { Owner: ownerFacts(account.id), CloudBoxes: "" }) };
}

/** The rows of the service. */
export const serviceRoutes: readonly Route[] = [
  { operation: "ListBuckets", method: "GET", scope: "service", access: "owner", run: listBuckets },
  // Elsewhere the parameter chooses another call.
  { operation: "ListBuckets", method: "GET", scope: "service", query: ["tagging"], access: "owner", run: listBuckets },
  {
    operation: "DescribeRegions",
    method: "GET",
    scope: "service",
    query: ["regions"],
    access: "owner",
    run: describeRegions,
  },
  {
    operation: "ListCloudBoxes",
    method: "GET",
    scope: "service",
    query: ["cloudboxes"],
    access: "owner",
    run: listCloudBoxes,
  },
];
