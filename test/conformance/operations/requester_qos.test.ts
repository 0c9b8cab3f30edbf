/** Limits of single accounts on a bucket. */
import {
  type Client,
  deleteBucketRequesterQosInfo,
  each,
  getBucketRequesterQosInfo,
  listBucketRequesterQosInfos,
  putBucketRequesterQosInfo,
} from "../../../src/mod.ts";
import { assert, test } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { answering, reads, sends } from "../support/canned.ts";
import { LIMITS, LIMITS_XML, UNLIMITED } from "../support/qos.ts";
import { failureOf, own, serviceErrorOf } from "../support/world.ts";

const qosRequester = "202835923910178019";
const AT = "https://photos.oss-cn-hangzhou.aliyuncs.com/?requesterQosInfo";

operationCase("PutBucketRequesterQoSInfo", "is what GetBucketRequesterQoSInfo reads", async ({ client }) => {
  assert.deepEqual(own(await putBucketRequesterQosInfo(client, { qosRequester, ...LIMITS }), 200), {});
  await putBucketRequesterQosInfo(client, { qosRequester: "1" });
  const read = own(await getBucketRequesterQosInfo(client, { qosRequester }), 200);
  assert.deepEqual(read, { requester: qosRequester, qosConfiguration: LIMITS });
  const other = own(await getBucketRequesterQosInfo(client, { qosRequester: "1" }), 200);
  assert.deepEqual(other, { requester: "1", qosConfiguration: UNLIMITED });
});

operationCase("GetBucketRequesterQoSInfo", "finds no limits at first", async ({ client }) => {
  assert.equal((await serviceErrorOf(getBucketRequesterQosInfo(client, { qosRequester }))).status, 404);
});

operationCase("ListBucketRequesterQoSInfos", "lists requesters page by page", async ({ client, bucket }) => {
  const empty = own(await listBucketRequesterQosInfos(client, {}), 200);
  const paging = { bucket, continuationToken: "", nextContinuationToken: "", isTruncated: false };
  assert.deepEqual(empty, { ...paging, requesters: [] });
  for (const uid of ["3", "1", "2"])
    await putBucketRequesterQosInfo(client, { qosRequester: uid, totalQps: Number(uid) });
  const first = own(await listBucketRequesterQosInfos(client, { maxKeys: 2 }), 200);
  assert.deepInclude(first, { ...paging, nextContinuationToken: "2", isTruncated: true });
  const found: unknown[] = [];
  for await (const { requester, qosConfiguration } of each(client, listBucketRequesterQosInfos, { maxKeys: 2 }))
    found.push([requester, qosConfiguration.totalQps]);
  assert.deepEqual(found, [
    ["1", 1],
    ["2", 2],
    ["3", 3],
  ]);
});

operationCase("DeleteBucketRequesterQoSInfo", "drops one account's limits", async ({ client }) => {
  await putBucketRequesterQosInfo(client, { qosRequester, ...LIMITS });
  await putBucketRequesterQosInfo(client, { qosRequester: "1" });
  assert.deepEqual(own(await deleteBucketRequesterQosInfo(client, { qosRequester }), 204), {});
  const { requesters } = await listBucketRequesterQosInfos(client, {});
  assert.deepEqual(
    requesters.map(({ requester }) => requester),
    ["1"],
  );
});

test("calls on a requester refuse an empty one before any request", async () => {
  const client = answering(() => assert.fail("nothing may be sent"));
  assert.instanceOf(await failureOf(putBucketRequesterQosInfo(client, { qosRequester: "" })), TypeError);
  assert.instanceOf(await failureOf(getBucketRequesterQosInfo(client, { qosRequester: "" })), TypeError);
  assert.instanceOf(await failureOf(deleteBucketRequesterQosInfo(client, { qosRequester: "" })), TypeError);
});

sends(
  putBucketRequesterQosInfo,
  "the requester in the query, its limits in a document",
  { qosRequester, ...LIMITS },
  {
    method: "PUT",
    url: `${AT}&qosRequester=${qosRequester}`,
    headers: { "content-type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${LIMITS_XML}`,
  },
);
sends(
  listBucketRequesterQosInfos,
  "token and page size",
  { continuationToken: "a b", maxKeys: 7 },
  { method: "GET", url: `${AT}&continuation-token=a%20b&max-keys=7` },
);
reads(
  listBucketRequesterQosInfos,
  {},
  {
    body: `<ListBucketRequesterQoSInfosResult><Bucket>oss-example</Bucket><ContinuationToken>abc</ContinuationToken><NextContinuationToken>def</NextContinuationToken><IsTruncated>true</IsTruncated><RequesterQoSInfo><Requester>266</Requester>${LIMITS_XML}</RequesterQoSInfo></ListBucketRequesterQoSInfosResult>`,
  },
  {
    bucket: "oss-example",
    continuationToken: "abc",
    nextContinuationToken: "def",
    isTruncated: true,
    requesters: [{ requester: "266", qosConfiguration: LIMITS }],
  },
);

const prepare = ({ client }: { client: Client }): Promise<unknown> =>
  putBucketRequesterQosInfo(client, { qosRequester, ...LIMITS });
presignCase("PutBucketRequesterQoSInfo", putBucketRequesterQosInfo, {
  input: { qosRequester },
  body: new TextEncoder().encode(LIMITS_XML),
});
presignCase("GetBucketRequesterQoSInfo", getBucketRequesterQosInfo, { prepare, input: { qosRequester } });
presignCase("ListBucketRequesterQoSInfos", listBucketRequesterQosInfos, { input: {} });
presignCase("DeleteBucketRequesterQoSInfo", deleteBucketRequesterQosInfo, { input: { qosRequester }, status: 204 });
