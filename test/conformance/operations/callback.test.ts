/** Upload callbacks, in every form in which requests carry them. */
import {
  CallbackError,
  type Client,
  callback,
  completeMultipartUpload,
  getAsyncFetchTask,
  getObject,
  initiateMultipartUpload,
  objectExists,
  postObject,
  postPolicy,
  presign,
  putAsyncFetchTask,
  putObject,
  upload,
  uploadPart,
} from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { type CaseOptions, operationCase } from "../cases.ts";
import { assertRefused, failureOf, noise } from "../support/world.ts";

const key = "a b/\u4E2D.txt";
const url = "https://app.example.com/uploaded?a=b";
const ETAG = "5D41402ABC4B2A76B9719D911017C592";

/** What the servers were asked, in order. */
interface Asked {
  readonly url: string;
  readonly type: string | null;
  readonly body: string;
}

/** Servers that answer with what they were sent, as JSON, and notes of what that was, to be taken by each case. */
function servers(answer: (url: string) => Response | undefined = () => undefined): [Asked[], CaseOptions] {
  const asked: Asked[] = [];
  return [
    asked,
    {
      service: {
        async callback(request) {
          const body = await request.text();
          asked.push({ url: request.url, type: request.headers.get("content-type"), body });
          return answer(request.url) ?? new Response(JSON.stringify({ got: body }));
        },
        source: () => new Response("hello"),
      },
    },
  ];
}

/** Where a value is filled in. */
const hole = (name: string): string => `$\{${name}}`;
const FORM = {
  key: "object",
  size: "size",
  etag: "etag",
  type: "mimeType",
  in: "bucket",
  user: "x:user",
  none: "x:none",
};
const body = Object.entries(FORM)
  .map(([name, value]) => `${name}=${hole(value)}`)
  .join("&");
const variables = { "x:user": "M\u00FCller & 1" };
const told = callback({ url, body, variables });

const [asked, options] = servers();
operationCase(
  "PutObject",
  "tells a server of an upload, and passes its answer on",
  async ({ client, bucket }) => {
    const { callbackResult, etag } = await putObject(client, { key, body: "hello", callback: told });
    const expected =
      `key=a%20b%2F%E4%B8%AD.txt&size=5&etag=${ETAG}&type=text%2Fplain&in=${bucket}` +
      "&user=M%C3%BCller%20%26%201&none=";
    assert.deepEqual(asked.splice(0), [{ url, type: "application/x-www-form-urlencoded", body: expected }]);
    assert.equal(callbackResult, JSON.stringify({ got: expected }));
    assert.equal(etag, `"${ETAG}"`);
    assert.isFalse("callbackResult" in (await putObject(client, { key, body: "hello" })));
  },
  options,
);

operationCase(
  "PutObject",
  "fills values into a JSON callback with their quotes",
  async ({ client }) => {
    const json = {
      url,
      body: `{"key":${hole("object")},"size":${hole("size")},"by":${hole("x:user")}}`,
      bodyType: "application/json",
    } as const;
    const given = callback({ ...json, variables, host: "internal.example.com", sni: true });
    await putObject(client, { key, body: "hello", callback: given });
    const [{ type, body: sent } = assert.fail("nobody was asked")] = asked.splice(0);
    assert.equal(type, "application/json");
    assert.deepEqual(JSON.parse(sent), { key, size: 5, by: "M\u00FCller & 1" });
  },
  options,
);

operationCase(
  "CompleteMultipartUpload",
  "tells a server, whose answer takes the place of the document",
  async ({ client }) => {
    for (const how of [{ callback: told }, { query: told.query }]) {
      const { uploadId } = await initiateMultipartUpload(client, { key });
      await uploadPart(client, { key, uploadId, partNumber: 1, body: "hello" });
      const answer = await completeMultipartUpload(client, { key, uploadId, completeAll: true, ...how });
      const { callbackResult, crc64, etag } = answer;
      const [{ body: sent } = assert.fail("nobody was asked")] = asked.splice(0);
      assert.include(sent, "key=a%20b%2F%E4%B8%AD.txt&size=5");
      assert.equal(callbackResult, JSON.stringify({ got: sent }));
      assert.equal(crc64, 11_177_612_005_948_864_433n);
      assert.isUndefined(etag, "only the document tells it");
    }
  },
  options,
);

for (const [title, size] of [
  ["in one request", 10],
  ["in parts", 300 * 1024],
] as const) {
  operationCase(
    "PutObject",
    `tells a server of an upload ${title}, once`,
    async ({ client }) => {
      const partSize = 100 * 1024;
      const input = { key, body: noise(size), callback: told };
      const { callbackResult } = await upload(client, input, { partSize, multipartThreshold: partSize });
      assert.lengthOf(asked.splice(0), 1);
      assert.include(callbackResult, `size=${size}`);
    },
    options,
  );
}

operationCase(
  "PostObject",
  "tells the server that the form names",
  async ({ client }) => {
    const form = await postPolicy(client, { keyPrefix: "", expiresIn: 60, callback: told });
    const { callbackResult, status } = await postObject(client, { form, key, body: "hello" });
    assert.equal(status, 200);
    const [{ body: sent } = assert.fail("nobody was asked")] = asked.splice(0);
    assert.include(sent, "user=M%C3%BCller%20%26%201");
    assert.equal(callbackResult, JSON.stringify({ got: sent }));
    const { callback: _, ...fields } = form.fields;
    await assertRefused(postObject(client, { form: { fields }, key, body: "x" }), {
      status: 403,
      code: "AccessDenied",
    });
    const plain = await postPolicy(client, { keyPrefix: "", expiresIn: 60, successActionStatus: 201 });
    assert.isFalse("callbackResult" in (await postObject(client, { form: plain, key, body: "hello" })));
  },
  options,
);

for (const signatureVersion of ["v4", "v1"] as const) {
  operationCase(
    "PutObject",
    `by a URL that needs no headers tells a server (${signatureVersion})`,
    async ({ client, oss }) => {
      const signed = await presign(client, putObject, { key, query: told.query }, { expiresIn: 60 });
      assert.deepEqual(signed.signedHeaders, {});
      const answer = await oss.fetch(signed.url, { method: signed.method, body: new Uint8Array(3) });
      assert.deepEqual(await answer.json(), { got: asked.splice(0)[0]?.body });
      assert.equal(answer.headers.get("content-type"), "application/json");
    },
    { ...options, client: { signatureVersion } },
  );
}

operationCase(
  "PutAsyncFetchTask",
  "tells a server of what was fetched",
  async ({ client }) => {
    const task = { url: "https://example.com/a", object: "a", callback: told.fields["callback"] };
    const { taskId } = await putAsyncFetchTask(client, task);
    assert.equal((await getAsyncFetchTask(client, { taskId })).state, "Success");
    assert.include(asked.splice(0)[0]?.body, "key=a&size=5");
  },
  options,
);

const DOWN = "https://down.example.com/";
const [tried, unreliable] = servers((asked) => (asked === DOWN ? new Response("", { status: 500 }) : undefined));
operationCase(
  "PutObject",
  "tells the next server when one fails",
  async ({ client }) => {
    const urls = [DOWN, url];
    const { callbackResult } = await putObject(client, { key, body: "", callback: callback({ url: urls, body }) });
    assert.deepEqual(
      tried.map((one) => one.url),
      urls,
    );
    assert.include(callbackResult, "got");
  },
  unreliable,
);

/** Everything that can be told to a server, for one that does not listen. */
const calls: Readonly<Record<string, (client: Client) => Promise<unknown>>> = {
  put: (client) => putObject(client, { key, body: "hello", callback: told }),
  async complete(client) {
    const { uploadId } = await initiateMultipartUpload(client, { key });
    const { etag = "" } = await uploadPart(client, { key, uploadId, partNumber: 1, body: "hello" });
    const parts = [{ partNumber: 1, etag }];
    return completeMultipartUpload(client, { key, uploadId, parts, callback: told });
  },
  upload: (client) => upload(client, { key, body: "hello", callback: told }),
  async post(client) {
    const form = await postPolicy(client, { key, expiresIn: 60, callback: told });
    return postObject(client, { form, key, body: "hello" });
  },
};

for (const [why, reply] of [
  ["answers 400", () => new Response("{}", { status: 400 })],
  ["answers no JSON", () => new Response("ok")],
  ["cannot be reached", () => Promise.reject(new TypeError("down"))],
  ["does not exist", undefined],
] as const) {
  operationCase(
    "PutObject",
    `is stored, and says so, when the callback's server ${why}`,
    async ({ client, oss }) => {
      for (const [name, call] of Object.entries(calls)) {
        const error = await failureOf(call(client));
        assert.instanceOf(error, CallbackError, name);
        assert.propertyVal(error, "code", "CallbackFailed");
        assert.deepInclude(error.result, { status: 203, crc64: 11_177_612_005_948_864_433n }, name);
        assert.isTrue(await objectExists(client, { key }), name);
      }
      assert.equal(await (await getObject(client, { key })).text(), "hello");
      const task = { url: "https://example.com/a", object: "a", callback: told.fields["callback"] };
      const { taskId } = await putAsyncFetchTask(client, task);
      const { state, errorMsg } = await getAsyncFetchTask(client, { taskId });
      assert.equal(state, "FetchSuccessCallbackFailed");
      assert.isNotEmpty(errorMsg);
      assert.notInclude(
        oss.requests.map(({ status }) => status),
        500,
      );
    },
    { service: { source: () => new Response("hello"), ...(reply && { callback: reply }) } },
  );
}

operationCase("PutObject", "refuses callbacks that cannot be read", async ({ client }) => {
  const put = (headers: Record<string, string>): Promise<unknown> => putObject(client, { key, body: "x", headers });
  const encoded = (value: unknown): string => btoa(JSON.stringify(value));
  const whom = { callbackUrl: "http://a", callbackBody: "b" };
  const invalid = { status: 400, code: "InvalidArgument" };
  for (const [headers, ec] of [
    [{ "x-oss-callback": "x123-*&" }, "0007-00000002"],
    [{ "x-oss-callback": btoa("{") }, "0007-00000003"],
    [{ "x-oss-callback": encoded(whom), "x-oss-callback-var": btoa("{") }, "0007-00000103"],
    [{ "x-oss-callback": encoded({ ...whom, callbackUrl: "www.a.com:test" }) }, undefined],
    [{ "x-oss-callback": encoded({ ...whom, callbackBody: "" }) }, undefined],
    [{ "x-oss-callback": encoded({ ...whom, callbackBodyType: "text/plain" }) }, undefined],
  ] as const) {
    await assertRefused(put(headers), { ...invalid, ...(ec && { ec }) });
  }
  assert.isFalse(await objectExists(client, { key }));
});
