/** Tasks that copy buckets to several zones. */
import {
  type Client,
  createBucketDataRedundancyTransition,
  deleteBucketDataRedundancyTransition,
  each,
  getBucketDataRedundancyTransition,
  listBucketDataRedundancyTransition,
  listUserDataRedundancyTransition,
  putBucket,
} from "../../../src/mod.ts";
import { assert, test } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { answering, reads, sends } from "../support/canned.ts";
import { assertRefused, failureOf, own } from "../support/world.ts";

const ZRS = { targetRedundancyType: "ZRS" } as const;
const NOW = Date.parse("2026-03-01T08:00:00Z");
const frozen = { service: { now: () => NOW }, client: { now: () => NOW } };
const none = { status: 404, code: "BucketDataRedundancyTransitionTaskNotExist" };

operationCase("CreateBucketDataRedundancyTransition", "puts a task into the queue", async ({ client }) => {
  const result = own(await createBucketDataRedundancyTransition(client, ZRS), 200);
  assert.match(result.taskId, /^[\da-f]{32}$/);
  assert.deepEqual(Object.keys(result), ["taskId"]);
});

operationCase("CreateBucketDataRedundancyTransition", "goes from LRS to ZRS only", async ({ client }) => {
  const refused = { status: 400, code: "InvalidArgument" };
  await assertRefused(createBucketDataRedundancyTransition(client, { targetRedundancyType: "LRS" }), refused);
  await putBucket(client, { bucket: "wide", dataRedundancyType: "ZRS" });
  await assertRefused(createBucketDataRedundancyTransition(client, { bucket: "wide", ...ZRS }), refused);
});

operationCase(
  "GetBucketDataRedundancyTransition",
  "tells one task",
  async ({ client, bucket }) => {
    const { taskId } = await createBucketDataRedundancyTransition(client, ZRS);
    const task = own(await getBucketDataRedundancyTransition(client, { taskId }), 200);
    assert.deepEqual(task, { bucket, taskId, transitionStatus: "Queueing", createTime: new Date(NOW) });
    await assertRefused(getBucketDataRedundancyTransition(client, { taskId: "none" }), none);
  },
  frozen,
);

operationCase("DeleteBucketDataRedundancyTransition", "drops one task", async ({ client }) => {
  const { taskId } = await createBucketDataRedundancyTransition(client, ZRS);
  const other = await createBucketDataRedundancyTransition(client, ZRS);
  assert.deepEqual(own(await deleteBucketDataRedundancyTransition(client, { taskId }), 204), {});
  await assertRefused(deleteBucketDataRedundancyTransition(client, { taskId }), none);
  const { transitions } = await listBucketDataRedundancyTransition(client, {});
  assert.deepEqual(
    transitions.map((task) => task.taskId),
    [other.taskId],
  );
});

operationCase(
  "ListBucketDataRedundancyTransition",
  "lists the tasks of a bucket",
  async ({ client, bucket }) => {
    assert.deepEqual(own(await listBucketDataRedundancyTransition(client, {}), 200), {
      transitions: [],
      isTruncated: false,
    });
    const { taskId } = await createBucketDataRedundancyTransition(client, ZRS);
    const { transitions } = await listBucketDataRedundancyTransition(client, {});
    assert.deepEqual(transitions, [{ bucket, taskId, transitionStatus: "Queueing", createTime: new Date(NOW) }]);
  },
  frozen,
);

operationCase("ListUserDataRedundancyTransition", "lists all buckets' tasks, page by page", async ({ client }) => {
  const made: string[] = [];
  for (const bucket of ["b-one", "b-two", "b-two"]) {
    await putBucket(client, { bucket });
    made.push((await createBucketDataRedundancyTransition(client, { bucket, ...ZRS })).taskId);
  }
  const listed: string[] = [];
  for await (const { taskId } of each(client, listUserDataRedundancyTransition, { maxKeys: 2 })) listed.push(taskId);
  assert.deepEqual(listed, made);
  const first = own(await listUserDataRedundancyTransition(client, { maxKeys: 2 }), 200);
  assert.lengthOf(first.transitions, 2);
  assert.isTrue(first.isTruncated);
  assert.isNotEmpty(first.nextContinuationToken);
});

test("calls on a redundancy transition refuse an empty id before any request", async () => {
  const client = answering(() => assert.fail("nothing may be sent"));
  assert.instanceOf(await failureOf(getBucketDataRedundancyTransition(client, { taskId: "" })), TypeError);
  assert.instanceOf(await failureOf(deleteBucketDataRedundancyTransition(client, { taskId: "" })), TypeError);
  assert.instanceOf(await failureOf(listUserDataRedundancyTransition(client, { maxKeys: 0 })), RangeError);
});

const AT = "https://photos.oss-cn-hangzhou.aliyuncs.com/?redundancyTransition";
const TASK = "x-oss-redundancy-transition-taskid=4be5";
sends(createBucketDataRedundancyTransition, "the target", ZRS, {
  method: "POST",
  url: `${AT}&x-oss-target-redundancy-type=ZRS`,
});
sends(getBucketDataRedundancyTransition, "the task", { taskId: "4be5" }, { method: "GET", url: `${AT}&${TASK}` });
sends(deleteBucketDataRedundancyTransition, "the task", { taskId: "4be5" }, { method: "DELETE", url: `${AT}&${TASK}` });
sends(
  listUserDataRedundancyTransition,
  "token and page size",
  { continuationToken: "a+b", maxKeys: 10 },
  {
    method: "GET",
    url: "https://oss-cn-hangzhou.aliyuncs.com/?redundancyTransition&continuation-token=a%2Bb&max-keys=10",
  },
);

const SAMPLE = `<Bucket>examplebucket</Bucket><TaskId>909c6c818dd041d1a44e0fdc66aa</TaskId><Status>Processing</Status>
<CreateTime>2023-11-17T09:14:39.000Z</CreateTime><StartTime>2023-11-17T09:14:40.000Z</StartTime><EndTime>2023-11-18T09:14:39.000Z</EndTime>
<ProcessPercentage>50</ProcessPercentage><EstimatedRemainingTime>16</EstimatedRemainingTime>`;
const READ = {
  bucket: "examplebucket",
  taskId: "909c6c818dd041d1a44e0fdc66aa",
  transitionStatus: "Processing",
  createTime: new Date("2023-11-17T09:14:39Z"),
  startTime: new Date("2023-11-17T09:14:40Z"),
  endTime: new Date("2023-11-18T09:14:39Z"),
  processPercentage: 50,
  estimatedRemainingTime: 16,
};
const one = (inner: string): string => `<BucketDataRedundancyTransition>${inner}</BucketDataRedundancyTransition>`;
const list = (inner: string): { body: string } => ({
  body: `<ListBucketDataRedundancyTransition><IsTruncated>true</IsTruncated><NextContinuationToken>n</NextContinuationToken>${inner}</ListBucketDataRedundancyTransition>`,
});
reads(getBucketDataRedundancyTransition, { taskId: "9" }, { body: one(SAMPLE) }, READ);
const PAGE = { transitions: [READ], isTruncated: true, nextContinuationToken: "n" };
reads(listBucketDataRedundancyTransition, {}, list(one(SAMPLE)), PAGE);
reads(listUserDataRedundancyTransition, {}, list(one(SAMPLE)), PAGE);

const task = async ({ client }: { client: Client }): Promise<{ taskId: string }> => {
  const { taskId } = await createBucketDataRedundancyTransition(client, ZRS);
  return { taskId };
};
presignCase("CreateBucketDataRedundancyTransition", createBucketDataRedundancyTransition, { input: ZRS });
presignCase("GetBucketDataRedundancyTransition", getBucketDataRedundancyTransition, { input: task });
presignCase("DeleteBucketDataRedundancyTransition", deleteBucketDataRedundancyTransition, { input: task, status: 204 });
presignCase("ListBucketDataRedundancyTransition", listBucketDataRedundancyTransition, { input: {} });
presignCase("ListUserDataRedundancyTransition", listUserDataRedundancyTransition, { input: {} });
