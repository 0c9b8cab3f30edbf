/**
 * Batch jobs of an account: kept, confirmed and cancelled, never run.
 * @module
 */
import { requireIdentity } from "../access.ts";
import { type Call, invalidArgument } from "../call.ts";
import { pageSize } from "../list_options.ts";
import { receiveText } from "../receive.ts";
import type { Route } from "../routes.ts";
import { xmlValue } from "../stored_document.ts";
import type { RouteAnswer } from "../wire.ts";
import { childText, readXml, type XmlNode } from "../xml_read.ts";
import { type XmlValue, xmlDocument } from "../xml_write.ts";

const KIND = "batchJob";
const ROOT = "Jobs";
const NO_ID = "0017-00001002";
const NO_ROLE = "0017-00001009";
/** What cannot be cancelled. */
const ENDED = /^(Cancel|Complet|Fail)/;
const STATES =
  /^(Active|Cancelled|Cancelling|Complete|Completing|Failed|Failing|New|Paused|Pausing|Preparing|Ready|Suspended)$/;

/** A job: what was asked for, and what became of it. */
type Job = Readonly<Record<string, XmlValue>>;

function leaf(name: string, text: string): XmlNode {
  return { name, text, children: [] };
}

function jobsOf(call: Call): readonly XmlNode[] {
  const { account } = requireIdentity(call);
  const kept = call.service.state.accountDocuments.get(account.id)?.[KIND];
  return kept === undefined ? [] : readXml(kept, ROOT).children;
}

function keep(call: Call, jobs: readonly XmlNode[]): Promise<void> {
  const { account } = requireIdentity(call);
  return call.service.state.keepAccountDocument(account.id, KIND, xmlDocument(ROOT, { Job: jobs.map(xmlValue) }));
}

/** The job that a request names. */
function asked(call: Call): XmlNode {
  const id = call.query.get("batchJobId") ?? "";
  const job = jobsOf(call).find((one) => childText(one, "JobId") === id);
  if (job === undefined) throw invalidArgument("batchJobId", id, "The batch job does not exist.", NO_ID);
  return job;
}

/** Keeps a job with other facts. */
async function change(call: Call, job: XmlNode, facts: Readonly<Record<string, string>>): Promise<void> {
  const others = job.children.filter(({ name }) => !(name in facts));
  const changed = { ...job, children: [...others, ...Object.entries(facts).map(([name, text]) => leaf(name, text))] };
  await keep(
    call,
    jobsOf(call).map((one) => (childText(one, "JobId") === childText(job, "JobId") ? changed : one)),
  );
}

function checkPriority(name: string, text: string): void {
  if (/^\d{1,10}$/.test(text) && Number(text) < 2 ** 31) return;
  throw invalidArgument(name, text, `${name} must be an integer from 0 to 2147483647.`);
}

function childrenOf(node: XmlNode, name: string): readonly XmlNode[] {
  return node.children.find((child) => child.name === name)?.children ?? [];
}

function check(request: XmlNode): void {
  const role = childText(request, "RoleArn") ?? "";
  if (role === "") throw invalidArgument("RoleArn", role, "The RoleArn is invalid.", NO_ROLE);
  checkPriority("Priority", childText(request, "Priority") ?? "");
  const operations = childrenOf(request, "Operation");
  if (operations.length !== 1)
    throw invalidArgument("Operation", String(operations.length), "There must be one operation.");
  const lists = request.children.filter(({ name }) => /^(Manifest|KeyPrefixManifestGenerator)$/.test(name));
  if (lists.length !== 1) throw invalidArgument("Manifest", String(lists.length), "There must be one manifest.");
}

const seconds = (call: Call): string => String(Math.floor(call.now / 1000));

async function createJob(call: Call): Promise<RouteAnswer> {
  requireIdentity(call);
  const request = readXml(await receiveText(call), "CreateJobRequest");
  check(request);
  const id = btoa(crypto.randomUUID().replaceAll("-", ""));
  const configuration = request.children.filter(({ name }) => name !== "ClientRequestToken");
  // A job that asks for it is ready for its confirmation at once: nothing is prepared here.
  const status = childText(request, "ConfirmationRequired") === "true" ? "Suspended" : "New";
  const facts = [leaf("JobId", id), leaf("CreationTime", seconds(call)), leaf("Status", status)];
  await keep(call, [...jobsOf(call), { name: "Job", text: "", children: [...configuration, ...facts] }]);
  return { body: xmlDocument("CreateJobResult", { JobId: id }) };
}

const PROGRESS: Job = {
  NumberOfTasksFailed: 0,
  NumberOfTasksSucceeded: 0,
  TotalNumberOfTasks: -1,
  Timers: { ElapsedTimeInActiveSeconds: 0 },
};

function describeJob(call: Call): RouteAnswer {
  const facts = { "": xmlValue(asked(call)), FailureReasons: { JobFailure: "" }, ProgressSummary: PROGRESS };
  return { body: xmlDocument("DescribeJobResult", { Job: facts }) };
}

function listed(job: XmlNode): XmlValue {
  const own = ["CreationTime", "Description", "JobId", "Priority", "Status", "TerminationDate"];
  const facts = Object.fromEntries(own.map((name) => [name, childText(job, name)]));
  return { ...facts, Operation: childrenOf(job, "Operation")[0]?.name, ProgressSummary: PROGRESS };
}

/** Jobs by age; a token is the number of those that were listed. */
function listJobs(call: Call): RouteAnswer {
  const wanted = call.query.get("batchJobStatuses") ?? "";
  const states = wanted === "" ? [] : wanted.split("|").map((one) => one.trim());
  if (!states.every((one) => STATES.test(one)))
    throw invalidArgument("batchJobStatuses", wanted, "There is no such status.");
  const jobs = jobsOf(call).filter((job) => states.length === 0 || states.includes(childText(job, "Status") ?? ""));
  const start = Number(call.query.get("continuation-token") || 0);
  const end = start + pageSize(call, "max-keys", 100);
  const body = xmlDocument("ListJobsResult", {
    NextToken: end < jobs.length ? String(end) : "",
    Jobs: { JobListDescriptor: jobs.slice(start, end).map(listed) },
  });
  return { body };
}

async function updateJobPriority(call: Call): Promise<RouteAnswer> {
  const job = asked(call);
  const priority = call.query.get("targetPriority") ?? "";
  checkPriority("targetPriority", priority);
  await change(call, job, { Priority: priority });
  return { body: xmlDocument("UpdateJobPriorityResult", { JobId: childText(job, "JobId"), Priority: priority }) };
}

async function updateJobStatus(call: Call): Promise<RouteAnswer> {
  const job = asked(call);
  const wanted = call.query.get("requestedJobStatus") ?? "";
  const status = childText(job, "Status") ?? "";
  const allowed = wanted === "Ready" ? /^(Suspended|Preparing)$/.test(status) : !ENDED.test(status);
  if (!/^(Ready|Cancelled)$/.test(wanted) || !allowed)
    throw invalidArgument("requestedJobStatus", wanted, `A job that is ${status} cannot become ${wanted}.`);
  const reason = call.query.get("statusUpdateReason");
  if (reason !== undefined && (reason === "" || reason.length > 256))
    throw invalidArgument("statusUpdateReason", reason, "The reason must have 1 to 256 characters.");
  const told = reason === undefined ? {} : { StatusUpdateReason: reason };
  const ended = wanted === "Cancelled" ? { TerminationDate: seconds(call) } : {};
  await change(call, job, { Status: wanted, ...told, ...ended });
  // Cancelling takes a while; here it is over when one looks again.
  const facts = { JobId: childText(job, "JobId"), Status: wanted === "Cancelled" ? "Cancelling" : wanted, ...told };
  return { body: xmlDocument("UpdateJobStatusResult", facts) };
}

type ServiceRoute = Extract<Route, { scope: "service" }>;

function row(operation: string, method: string, query: readonly string[], run: ServiceRoute["run"]): Route {
  return { operation, method, scope: "service", query, access: "owner", run };
}

/** The rows of batch jobs. */
export const batchJobRoutes: readonly Route[] = [
  /* @__PURE__ */ row("CreateJob", "POST", [KIND], createJob),
  /* @__PURE__ */ row("DescribeJob", "GET", [KIND, "batchJobId"], describeJob),
  /* @__PURE__ */ row("ListJobs", "GET", [KIND], listJobs),
  /* @__PURE__ */ row("UpdateJobPriority", "POST", ["batchJobPriority"], updateJobPriority),
  /* @__PURE__ */ row("UpdateJobStatus", "POST", ["batchJobStatus"], updateJobStatus),
];
