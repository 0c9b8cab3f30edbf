/** Batch jobs on the wire. */
import { createJob, describeJob, listJobs, updateJobPriority, updateJobStatus } from "../../../src/mod.ts";
import { FULL, GENERATOR, JOB_ID, SMALL } from "../support/batch_job.ts";
import { reads, sends } from "../support/canned.ts";

const URL = "https://oss-cn-hangzhou.aliyuncs.com/";
const REPORT =
  "<Report><Bucket>photos</Bucket><Enabled>true</Enabled><Prefix>reports/</Prefix><ReportScope>AllTasks</ReportScope></Report>";
const MANIFEST_XML =
  "<Manifest><Location><ETag>d41d8cd9</ETag><Bucket>lists</Bucket><Object>manifest.csv</Object><VersionId>CAEQ</VersionId></Location><Spec><Fields>Bucket,Key</Fields><Format>OSS_BatchOperations_CSV_20250611</Format></Spec></Manifest>";
const PREFIX =
  "<KeyPrefixManifestGenerator><SourceBucket>photos</SourceBucket><Prefix>2025/</Prefix></KeyPrefixManifestGenerator>";
const TAGS = "<TagSet><Tag><Key>k1</Key><Value>v1</Value></Tag></TagSet>";
const OPERATION = `<Operation><PutObjectTagging>${TAGS}</PutObjectTagging><DeleteObjectTagging></DeleteObjectTagging><AddObjectTagging>${TAGS}</AddObjectTagging><PutObjectAcl><ObjectAcl>private</ObjectAcl></PutObjectAcl><RestoreObject><Days>7</Days><Tier>Standard</Tier></RestoreObject></Operation>`;
const REQUEST = `<ConfirmationRequired>true</ConfirmationRequired>${OPERATION}${REPORT}${MANIFEST_XML}${PREFIX}<Description>d</Description><Priority>10</Priority><RoleArn>acs:ram::1:role/batch</RoleArn>`;
const tags = { tags: [{ key: "k1", value: "v1" }] };
const every = {
  ...FULL,
  operation: {
    putObjectTagging: tags,
    deleteObjectTagging: "",
    addObjectTagging: tags,
    putObjectAcl: { objectAcl: "private" },
    restoreObject: { days: 7, tier: "Standard" },
  },
  keyPrefixManifestGenerator: GENERATOR,
  description: "d",
} as const;
sends(
  createJob,
  "every field in a document",
  { ...every, clientRequestToken: "one" },
  {
    method: "POST",
    url: `${URL}?batchJob`,
    headers: { "content-type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<CreateJobRequest>${REQUEST}<ClientRequestToken>one</ClientRequestToken></CreateJobRequest>`,
  },
);
const id = { batchJobId: JOB_ID };
const QUERY = `batchJobId=${encodeURIComponent(JOB_ID)}`;
sends(describeJob, "the id", id, { method: "GET", url: `${URL}?batchJob&${QUERY}` });
const page = { continuationToken: "a b", maxKeys: 5, batchJobStatuses: "Active | Ready" };
sends(listJobs, "states and paging", page, {
  method: "GET",
  url: `${URL}?batchJob&continuation-token=a%20b&max-keys=5&batchJobStatuses=Active%20%7C%20Ready`,
});
sends(
  updateJobPriority,
  "the priority",
  { ...id, targetPriority: 20 },
  { method: "POST", url: `${URL}?batchJobPriority&${QUERY}&targetPriority=20` },
);
sends(
  updateJobStatus,
  "status and reason",
  { ...id, requestedJobStatus: "Cancelled", statusUpdateReason: "not now" },
  { method: "POST", url: `${URL}?batchJobStatus&${QUERY}&requestedJobStatus=Cancelled&statusUpdateReason=not%20now` },
);

const PROGRESS =
  "<ProgressSummary><NumberOfTasksFailed>1</NumberOfTasksFailed><NumberOfTasksSucceeded>2</NumberOfTasksSucceeded><Timers><ElapsedTimeInActiveSeconds>4</ElapsedTimeInActiveSeconds></Timers><TotalNumberOfTasks>3</TotalNumberOfTasks></ProgressSummary>";
const STATE = `<JobId>${JOB_ID}</JobId><CreationTime>1749983400</CreationTime>${PROGRESS}<Status>Failed</Status><TerminationDate>1749987000</TerminationDate>`;
const state = {
  jobId: JOB_ID,
  creationTime: new Date(1_749_983_400_000),
  progressSummary: {
    numberOfTasksFailed: 1,
    numberOfTasksSucceeded: 2,
    elapsedTimeInActiveSeconds: 4,
    totalNumberOfTasks: 3,
  },
  status: "Failed",
  terminationDate: new Date(1_749_987_000_000),
};
const FAILURE =
  "<FailureReasons><JobFailure><FailureCode>InternalError</FailureCode><FailureReason>it broke</FailureReason></JobFailure></FailureReasons>";
reads(createJob, SMALL, { body: `<CreateJobResult><JobId>${JOB_ID}</JobId></CreateJobResult>` }, { jobId: JOB_ID });
reads(
  describeJob,
  id,
  {
    body: `<DescribeJobResult><Job>${REQUEST}${STATE}${FAILURE}<StatusUpdateReason>why</StatusUpdateReason></Job></DescribeJobResult>`,
  },
  {
    job: { ...every, ...state, failureCode: "InternalError", failureReason: "it broke", statusUpdateReason: "why" },
  },
);
reads(
  listJobs,
  {},
  {
    body: `<ListJobsResult><NextToken>t</NextToken><Jobs><JobListDescriptor><Description>d</Description><Operation>PutObjectAcl</Operation><Priority>2</Priority>${STATE}</JobListDescriptor></Jobs></ListJobsResult>`,
  },
  { jobs: [{ ...state, description: "d", operation: "PutObjectAcl", priority: 2 }], nextToken: "t" },
);
reads(
  updateJobPriority,
  { ...id, targetPriority: 20 },
  { body: `<UpdateJobPriorityResult><JobId>${JOB_ID}</JobId><Priority>20</Priority></UpdateJobPriorityResult>` },
  { jobId: JOB_ID, priority: 20 },
);
reads(
  updateJobStatus,
  { ...id, requestedJobStatus: "Cancelled" },
  {
    body: `<UpdateJobStatusResult><JobId>${JOB_ID}</JobId><Status>Cancelling</Status><StatusUpdateReason>why</StatusUpdateReason></UpdateJobStatusResult>`,
  },
  { jobId: JOB_ID, jobStatus: "Cancelling", statusUpdateReason: "why" },
);
