/** Callbacks of a bucket that uploads ask for by name. */
import {
  callback,
  deleteBucketCallbackPolicy,
  getBucketCallbackPolicy,
  getBucketPolicy,
  putBucketCallbackPolicy,
  putBucketPolicy,
  putObject,
} from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase, type Stage } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { assertRefused, own } from "../support/world.ts";

const POLICIES = {
  policies: [
    { policyName: "first", callback: "e30=" },
    { policyName: "second", callback: "e30=", callbackVar: "eyJ4OmEiOiIxIn0=" },
  ],
};
const XML =
  "<BucketCallbackPolicy><PolicyItem><PolicyName>first</PolicyName><Callback>e30=</Callback></PolicyItem><PolicyItem><PolicyName>second</PolicyName><Callback>e30=</Callback><CallbackVar>eyJ4OmEiOiIxIn0=</CallbackVar></PolicyItem></BucketCallbackPolicy>";
const NONE = { status: 404, code: "BucketCallbackPolicyNotExist" };
const put = ({ client }: Stage): Promise<unknown> => putBucketCallbackPolicy(client, POLICIES);

operationCase("PutBucketCallbackPolicy", "is what GetBucketCallbackPolicy reads", async ({ client }) => {
  assert.deepEqual(own(await putBucketCallbackPolicy(client, POLICIES), 200), {});
  assert.deepEqual(own(await getBucketCallbackPolicy(client, {}), 200), POLICIES);
});

operationCase(
  "PutBucketCallbackPolicy",
  "serves uploads that ask for it by name",
  async ({ client }) => {
    const { headers } = callback({
      url: "https://app.example.com/uploaded",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the service's own placeholders
      body: "${object}:${x:a}",
      variables: { "x:a": "1" },
    });
    const policy = { policyName: "told", callback: headers["x-oss-callback"] ?? "" };
    const policies = [{ ...policy, callbackVar: headers["x-oss-callback-var"] }];
    await putBucketCallbackPolicy(client, { policies });
    const { callbackResult } = await putObject(client, { key: "a", body: "1", callback: callback({ policy: "told" }) });
    assert.equal(callbackResult, '{"got":"a:1"}');
    const own = callback({ policy: "told", variables: { "x:a": "2" } });
    assert.equal((await putObject(client, { key: "a", body: "1", callback: own })).callbackResult, '{"got":"a:2"}');
    const refused = { status: 400, code: "InvalidArgument" };
    await assertRefused(putObject(client, { key: "b", body: "1", callback: callback({ policy: "other" }) }), refused);
  },
  { service: { callback: async (request) => Response.json({ got: decodeURIComponent(await request.text()) }) } },
);

operationCase("GetBucketCallbackPolicy", "is not the access policy", async ({ client }) => {
  await putBucketPolicy(client, { policy: '{"Version":"1","Statement":[]}' });
  await assertRefused(getBucketCallbackPolicy(client, {}), NONE);
  await putBucketCallbackPolicy(client, POLICIES);
  assert.equal((await getBucketPolicy(client, {})).policy, '{"Version":"1","Statement":[]}');
});

operationCase("DeleteBucketCallbackPolicy", "drops them", async (stage) => {
  const { client } = stage;
  await put(stage);
  assert.deepEqual(own(await deleteBucketCallbackPolicy(client, {}), 204), {});
  await assertRefused(getBucketCallbackPolicy(client, {}), NONE);
});

const url = "https://photos.oss-cn-hangzhou.aliyuncs.com/?policy&comp=callback";
sends(putBucketCallbackPolicy, "each callback in a document", POLICIES, {
  method: "PUT",
  url,
  headers: { "content-type": "application/xml" },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${XML}`,
});
sends(getBucketCallbackPolicy, "nothing else", {}, { method: "GET", url });
sends(deleteBucketCallbackPolicy, "nothing else", {}, { method: "DELETE", url });
reads(getBucketCallbackPolicy, {}, { body: XML }, POLICIES);

presignCase("PutBucketCallbackPolicy", putBucketCallbackPolicy, {
  input: POLICIES,
  body: new TextEncoder().encode(XML),
});
presignCase("GetBucketCallbackPolicy", getBucketCallbackPolicy, { prepare: put, input: {} });
presignCase("DeleteBucketCallbackPolicy", deleteBucketCallbackPolicy, { input: {}, status: 204 });
