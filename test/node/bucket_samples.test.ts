/** Configurations of buckets as the service and its clients' fixtures write them, where a checkout of those lies near. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import {
  describeRegions,
  getBucketCors,
  getBucketInfo,
  getBucketLifecycle,
  getBucketLogging,
  getBucketReferer,
  getBucketStat,
  getBucketTags,
  getBucketWebsite,
  type Operation,
} from "../../src/mod.ts";
import { answering } from "../conformance/support/canned.ts";
import { assert, environment, test } from "../harness.ts";

const folder = path.join(environment.root, "../shared/vectors/xml");
const missing = existsSync(folder) ? {} : { skip: { node: `NOT RUN: the samples are not at ${folder}` } };

/** Declares what an operation makes of a sample. */
function sample<O extends object>(file: string, operation: Operation<never, O>, expected: object): void {
  test(`XML samples: ${operation.operationName} reads ${file}`, missing, async () => {
    const body = readFileSync(path.join(folder, file), "utf8");
    const { status, requestId, headers, ...result } = {
      status: 0,
      requestId: "",
      headers: null,
      // Calls on a bucket need nothing else.
      ...(await operation(
        answering(() => new Response(body)),
        {} as never,
      )),
    };
    assert.deepEqual([status, requestId], [200, ""]);
    assert.instanceOf(headers, Headers);
    assert.deepEqual(result as object, expected);
  });
}

const rule = { tags: [], transitions: [], noncurrentVersionTransitions: [] };

sample("bucket-stat-recorded-short.xml", getBucketStat, {
  storage: 472_594_058,
  objectCount: 666,
  multipartUploadCount: 992,
});
sample("bucket-logging.xml", getBucketLogging, { targetBucket: "bucket-log", targetPrefix: "prefix-access_log" });
sample("bucket-tags.xml", getBucketTags, { tagging: { testa: "testv1", testb: "testv2" } });
sample("bucket-website.xml", getBucketWebsite, {
  indexDocument: { suffix: "index.html" },
  errorDocument: { key: "error.html", httpStatus: 404 },
  routingRules: [],
});
sample("bucket-referer-recorded.xml", getBucketReferer, {
  allowEmptyReferer: true,
  refererList: ["http://hello.com", "mibrowser:home", "阿里巴巴"],
  refererBlacklist: [],
});
sample("bucket-lifecycle-recorded.xml", getBucketLifecycle, {
  rules: [
    {
      ...rule,
      id: "whatever",
      prefix: "lifecycle rule 1",
      status: "Disabled",
      expiration: { date: new Date("2015-12-25T00:00:00.000Z") },
    },
  ],
});
sample("bucket-lifecycle-transitions.xml", getBucketLifecycle, {
  rules: [
    {
      ...rule,
      id: "atime transition1",
      prefix: "logs1/",
      status: "Enabled",
      transitions: [{ days: 30, storageClass: "IA", isAccessTime: true, returnToStdWhenVisit: false }],
      atimeBase: 1_631_698_332,
    },
    {
      ...rule,
      id: "atime transition2",
      prefix: "logs2/",
      status: "Enabled",
      noncurrentVersionTransitions: [
        { noncurrentDays: 10, storageClass: "IA", isAccessTime: true, returnToStdWhenVisit: false },
      ],
      atimeBase: 1_631_698_332,
    },
  ],
});
sample("bucket-referer-blacklist.xml", getBucketReferer, {
  allowEmptyReferer: false,
  allowTruncateQueryString: true,
  truncatePath: true,
  refererList: ["http://www.aliyun.com", "https://www.aliyun.com", "http://www.*.com", "https://www.?.aliyuncs.com"],
  refererBlacklist: ["http://www.refuse.com", "https://*.hack.com", "http://ban.*.com", "https://www.?.deny.com"],
});
const first = {
  allowedOrigins: ["*"],
  allowedMethods: ["PUT", "GET"],
  allowedHeaders: ["Authorization"],
  exposeHeaders: [],
};
sample("bucket-cors-one.xml", getBucketCors, { rules: [first] });
sample("bucket-cors.xml", getBucketCors, {
  rules: [
    first,
    {
      allowedOrigins: ["http://example.com", "http://example.net"],
      allowedMethods: ["GET"],
      allowedHeaders: ["Authorization"],
      exposeHeaders: ["x-oss-test", "x-oss-test1"],
      maxAgeSeconds: 100,
    },
  ],
  responseVary: false,
});
sample("describe-regions-one.xml", describeRegions, {
  regions: [
    {
      region: "oss-cn-hangzhou",
      internetEndpoint: "oss-cn-hangzhou.aliyuncs.com",
      internalEndpoint: "oss-cn-hangzhou-internal.aliyuncs.com",
      accelerateEndpoint: "oss-accelerate.aliyuncs.com",
    },
  ],
});
sample("bucket-info.xml", getBucketInfo, {
  accessMonitor: "Enabled",
  creationDate: new Date("2013-07-31T10:56:21.000Z"),
  extranetEndpoint: "oss-cn-hangzhou.aliyuncs.com",
  intranetEndpoint: "oss-cn-hangzhou-internal.aliyuncs.com",
  location: "oss-cn-hangzhou",
  storageClass: "Standard",
  transferAcceleration: "Disabled",
  crossRegionReplication: "Disabled",
  dataRedundancyType: "LRS",
  name: "oss-example",
  resourceGroupId: "rg-aek27tc********",
  owner: { displayName: "username", id: "27183473914****" },
  acl: "private",
  logBucket: "examplebucket",
  logPrefix: "log/",
});
