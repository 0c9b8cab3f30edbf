/** Asynchronous fetches against the in-process OSS. */
import {
  getAsyncFetchTask,
  getObject,
  type PutAsyncFetchTaskInput,
  putAsyncFetchTask,
  putObject,
} from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { type CaseOptions, operationCase, presignCase } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { assertRefused, failureOf, own } from "../support/world.ts";

const url = "https://example.com/a.jpg?b=c&d";
/** `{"callbackUrl":"http://a","callbackBody":"b"}` */
const CALLBACK = "eyJjYWxsYmFja1VybCI6Imh0dHA6Ly9hIiwiY2FsbGJhY2tCb2R5IjoiYiJ9";
const full = {
  url,
  object: "a b.jpg",
  host: "www.example.com",
  contentMd5: "XUFAKrxLKna5cZ2REBfFkg==",
  callback: CALLBACK,
  storageClass: "IA",
  ignoreSameKey: false,
} as const;

const asked: string[] = [];
const options: CaseOptions = {
  service: {
    callback: () => new Response("{}"),
    source(request) {
      asked.push(request.url);
      const found = !request.url.endsWith("none");
      return new Response(found ? "hello" : null, {
        status: found ? 200 : 404,
        headers: { "content-type": "image/x" },
      });
    },
  },
};

operationCase(
  "PutAsyncFetchTask",
  "stores what it fetches",
  async ({ client }) => {
    const { taskId, ...rest } = own(await putAsyncFetchTask(client, full), 200);
    assert.deepEqual(rest, {});
    assert.include(asked, url);
    const task = own(await getAsyncFetchTask(client, { taskId }), 200);
    assert.deepEqual<unknown>(task, { taskId, state: "Success", errorMsg: "", taskInfo: full });
    const stored = await getObject(client, { key: "a b.jpg" });
    assert.deepEqual([stored.contentType, stored.storageClass], ["image/x", "IA"]);
    assert.equal(await stored.text(), "hello");
  },
  options,
);

operationCase(
  "GetAsyncFetchTask",
  "tells what went wrong",
  async ({ client }) => {
    const state = async (input: Partial<PutAsyncFetchTaskInput>): Promise<string | undefined> => {
      const { taskId } = await putAsyncFetchTask(client, { url, object: "a", ...input });
      const { state, errorMsg, taskInfo } = await getAsyncFetchTask(client, { taskId });
      assert.equal(state, "Failed");
      assert.isTrue(taskInfo?.ignoreSameKey);
      return errorMsg;
    };
    assert.include(await state({ url: "https://example.com/none" }), "404");
    assert.include(await state({ contentMd5: "AAAAAAAAAAAAAAAAAAAAAA==" }), "MD5");
    await assertRefused(getObject(client, { key: "a" }), { status: 404, code: "NoSuchKey" });
    await assertRefused(getAsyncFetchTask(client, { taskId: "none" }), { status: 404, code: "NoSuchTask" });
  },
  options,
);

operationCase(
  "PutAsyncFetchTask",
  "leaves an object of the same key alone unless told otherwise",
  async ({ client, oss }) => {
    await putObject(client, { key: "a", body: "old" });
    const taken = { status: 409, code: "ObjectAlreadyExists" };
    await assertRefused(putAsyncFetchTask(client, { url, object: "a" }), taken);
    await assertRefused(putAsyncFetchTask(client, { url, object: "a", ignoreSameKey: true }), taken);
    await putAsyncFetchTask(client, { url, object: "a", ignoreSameKey: false });
    assert.equal(await (await getObject(client, { key: "a" })).text(), "hello");
    const before = oss.requests.length;
    for (const input of [
      { url: "", object: "a" },
      { url, object: "" },
    ])
      assert.instanceOf(await failureOf(putAsyncFetchTask(client, input)), TypeError);
    assert.instanceOf(await failureOf(getAsyncFetchTask(client, { taskId: "" })), TypeError);
    assert.lengthOf(oss.requests, before);
  },
  options,
);

const HOST = "https://photos.oss-cn-hangzhou.aliyuncs.com";
const DOCUMENT =
  "<Url>https://example.com/a.jpg?b=c&amp;d</Url><Object>a b.jpg</Object><Host>www.example.com</Host>" +
  `<ContentMD5>XUFAKrxLKna5cZ2REBfFkg==</ContentMD5><Callback>${CALLBACK}</Callback><StorageClass>IA</StorageClass>` +
  "<IgnoreSameKey>false</IgnoreSameKey>";
const TASK = `<AsyncFetchTaskConfiguration>${DOCUMENT}</AsyncFetchTaskConfiguration>`;

sends(
  putAsyncFetchTask,
  "every input",
  { ...full, requestPayer: "requester" },
  {
    method: "POST",
    url: `${HOST}/?asyncFetch`,
    headers: { "content-type": "application/xml", "x-oss-request-payer": "requester" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${TASK}`,
  },
);
sends(
  getAsyncFetchTask,
  "the id in a header",
  { taskId: "7" },
  { method: "GET", url: `${HOST}/?asyncFetch`, headers: { "x-oss-task-id": "7" } },
);
reads(
  putAsyncFetchTask,
  full,
  { body: "<AsyncFetchTaskResult><TaskId>7</TaskId></AsyncFetchTaskResult>" },
  { taskId: "7" },
);
reads(
  getAsyncFetchTask,
  { taskId: "7" },
  {
    body:
      "<AsyncFetchTaskInfo><TaskId>7</TaskId><State>FetchSuccessCallbackFailed</State><ErrorMsg>e</ErrorMsg>" +
      `<TaskInfo>${DOCUMENT}</TaskInfo></AsyncFetchTaskInfo>`,
  },
  { taskId: "7", state: "FetchSuccessCallbackFailed", errorMsg: "e", taskInfo: full },
);

presignCase("PutAsyncFetchTask", putAsyncFetchTask, { input: full, body: new TextEncoder().encode(TASK), options });
presignCase("GetAsyncFetchTask", getAsyncFetchTask, {
  input: async ({ client }) => ({ taskId: (await putAsyncFetchTask(client, full)).taskId }),
  options,
});
