/** Configuration and policy of access points for object processing, and the answers of their functions. */
import {
  createAccessPoint,
  createAccessPointForObjectProcess,
  deleteAccessPointPolicyForObjectProcess,
  getAccessPointConfigForObjectProcess,
  getAccessPointForObjectProcess,
  getAccessPointPolicyForObjectProcess,
  putAccessPointConfigForObjectProcess,
  putAccessPointPolicyForObjectProcess,
  writeGetObjectResponse,
} from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase, type Stage } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { PROCESSING, PROCESSING_XML } from "../support/processing.ts";
import { assertRefused, failureOf, own } from "../support/world.ts";

const NAME = { accessPointForObjectProcessName: "fc-01" };
const NONE = { status: 404, code: "NoSuchAccessPointForObjectProcess" };
const NO_POLICY = { status: 404, code: "NoSuchAccessPointPolicyForObjectProcess" };
const POLICY = { policy: '{"Version":"1",\n "Statement":[]}' };
const SITE = "https://photos.oss-cn-hangzhou.aliyuncs.com";

const make = async ({ client }: Stage): Promise<void> => {
  await createAccessPoint(client, { accessPointName: "ap-01", networkOrigin: "internet" });
  await createAccessPointForObjectProcess(client, { ...NAME, accessPointName: "ap-01", ...PROCESSING });
};
const withPolicy = async (stage: Stage): Promise<void> => {
  await make(stage);
  await putAccessPointPolicyForObjectProcess(stage.client, { ...NAME, ...POLICY });
};

operationCase("PutAccessPointConfigForObjectProcess", "is what its getter reads", async (stage) => {
  const { client } = stage;
  await assertRefused(putAccessPointConfigForObjectProcess(client, NAME), NONE);
  await make(stage);
  assert.deepEqual(own(await getAccessPointConfigForObjectProcess(client, NAME), 200), PROCESSING);
  const changed = { ...PROCESSING, allowAnonymousAccessForObjectProcess: false, blockPublicAccess: true };
  assert.deepEqual(own(await putAccessPointConfigForObjectProcess(client, { ...NAME, ...changed }), 200), {});
  assert.deepEqual(own(await getAccessPointConfigForObjectProcess(client, NAME), 200), changed);
  assert.equal((await getAccessPointForObjectProcess(client, NAME)).blockPublicAccess, true);
});

operationCase("GetAccessPointConfigForObjectProcess", "needs a name, of a point that exists", async ({ client }) => {
  await assertRefused(getAccessPointConfigForObjectProcess(client, NAME), NONE);
  const empty = { accessPointForObjectProcessName: "" };
  for (const call of [getAccessPointConfigForObjectProcess, putAccessPointConfigForObjectProcess]) {
    assert.instanceOf(await failureOf(call(client, empty)), TypeError);
  }
});

operationCase("PutAccessPointPolicyForObjectProcess", "is what its getter reads, to the letter", async (stage) => {
  const { client } = stage;
  await assertRefused(putAccessPointPolicyForObjectProcess(client, { ...NAME, ...POLICY }), NONE);
  await make(stage);
  assert.deepEqual(own(await putAccessPointPolicyForObjectProcess(client, { ...NAME, ...POLICY }), 200), {});
  assert.deepEqual(own(await getAccessPointPolicyForObjectProcess(client, NAME), 200), POLICY);
});

operationCase("GetAccessPointPolicyForObjectProcess", "needs a policy", async (stage) => {
  await make(stage);
  await assertRefused(getAccessPointPolicyForObjectProcess(stage.client, NAME), NO_POLICY);
});

operationCase("DeleteAccessPointPolicyForObjectProcess", "ends the policy", async (stage) => {
  const { client } = stage;
  await withPolicy(stage);
  assert.deepEqual(own(await deleteAccessPointPolicyForObjectProcess(client, NAME), 204), {});
  await assertRefused(getAccessPointPolicyForObjectProcess(client, NAME), NO_POLICY);
});

const ANSWER = { requestRoute: "fc-01-1-opap.oss", requestToken: "OSSV1#Zv", fwdStatus: 200 };
operationCase("WriteGetObjectResponse", "takes the answer, with or without a body", async ({ client }) => {
  assert.deepEqual(own(await writeGetObjectResponse(client, { ...ANSWER, body: "hello" }), 200), {});
  assert.deepEqual(own(await writeGetObjectResponse(client, { ...ANSWER, fwdStatus: 404 }), 200), {});
  for (const missing of [{ requestRoute: "" }, { requestToken: "" }]) {
    assert.instanceOf(await failureOf(writeGetObjectResponse(client, { ...ANSWER, ...missing })), TypeError);
  }
});

const headers = { "x-oss-access-point-for-object-process-name": "fc-01" };
const config = `${SITE}/?accessPointConfigForObjectProcess`;
const BLOCK =
  "<PublicAccessBlockConfiguration><BlockPublicAccess>true</BlockPublicAccess></PublicAccessBlockConfiguration>";
const full = { ...PROCESSING, blockPublicAccess: true };
const document = (root: string) => `<${root}>${PROCESSING_XML}${BLOCK}</${root}>`;
const PUT = document("PutAccessPointConfigForObjectProcessConfiguration");
sends(
  putAccessPointConfigForObjectProcess,
  "every field",
  { ...NAME, ...full },
  {
    method: "PUT",
    url: config,
    headers: { ...headers, "content-type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${PUT}`,
  },
);
sends(getAccessPointConfigForObjectProcess, "the name", NAME, { method: "GET", url: config, headers });
reads(
  getAccessPointConfigForObjectProcess,
  NAME,
  { body: document("GetAccessPointConfigForObjectProcessResult") },
  full,
);

const url = `${SITE}/?accessPointPolicyForObjectProcess`;
sends(
  putAccessPointPolicyForObjectProcess,
  "name and policy",
  { ...NAME, ...POLICY },
  {
    method: "PUT",
    url,
    headers: { ...headers, "content-type": "application/json" },
    body: POLICY.policy,
  },
);
sends(getAccessPointPolicyForObjectProcess, "the name", NAME, { method: "GET", url, headers });
sends(deleteAccessPointPolicyForObjectProcess, "the name", NAME, { method: "DELETE", url, headers });
reads(getAccessPointPolicyForObjectProcess, NAME, { body: POLICY.policy }, POLICY);

const fwd = "x-oss-fwd-header-";
const date = new Date("2026-01-02T03:04:05Z");
sends(
  writeGetObjectResponse,
  "every header",
  {
    ...ANSWER,
    fwdHeaderAcceptRanges: "bytes",
    fwdHeaderCacheControl: "no-cache",
    fwdHeaderContentDisposition: "inline",
    fwdHeaderContentEncoding: "gzip",
    fwdHeaderContentLanguage: "de",
    fwdHeaderContentRange: "bytes 0-4/5",
    fwdHeaderContentType: "text/plain",
    fwdHeaderEtag: '"e"',
    fwdHeaderExpires: date,
    fwdHeaderLastModified: date,
    body: "hello",
    contentLength: 5,
  },
  {
    method: "POST",
    url: "https://oss-cn-hangzhou.aliyuncs.com/?x-oss-write-get-object-response",
    headers: {
      "content-type": "application/octet-stream",
      "x-oss-request-route": ANSWER.requestRoute,
      "x-oss-request-token": ANSWER.requestToken,
      "x-oss-fwd-status": "200",
      [`${fwd}accept-ranges`]: "bytes",
      [`${fwd}cache-control`]: "no-cache",
      [`${fwd}content-disposition`]: "inline",
      [`${fwd}content-encoding`]: "gzip",
      [`${fwd}content-language`]: "de",
      [`${fwd}content-range`]: "bytes 0-4/5",
      [`${fwd}content-type`]: "text/plain",
      [`${fwd}etag`]: '"e"',
      [`${fwd}expires`]: "Fri, 02 Jan 2026 03:04:05 GMT",
      [`${fwd}last-modified`]: "Fri, 02 Jan 2026 03:04:05 GMT",
    },
    body: "hello",
  },
);

const bytes = (text: string) => new TextEncoder().encode(text);
presignCase("PutAccessPointConfigForObjectProcess", putAccessPointConfigForObjectProcess, {
  prepare: make,
  input: { ...NAME, ...full },
  body: bytes(PUT),
});
presignCase("GetAccessPointConfigForObjectProcess", getAccessPointConfigForObjectProcess, {
  prepare: make,
  input: NAME,
});
presignCase("PutAccessPointPolicyForObjectProcess", putAccessPointPolicyForObjectProcess, {
  prepare: make,
  input: { ...NAME, ...POLICY },
  body: bytes(POLICY.policy),
});
presignCase("GetAccessPointPolicyForObjectProcess", getAccessPointPolicyForObjectProcess, {
  prepare: withPolicy,
  input: NAME,
});
presignCase("DeleteAccessPointPolicyForObjectProcess", deleteAccessPointPolicyForObjectProcess, {
  prepare: make,
  input: NAME,
  status: 204,
});
presignCase("WriteGetObjectResponse", writeGetObjectResponse, { input: ANSWER, body: bytes("hello") });
