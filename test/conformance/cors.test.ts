/** Pages: what a bucket hides is survived, and what it never answers is said. Really cross-origin in browsers. */
import {
  appendObject,
  bucketExists,
  type Client,
  type ClientOptions,
  completeMultipartUpload,
  copyObject,
  createClient,
  deleteMultipleObjects,
  deleteObject,
  getBucketAcl,
  getBucketInfo,
  getObject,
  headObject,
  initiateMultipartUpload,
  listBuckets,
  listObjectsV2,
  listParts,
  NetworkError,
  objectExists,
  presign,
  putBucket,
  putBucketAcl,
  putObject,
  upload,
  uploadPart,
} from "../../src/mod.ts";
import { createTestOSS } from "../../src/testing/mod.ts";
import { assert, environment, test } from "../harness.ts";
import { pageFetch } from "./support/page_fetch.ts";
import { bytesOf, failureOf, failuresOf, noise, serviceErrorOf, sweep, VERSIONS } from "./support/world.ts";

const { account, region, bucket, serviceUrl } = environment;
const [hidden, closed] = [`${bucket}-hidden`, `${bucket}-closed`];

const rule = { allowedOrigins: ["*"], allowedMethods: ["GET", "PUT", "POST", "DELETE", "HEAD"], allowedHeaders: ["*"] };
const open = { ...rule, exposeHeaders: ["ETag", "x-oss-request-id", "x-oss-hash-crc64ecma"] };

type Make = (bucket: string, options?: Partial<ClientOptions>) => Client;

function simulated(): Make {
  const oss = createTestOSS({
    region,
    accounts: [account],
    buckets: [{ name: bucket, cors: { rules: [open] } }, { name: hidden, cors: { rules: [rule] } }, closed],
  });
  return (name, options) => createClient({ ...COMMON, fetch: pageFetch(oss), bucket: name, ...options });
}

const COMMON = { region, credentials: account, retry: { base: 1 }, onWarning: () => undefined };
const across: Make = (name, options) => createClient({ ...COMMON, endpoint: serviceUrl, bucket: name, ...options });
const servers = "a server sees everything";
const VIEWS = [
  { name: "as a page sees it", clientOf: simulated(), skip: {} },
  {
    name: "really cross-origin",
    clientOf: across,
    skip: { node: servers, deno: servers, bun: servers, workerd: servers },
  },
];
const body = noise(3000);
const fresh = (): string => `cors-${Math.random()}/`;
/** The tests' own folder is empty again after each. */
const tidy = (client: Client): Promise<void> => sweep(client, "cors-");

for (const { name, clientOf, skip } of VIEWS) {
  for (const signatureVersion of VERSIONS) {
    test(`everything works though nothing is exposed, ${name} (${signatureVersion})`, { skip }, async () => {
      const client = clientOf(hidden, { signatureVersion });
      const key = `${fresh()}a.json`;
      const put = await putObject(client, { key, body });
      assert.deepEqual([put.status, put.etag, put.crc64, put.requestId], [200, undefined, undefined, undefined]);
      const response = await getObject(client, { key });
      assert.deepEqual([response.contentType, response.etag], ["application/json", undefined]);
      assert.deepEqual(await bytesOf(response), body);
      const part = await getObject(client, { key, range: [10, 19] });
      assert.deepEqual([part.status, part.contentRange], [206, undefined]);
      assert.deepEqual(await bytesOf(part), body.slice(10, 20));
      // No page takes it for an answer that broke off: every one sees the length.
      await putObject(client, { key: `${key}-empty`, body: "" });
      assert.lengthOf(await bytesOf(await getObject(client, { key: `${key}-empty` })), 0);
      await deleteObject(client, { key: `${key}-empty` });
      assert.instanceOf((await headObject(client, { key })).lastModified, Date);
      assert.isTrue(await objectExists(client, { key }));
      assert.isFalse(await objectExists(client, { key: `${key}-none` }));
      const [listed] = (await listObjectsV2(client, { prefix: key })).objects;
      assert.match(listed?.etag ?? "", /^"[0-9A-F]{32}"$/);
      const copy = await copyObject(client, { key: `${key}-copy`, copySource: { bucket: hidden, key } });
      assert.equal(copy.etag, listed?.etag);
      const append = await appendObject(client, { key: `${key}-log`, position: 0, body: "one" });
      assert.deepEqual([append.status, append.nextPosition], [200, undefined]);
      assert.equal((await deleteObject(client, { key })).status, 204);
      const rest = [`${key}-copy`, `${key}-log`];
      assert.deepEqual((await deleteMultipleObjects(client, { objects: rest })).deletedKeys, rest);
    });
  }

  test(`parts and uploads work though nothing is exposed, ${name}`, { skip }, async () => {
    const client = clientOf(hidden);
    const key = `${fresh()}big`;
    const { uploadId } = await initiateMultipartUpload(client, { key });
    assert.isUndefined((await uploadPart(client, { key, uploadId, partNumber: 1, body })).etag);
    const { parts } = await listParts(client, { key, uploadId });
    await completeMultipartUpload(client, { key, uploadId, parts });
    assert.deepEqual(await bytesOf(await getObject(client, { key })), body);
    const large = noise(250_000);
    await upload(client, { key, body: new Blob([large]) }, { partSize: 102_400, multipartThreshold: 102_400 });
    assert.deepEqual(await bytesOf(await getObject(client, { key })), large);
    await tidy(client);
  });

  test(`what is exposed is used, ${name}`, { skip }, async () => {
    const client = clientOf(bucket);
    const key = `${fresh()}a`;
    const { etag, crc64, requestId } = await putObject(client, { key, body });
    assert.match(etag ?? "", /^"[0-9A-F]{32}"$/);
    assert.isTrue(crc64 !== undefined && requestId !== undefined);
    const response = await getObject(client, { key });
    assert.deepEqual([response.etag, response.crc64], [etag, crc64]);
    await tidy(client);
  });

  test(`errors tell what they can, ${name}`, { skip }, async () => {
    const client = clientOf(hidden);
    const key = fresh();
    const missing = await serviceErrorOf(getObject(client, { key }));
    assert.deepInclude(missing, { status: 404, code: "NoSuchKey", ec: "0026-00000001" });
    assert.match(missing.requestId ?? "", /^[0-9A-F]{24}$/, "the document has it");
    assert.deepInclude(await serviceErrorOf(headObject(client, { key })), { status: 404, code: "NotFound" });
    const forged = clientOf(hidden, { credentials: { ...account, accessKeySecret: "wrong" } });
    const calls = [headObject(forged, { key }), objectExists(forged, { key }), getObject(forged, { key })];
    for (const error of await failuresOf(calls)) {
      assert.deepInclude(error, { status: 403, code: "SignatureDoesNotMatch" });
    }
  });

  test(`calls that a page gets no answer to say so, ${name}`, { skip }, async () => {
    const client = clientOf(bucket);
    const calls = [
      getBucketAcl(client, {}),
      getBucketInfo(client, {}),
      putBucketAcl(client, { acl: "private" }),
      putBucket(client, { bucket: "new-one" }),
      bucketExists(client),
      listBuckets(client, {}),
    ];
    for (const error of await failuresOf(calls)) {
      assert.instanceOf(error, NetworkError);
      assert.match(String(error), /page/);
      assert.match(String(error), /configuration/);
    }
  });

  test(`a bucket without a rule, and no bucket at all: the message names CORS, ${name}`, { skip }, async () => {
    for (const missing of [closed, "not-there"]) {
      const client = clientOf(missing);
      const calls = [
        putObject(client, { key: "a", body }),
        listObjectsV2(client, {}),
        objectExists(client, { key: "a" }),
      ];
      for (const error of await failuresOf(calls)) {
        assert.instanceOf(error, NetworkError);
        assert.match(String(error), /CORS/);
      }
    }
  });

  test(`no HTTP cache answers in the service's place, ${name}`, { skip }, async () => {
    const client = clientOf(bucket);
    const key = `${fresh()}a`;
    await putObject(client, { key, body: "hello", cacheControl: "max-age=600" });
    assert.equal(await (await getObject(client, { key })).text(), "hello");
    assert.equal((await headObject(client, { key })).contentLength, 5);
    // A batch is sent to the bucket, so a cache does not know what it does to the object.
    await deleteMultipleObjects(client, { objects: [key] });
    assert.propertyVal(await failureOf(getObject(client, { key })), "status", 404);
    assert.propertyVal(await failureOf(headObject(client, { key })), "status", 404);
  });
}

test("a page reads a presigned link without keys", { skip: VIEWS[1]?.skip }, async () => {
  const client = across(bucket);
  const key = `${fresh()}a b.txt`;
  await putObject(client, { key, body });
  const { url } = await presign(client, getObject, { key }, { expiresIn: 60 });
  const response = await fetch(url);
  assert.equal(response.headers.get("x-oss-request-id")?.length, 24);
  assert.deepEqual(await bytesOf(response), body);
  await tidy(client);
});
