/** Batch jobs. */
import {
  type CreateJobInput,
  createJob,
  describeJob,
  each,
  listJobs,
  pages,
  presign,
  updateJobPriority,
  updateJobStatus,
} from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase, type Stage } from "../cases.ts";
import { FULL, GENERATOR, JOB_ID, MANIFEST, SMALL } from "../support/batch_job.ts";
import { assertRefused, failureOf, own } from "../support/world.ts";

const NOW = Date.parse("2026-03-01T08:00:00Z");
const now = (): number => NOW;
const options = { service: { now }, client: { now } };
const NO_JOB = { status: 400, code: "InvalidArgument", ec: "0017-00001002" };
const documentOf = (roleArn: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(
    `<CreateJobRequest><Operation><DeleteObjectTagging/></Operation><KeyPrefixManifestGenerator><SourceBucket>photos</SourceBucket></KeyPrefixManifestGenerator><Priority>1</Priority><RoleArn>${roleArn}</RoleArn></CreateJobRequest>`,
  );
const INVALID = { status: 400, code: "InvalidArgument" };

const progressSummary = {
  numberOfTasksFailed: 0,
  numberOfTasksSucceeded: 0,
  totalNumberOfTasks: -1,
  elapsedTimeInActiveSeconds: 0,
};

async function make({ client }: Stage, input: Partial<CreateJobInput> = {}): Promise<{ batchJobId: string }> {
  return { batchJobId: (await createJob(client, { ...SMALL, ...input })).jobId };
}

const statusOf = async ({ client }: Stage, one: { batchJobId: string }) => (await describeJob(client, one)).job.status;

operationCase(
  "CreateJob",
  "is what DescribeJob reads",
  async ({ client }) => {
    const { jobId } = own(await createJob(client, { ...FULL, clientRequestToken: "two" }), 200);
    assert.match(jobId, /^[A-Za-z\d]{43}=$/);
    const { job } = own(await describeJob(client, { batchJobId: jobId }), 200);
    assert.deepEqual(job, { ...FULL, jobId, creationTime: new Date(NOW), status: "Suspended", progressSummary });
  },
  options,
);

operationCase("CreateJob", "knows five operations and a prefix", async (stage) => {
  const tags = { tags: [{ key: "k1", value: "" }] };
  for (const operation of [
    { putObjectTagging: tags },
    { addObjectTagging: tags },
    { deleteObjectTagging: "" },
    { putObjectAcl: { objectAcl: "private" } },
    { restoreObject: { days: 7, tier: "Standard" } },
  ]) {
    const { job } = await describeJob(stage.client, await make(stage, { operation }));
    assert.deepEqual(job.operation, operation);
    assert.deepEqual(job.keyPrefixManifestGenerator, GENERATOR);
    assert.equal(job.status, "New");
  }
});

operationCase("CreateJob", "refuses what is no job", async (stage) => {
  const { client, oss } = stage;
  for (const name of ["operation", "roleArn"] as const) {
    const error = await failureOf(createJob(client, { ...SMALL, [name]: undefined } as unknown as CreateJobInput));
    assert.instanceOf(error, TypeError);
    assert.include(String(error), name);
  }
  assert.equal(oss.requests.length, 0);
  await assertRefused(make(stage, { manifest: MANIFEST }), INVALID);
  await assertRefused(make(stage, { keyPrefixManifestGenerator: undefined }), INVALID);
  await assertRefused(make(stage, { operation: {} }), INVALID);
  const two = { deleteObjectTagging: "", putObjectAcl: { objectAcl: "private" } } as const;
  await assertRefused(make(stage, { operation: two }), INVALID);
  await assertRefused(make(stage, { priority: -1 }), INVALID);
});

operationCase("CreateJob", "wants a role", async ({ client, oss }) => {
  // The client asks for it before any request.
  const { url, headers } = await presign(client, createJob, SMALL, { expiresIn: 60 });
  const answer = await oss.fetch(url, { method: "POST", headers, body: documentOf("") });
  assert.equal(answer.status, 400);
  const text = await answer.text();
  assert.include(text, "<Code>InvalidArgument</Code>");
  assert.include(text, "<EC>0017-00001009</EC>");
});

operationCase("DescribeJob", "is no list without an id, and finds no other job", async ({ client, oss }) => {
  assert.instanceOf(await failureOf(describeJob(client, { batchJobId: "" })), TypeError);
  assert.equal(oss.requests.length, 0);
  await assertRefused(describeJob(client, { batchJobId: JOB_ID }), NO_JOB);
});

operationCase(
  "ListJobs",
  "lists jobs page by page, of some states",
  async (stage) => {
    const { client } = stage;
    assert.deepEqual(own(await listJobs(client, {}), 200), { jobs: [], nextToken: "" });
    const ids: string[] = [];
    for (const description of ["a", "b", "c"]) ids.push((await make(stage, { description })).batchJobId);
    const first = own(await listJobs(client, { maxKeys: 1 }), 200);
    const facts = { creationTime: new Date(NOW), priority: 10, progressSummary, status: "New" };
    const one = { jobId: ids[0] ?? "", description: "a", operation: "DeleteObjectTagging", ...facts };
    assert.deepEqual(first, { jobs: [one], nextToken: "1" });
    const sizes: number[] = [];
    for await (const { jobs } of pages(client, listJobs, { maxKeys: 2 })) sizes.push(jobs.length);
    assert.deepEqual(sizes, [2, 1]);
    await updateJobStatus(client, { batchJobId: ids[1] ?? "", requestedJobStatus: "Cancelled" });
    const found: string[] = [];
    const wanted = { maxKeys: 1, batchJobStatuses: "New | Active" };
    for await (const { jobId } of each(client, listJobs, wanted)) found.push(jobId);
    assert.deepEqual(found, [ids[0], ids[2]]);
    await assertRefused(listJobs(client, { batchJobStatuses: "Old" }), INVALID);
    assert.instanceOf(await failureOf(listJobs(client, { maxKeys: 1001 })), RangeError);
  },
  options,
);

operationCase("UpdateJobPriority", "changes the priority of one job", async (stage) => {
  const { client } = stage;
  const [one, other] = [await make(stage), await make(stage)];
  const changed = own(await updateJobPriority(client, { ...one, targetPriority: 0 }), 200);
  assert.deepEqual(changed, { jobId: one.batchJobId, priority: 0 });
  assert.equal((await describeJob(client, one)).job.priority, 0);
  assert.equal((await describeJob(client, other)).job.priority, 10);
  await assertRefused(updateJobPriority(client, { ...one, targetPriority: 2 ** 31 }), INVALID);
  await assertRefused(updateJobPriority(client, { batchJobId: JOB_ID, targetPriority: 1 }), NO_JOB);
  assert.instanceOf(await failureOf(updateJobPriority(client, { batchJobId: "", targetPriority: 1 })), TypeError);
});

operationCase(
  "UpdateJobStatus",
  "confirms a job that waits for it, once",
  async (stage) => {
    const { client } = stage;
    const one = await make(stage, { confirmationRequired: true });
    assert.equal(await statusOf(stage, one), "Suspended");
    const ready = { ...one, requestedJobStatus: "Ready" };
    const confirmed = own(await updateJobStatus(client, ready), 200);
    assert.deepEqual(confirmed, { jobId: one.batchJobId, jobStatus: "Ready" });
    assert.equal(await statusOf(stage, one), "Ready");
    await assertRefused(updateJobStatus(client, ready), INVALID);
    await assertRefused(updateJobStatus(client, { ...(await make(stage)), requestedJobStatus: "Ready" }), INVALID);
    await assertRefused(updateJobStatus(client, { ...one, requestedJobStatus: "Active" }), INVALID);
    await assertRefused(updateJobStatus(client, { batchJobId: JOB_ID, requestedJobStatus: "Ready" }), NO_JOB);
  },
  options,
);

operationCase(
  "UpdateJobStatus",
  "cancels a job, once",
  async (stage) => {
    const { client } = stage;
    const one = await make(stage);
    const cancel = { ...one, requestedJobStatus: "Cancelled", statusUpdateReason: "not now" };
    const { statusUpdateReason } = cancel;
    const answer = own(await updateJobStatus(client, cancel), 200);
    assert.deepEqual(answer, { jobId: one.batchJobId, jobStatus: "Cancelling", statusUpdateReason });
    const { job } = await describeJob(client, one);
    assert.deepInclude(job, { status: "Cancelled", statusUpdateReason, terminationDate: new Date(NOW) });
    await assertRefused(updateJobStatus(client, cancel), INVALID);
    const other = { ...(await make(stage)), requestedJobStatus: "Cancelled", statusUpdateReason: "x".repeat(257) };
    await assertRefused(updateJobStatus(client, other), INVALID);
    assert.instanceOf(await failureOf(updateJobStatus(client, { ...one, requestedJobStatus: "" })), TypeError);
  },
  options,
);

presignCase("CreateJob", createJob, { input: SMALL, body: documentOf("r") });
presignCase("DescribeJob", describeJob, { input: (stage) => make(stage) });
presignCase("ListJobs", listJobs, { input: {} });
presignCase("UpdateJobPriority", updateJobPriority, {
  input: async (stage) => ({ ...(await make(stage)), targetPriority: 1 }),
});
presignCase("UpdateJobStatus", updateJobStatus, {
  input: async (stage) => ({ ...(await make(stage)), requestedJobStatus: "Cancelled" }),
});
