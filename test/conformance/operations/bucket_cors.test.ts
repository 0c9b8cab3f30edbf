/** The CORS rules of a bucket, and the preflight that they answer. */
import {
  deleteBucketCors,
  getBucketCors,
  headObject,
  optionObject,
  presign,
  putBucketCors,
  putObject,
} from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { assertRefused, failureOf, own, VERSIONS } from "../support/world.ts";

const HOST = "https://photos.oss-cn-hangzhou.aliyuncs.com";
const rule = {
  allowedOrigins: ["https://app.example.com", "https://*.example.org"],
  allowedMethods: ["GET", "PUT"],
  allowedHeaders: ["authorization", "x-oss-*"],
  exposeHeaders: ["ETag", "x-oss-request-id"],
  maxAgeSeconds: 600,
};
const other = { allowedOrigins: ["*"], allowedMethods: ["HEAD"] };
const read = { ...other, allowedHeaders: [], exposeHeaders: [] };
const NONE = { status: 404, code: "NoSuchCORSConfiguration", ec: "0034-00000001" };
const ONE =
  "<CORSConfiguration><CORSRule><AllowedOrigin>https://app.example.com</AllowedOrigin>" +
  "<AllowedOrigin>https://*.example.org</AllowedOrigin><AllowedMethod>GET</AllowedMethod>" +
  "<AllowedMethod>PUT</AllowedMethod><AllowedHeader>authorization</AllowedHeader><AllowedHeader>x-oss-*</AllowedHeader>" +
  "<ExposeHeader>ETag</ExposeHeader><ExposeHeader>x-oss-request-id</ExposeHeader><MaxAgeSeconds>600</MaxAgeSeconds>" +
  "</CORSRule><ResponseVary>true</ResponseVary></CORSConfiguration>";

for (const signatureVersion of VERSIONS) {
  operationCase(
    "PutBucketCors",
    `sets what GetBucketCors reads and DeleteBucketCors deletes (${signatureVersion})`,
    async ({ client }) => {
      await assertRefused(getBucketCors(client, {}), NONE);
      assert.deepEqual(own(await putBucketCors(client, { rules: [rule, other], responseVary: true }), 200), {});
      assert.deepEqual(own(await getBucketCors(client, {}), 200), { rules: [rule, read], responseVary: true });
      await putBucketCors(client, { rules: [other] });
      assert.deepEqual(own(await getBucketCors(client, {}), 200), { rules: [read], responseVary: false });
      assert.deepEqual(own(await deleteBucketCors(client, {}), 204), {});
      await assertRefused(getBucketCors(client, {}), { ...NONE, operation: "GetBucketCors" });
    },
    { client: { signatureVersion } },
  );
}

operationCase("GetBucketCors", "reads rules that a page is held to", async ({ client, oss, bucket }) => {
  await putObject(client, { key: "a", body: "hello" });
  const url = `https://${bucket}.oss-cn-hangzhou.aliyuncs.com/a`;
  const page = oss.page("https://app.example.com");
  assert.instanceOf(await failureOf(page(url)), TypeError);
  await putBucketCors(client, { rules: [{ allowedOrigins: ["*"], allowedMethods: ["GET"] }] });
  assert.equal((await page(url)).status, 403, "answered, though it may not read");
  await deleteBucketCors(client, {});
  assert.instanceOf(await failureOf(page(url)), TypeError);
});

operationCase("PutBucketCors", "refuses what makes no rule", async ({ client }) => {
  const bad = { status: 400, code: "MalformedXML" };
  await assertRefused(putBucketCors(client, { rules: [] }), { ...bad, ec: "0034-00000002" });
  await assertRefused(putBucketCors(client, { rules: [{ ...rule, exposeHeaders: ["*"] }] }), {
    ...bad,
    ec: "0034-00000013",
  });
  await assertRefused(putBucketCors(client, { rules: [{ ...rule, allowedOrigins: ["*.*"] }] }), bad);
  await assertRefused(putBucketCors(client, { rules: [{ ...rule, allowedMethods: ["PATCH"] }] }), bad);
  await assertRefused(putBucketCors(client, { rules: new Array(21).fill(rule) }), bad);
});

operationCase("DeleteBucketCors", "deletes what is not there", async ({ client }) => {
  assert.equal((await deleteBucketCors(client, {})).status, 204);
});

const scripts = "the browser itself writes Origin and Access-Control-Request-*, no script can";
const skip = { chromium: scripts, firefox: scripts, webkit: scripts };
const ask = { key: "a b", origin: "https://x.example.org", requestMethod: "PUT" } as const;

operationCase(
  "OptionObject",
  "tells what a page may do, by the first rule that fits",
  async ({ client }) => {
    await assertRefused(optionObject(client, ask), { status: 403, code: "AccessForbidden", operation: "OptionObject" });
    await putBucketCors(client, { rules: [rule, other] });
    const requestHeaders = ["authorization", "x-oss-date"];
    assert.deepEqual(own(await optionObject(client, { ...ask, requestHeaders }), 200), {
      allowOrigin: ask.origin,
      allowMethods: ["GET", "PUT"],
      allowHeaders: requestHeaders,
      exposeHeaders: ["ETag", "x-oss-request-id"],
      maxAge: 600,
    });
    assert.deepEqual(own(await optionObject(client, { ...ask, requestMethod: "HEAD" }), 200), {
      allowOrigin: "*",
      allowMethods: ["HEAD"],
    });
    const refused = { status: 403, code: "AccessForbidden" };
    await assertRefused(optionObject(client, { ...ask, requestHeaders: ["x-other"] }), refused);
    await assertRefused(optionObject(client, { ...ask, requestMethod: "DELETE" }), refused);
    await assertRefused(optionObject(client, { ...ask, bucket: "missing" }), { status: 404, code: "NoSuchBucket" });
  },
  { skip },
);

operationCase(
  "OptionObject",
  "is what a browser asks of a presigned URL: nobody's signature is checked",
  async ({ client, oss }) => {
    await putBucketCors(client, { rules: [rule] });
    const own = await presign(client, optionObject, ask, { expiresIn: 60 });
    const others = await presign(client, headObject, { key: ask.key }, { expiresIn: 60 });
    for (const { url } of [own, others]) {
      const headers = { origin: ask.origin, "access-control-request-method": "PUT" };
      const answer = await oss.fetch(url, { method: "OPTIONS", headers });
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get("access-control-allow-origin"), ask.origin);
    }
  },
  { skip },
);

sends(
  putBucketCors,
  "every input",
  { rules: [rule], responseVary: true },
  {
    method: "PUT",
    url: `${HOST}/?cors`,
    headers: { "content-type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${ONE}`,
  },
);
sends(getBucketCors, "every input", {}, { method: "GET", url: `${HOST}/?cors` });
sends(deleteBucketCors, "every input", {}, { method: "DELETE", url: `${HOST}/?cors` });
sends(
  optionObject,
  "every input",
  { ...ask, requestHeaders: ["a", "b"] },
  {
    method: "OPTIONS",
    url: `${HOST}/a%20b`,
    headers: {
      origin: ask.origin,
      "access-control-request-method": "PUT",
      "access-control-request-headers": "a,b",
    },
  },
);
reads(getBucketCors, {}, { body: ONE }, { rules: [rule], responseVary: true });
reads(
  optionObject,
  ask,
  {
    headers: {
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "GET, PUT",
      "access-control-allow-headers": "a,b",
      "access-control-expose-headers": "ETag",
      "access-control-max-age": "60",
    },
  },
  { allowOrigin: "*", allowMethods: ["GET", "PUT"], allowHeaders: ["a", "b"], exposeHeaders: ["ETag"], maxAge: 60 },
);

presignCase("PutBucketCors", putBucketCors, { input: { rules: [rule] }, body: new TextEncoder().encode(ONE) });
presignCase("GetBucketCors", getBucketCors, {
  prepare: ({ client }) => putBucketCors(client, { rules: [rule] }),
  input: {},
});
presignCase("DeleteBucketCors", deleteBucketCors, { input: {}, status: 204 });
