/** Resource pools and the limits of single accounts on them. */
import {
  type Client,
  deleteResourcePoolRequesterQosInfo,
  each,
  getResourcePoolInfo,
  getResourcePoolRequesterQosInfo,
  listResourcePoolBuckets,
  listResourcePoolRequesterQosInfos,
  listResourcePools,
  putResourcePoolRequesterQosInfo,
} from "../../../src/mod.ts";
import { assert, test } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { answering, reads, sends } from "../support/canned.ts";
import { LIMITS, LIMITS_XML } from "../support/qos.ts";
import { assertRefused, failureOf, own, serviceErrorOf } from "../support/world.ts";

const NOW = Date.parse("2026-03-01T08:00:00Z");
const now = (): number => NOW;
const resourcePools = { fast: ["b-two", "b-one", "b-three"], slow: [] };
const options = { service: { now, resourcePools }, client: { now } };
const POOL = { resourcePool: "fast" } as const;
const ONE = { ...POOL, qosRequester: "2028359" } as const;
const noPool = { status: 404, code: "NoSuchResourcePool" };
const paging = { continuationToken: "", nextContinuationToken: "", isTruncated: false };
const region = "oss-cn-hangzhou";

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

operationCase("ListResourcePools", "finds none", async ({ client }) => {
  const empty = own(await listResourcePools(client, {}), 200);
  assert.deepEqual({ ...empty, owner: "" }, { region, ...paging, owner: "", resourcePools: [] });
});

operationCase(
  "ListResourcePools",
  "lists pools page by page",
  async ({ client }) => {
    const first = own(await listResourcePools(client, { maxKeys: 1 }), 200);
    assert.deepEqual(first.resourcePools, [{ name: "fast", createTime: new Date(NOW) }]);
    assert.deepInclude(first, { ...paging, nextContinuationToken: "fast", isTruncated: true });
    const pools = await all(each(client, listResourcePools, { maxKeys: 1 }));
    assert.deepEqual(
      pools.map(({ name }) => name),
      ["fast", "slow"],
    );
  },
  options,
);

operationCase(
  "GetResourcePoolInfo",
  "tells a pool and its limits",
  async ({ client }) => {
    const { qosConfiguration, owner, ...info } = own(await getResourcePoolInfo(client, POOL), 200);
    assert.deepEqual(info, { name: "fast", createTime: new Date(NOW), region });
    assert.isNotEmpty(owner);
    assert.sameMembers(Object.keys(qosConfiguration ?? {}), Object.keys(LIMITS));
    await assertRefused(getResourcePoolInfo(client, { resourcePool: "none" }), noPool);
  },
  options,
);

operationCase(
  "ListResourcePoolBuckets",
  "lists the buckets of a pool page by page",
  async ({ client }) => {
    const first = own(await listResourcePoolBuckets(client, { ...POOL, maxKeys: 2 }), 200);
    assert.deepInclude(first, { resourcePool: "fast", nextContinuationToken: "b-three", isTruncated: true });
    assert.deepEqual(first.buckets[0], { name: "b-one", joinTime: new Date(NOW) });
    const buckets = await all(each(client, listResourcePoolBuckets, { ...POOL, maxKeys: 2 }));
    assert.deepEqual(
      buckets.map(({ name }) => name),
      ["b-one", "b-three", "b-two"],
    );
    await assertRefused(listResourcePoolBuckets(client, { resourcePool: "none" }), noPool);
  },
  options,
);

operationCase(
  "PutResourcePoolRequesterQoSInfo",
  "is what GetResourcePoolRequesterQoSInfo reads",
  async ({ client }) => {
    assert.deepEqual(own(await putResourcePoolRequesterQosInfo(client, { ...ONE, ...LIMITS }), 200), {});
    const read = own(await getResourcePoolRequesterQosInfo(client, ONE), 200);
    assert.deepEqual(read, { requester: ONE.qosRequester, qosConfiguration: LIMITS });
    const other = { ...ONE, resourcePool: "none" };
    await assertRefused(putResourcePoolRequesterQosInfo(client, { ...other, ...LIMITS }), noPool);
  },
  options,
);

operationCase(
  "GetResourcePoolRequesterQoSInfo",
  "finds no limits at first, and of each pool its own",
  async ({ client, oss }) => {
    await putResourcePoolRequesterQosInfo(client, { ...ONE, resourcePool: "slow" });
    assert.equal((await serviceErrorOf(getResourcePoolRequesterQosInfo(client, ONE))).status, 404);
    await oss.clear();
    const cleared = getResourcePoolRequesterQosInfo(client, { ...ONE, resourcePool: "slow" });
    assert.equal((await serviceErrorOf(cleared)).status, 404);
  },
  options,
);

operationCase(
  "ListResourcePoolRequesterQoSInfos",
  "lists requesters page by page",
  async ({ client }) => {
    const empty = own(await listResourcePoolRequesterQosInfos(client, POOL), 200);
    assert.deepEqual(empty, { ...paging, resourcePool: "fast", requesters: [] });
    for (const qosRequester of ["2", "1"]) await putResourcePoolRequesterQosInfo(client, { ...POOL, qosRequester });
    const listed = await all(each(client, listResourcePoolRequesterQosInfos, { ...POOL, maxKeys: 1 }));
    assert.deepEqual(
      listed.map(({ requester }) => requester),
      ["1", "2"],
    );
  },
  options,
);

operationCase(
  "DeleteResourcePoolRequesterQoSInfo",
  "drops one account's limits",
  async ({ client }) => {
    await putResourcePoolRequesterQosInfo(client, { ...ONE, ...LIMITS });
    assert.deepEqual(own(await deleteResourcePoolRequesterQosInfo(client, ONE), 204), {});
    assert.deepEqual((await listResourcePoolRequesterQosInfos(client, POOL)).requesters, []);
  },
  options,
);

test("calls on a pool refuse an empty name before any request", async () => {
  const client = answering(() => assert.fail("nothing may be sent"));
  const none = { resourcePool: "", qosRequester: "1" };
  assert.instanceOf(await failureOf(getResourcePoolInfo(client, none)), TypeError);
  assert.instanceOf(await failureOf(listResourcePoolBuckets(client, none)), TypeError);
  assert.instanceOf(await failureOf(listResourcePoolRequesterQosInfos(client, none)), TypeError);
  assert.instanceOf(await failureOf(putResourcePoolRequesterQosInfo(client, none)), TypeError);
  assert.instanceOf(
    await failureOf(deleteResourcePoolRequesterQosInfo(client, { ...POOL, qosRequester: "" })),
    TypeError,
  );
});

const AT = "https://oss-cn-hangzhou.aliyuncs.com/";
const page = { continuationToken: "a", maxKeys: 3 };
const PAGE = "continuation-token=a&max-keys=3";
sends(listResourcePools, "token and page size", page, { method: "GET", url: `${AT}?resourcePool&${PAGE}` });
sends(getResourcePoolInfo, "the pool", POOL, { method: "GET", url: `${AT}?resourcePoolInfo&resourcePool=fast` });
sends(
  listResourcePoolBuckets,
  "pool, token and page size",
  { ...POOL, ...page },
  { method: "GET", url: `${AT}?resourcePoolBuckets&${PAGE}&resourcePool=fast` },
);
sends(
  putResourcePoolRequesterQosInfo,
  "pool and requester in the query, limits in a document",
  { ...ONE, ...LIMITS },
  {
    method: "PUT",
    url: `${AT}?requesterQosInfo&qosRequester=2028359&resourcePool=fast`,
    headers: { "content-type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${LIMITS_XML}`,
  },
);
reads(
  getResourcePoolInfo,
  POOL,
  {
    body: `<GetResourcePoolInfoResponse><Region>oss-cn-hangzhou</Region><Name>ai</Name><Owner>103</Owner><CreateTime>2024-11-29T08:42:32.000Z</CreateTime>${LIMITS_XML}</GetResourcePoolInfoResponse>`,
  },
  {
    region: "oss-cn-hangzhou",
    name: "ai",
    owner: "103",
    createTime: new Date("2024-11-29T08:42:32Z"),
    qosConfiguration: LIMITS,
  },
);
reads(
  listResourcePoolBuckets,
  POOL,
  {
    body: "<ListResourcePoolBucketsResult><ResourcePool>ai</ResourcePool><ContinuationToken>a</ContinuationToken><NextContinuationToken>b</NextContinuationToken><IsTruncated>true</IsTruncated><ResourcePoolBucket><Name>rp-bucket-01</Name><Group>test-group-1</Group><JoinTime>2024-11-29T08:42:32.000Z</JoinTime></ResourcePoolBucket></ListResourcePoolBucketsResult>",
  },
  {
    resourcePool: "ai",
    continuationToken: "a",
    nextContinuationToken: "b",
    isTruncated: true,
    buckets: [{ name: "rp-bucket-01", group: "test-group-1", joinTime: new Date("2024-11-29T08:42:32Z") }],
  },
);

const prepare = ({ client }: { client: Client }): Promise<unknown> => putResourcePoolRequesterQosInfo(client, ONE);
const pools = { service: { resourcePools } };
presignCase("ListResourcePools", listResourcePools, { input: {} });
presignCase("GetResourcePoolInfo", getResourcePoolInfo, { options: pools, input: POOL });
presignCase("ListResourcePoolBuckets", listResourcePoolBuckets, { options: pools, input: POOL });
presignCase("PutResourcePoolRequesterQoSInfo", putResourcePoolRequesterQosInfo, {
  options: pools,
  input: ONE,
  body: new TextEncoder().encode(LIMITS_XML),
});
presignCase("GetResourcePoolRequesterQoSInfo", getResourcePoolRequesterQosInfo, {
  options: pools,
  prepare,
  input: ONE,
});
presignCase("ListResourcePoolRequesterQoSInfos", listResourcePoolRequesterQosInfos, { options: pools, input: POOL });
presignCase("DeleteResourcePoolRequesterQoSInfo", deleteResourcePoolRequesterQosInfo, {
  options: pools,
  input: ONE,
  status: 204,
});
