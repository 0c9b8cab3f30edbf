/** Which header reaches which request of an upload, as the service received it. */
import { callback, type UploadCheckpoint, type UploadInput, upload } from "../../src/mod.ts";
import { assert, test } from "../harness.ts";
import { failure, pattern } from "../unit/streams/support.ts";
import { createWorld, PART, refuse } from "./upload_support.ts";

const told = callback({
  url: "https://app.example.com/stored",
  body: "key=$" + "{object}",
  variables: { "x:user": "42" },
});

const input: Omit<UploadInput, "body"> = {
  key: "a/b.mp4",
  contentType: "video/mp4",
  cacheControl: "no-cache",
  contentDisposition: "attachment",
  contentEncoding: "identity",
  contentLanguage: "de",
  expires: new Date(1_900_000_000_000),
  metadata: { author: "me" },
  tagging: { a: "1" },
  acl: "public-read",
  storageClass: "IA",
  serverSideEncryption: "KMS",
  serverSideEncryptionKeyId: "9468da86-3509-4f8d-a61e-6eab1eac0000",
  serverSideDataEncryption: "SM4",
  forbidOverwrite: true,
  trafficLimit: 838_860_800,
  requestPayer: "requester",
  callback: told,
};

const operations = ["PutObject", "InitiateMultipartUpload", "UploadPart", "CompleteMultipartUpload", "ListParts"];
const describing = ["PutObject", "InitiateMultipartUpload"];
const deciding = [...describing, "CompleteMultipartUpload"];
const carrying = ["PutObject", "UploadPart"];
const ending = ["PutObject", "CompleteMultipartUpload"];

/** Which requests have it, and with what. */
const expected: Record<string, readonly [value: string, on: readonly string[]]> = {
  "cache-control": ["no-cache", describing],
  "content-disposition": ["attachment", describing],
  "content-encoding": ["identity", describing],
  "content-language": ["de", describing],
  expires: ["Sun, 17 Mar 2030 17:46:40 GMT", describing],
  "x-oss-meta-author": ["me", describing],
  "x-oss-tagging": ["a=1", describing],
  "x-oss-storage-class": ["IA", describing],
  "x-oss-server-side-encryption": ["KMS", describing],
  "x-oss-server-side-encryption-key-id": ["9468da86-3509-4f8d-a61e-6eab1eac0000", describing],
  "x-oss-server-side-data-encryption": ["SM4", describing],
  "x-oss-object-acl": ["public-read", deciding],
  "x-oss-forbid-overwrite": ["true", deciding],
  "x-oss-traffic-limit": ["838860800", carrying],
  "x-oss-callback": [told.headers["x-oss-callback"] ?? "", ending],
  "x-oss-callback-var": [told.headers["x-oss-callback-var"] ?? "", ending],
  "x-oss-request-payer": ["requester", operations],
  "x-trace": ["7", operations],
};

/** The same as headers of the caller's own, where there are no fields. */
function raw(): UploadInput["headers"] {
  return Object.fromEntries(
    Object.entries(expected).map(([name, [value]]) => [name.replace(/\b[a-z]/g, (mark) => mark.toUpperCase()), value]),
  );
}

for (const [title, given] of [
  ["as fields", { ...input, headers: { "x-trace": "7" } }],
  ["as extra headers", { key: "a/b.mp4", contentType: "video/mp4", headers: raw() }],
] as const) {
  for (const size of [10, 2 * PART + 1]) {
    test(`upload: headers given ${title} reach the requests that need them, and no others (${size} bytes)`, async () => {
      const service = { callback: () => Response.json({ ok: true }) };
      const { client, oss } = createWorld({}, service);
      const body = pattern(size);
      const result = await upload(client, { ...given, body }, { partSize: PART, multipartThreshold: PART });
      assert.equal(result.callbackResult, '{"ok":true}');
      const seen = new Set<string>();
      for (const { operation, headers } of oss.requests) {
        seen.add(operation);
        for (const [name, [value, on]] of Object.entries(expected)) {
          // Where it carries no body, a limit given as a header does no harm.
          if (name === "x-oss-traffic-limit" && operation === "CompleteMultipartUpload") continue;
          assert.equal(headers[name], on.includes(operation) ? value : undefined, `${operation} ${name}`);
        }
        if (describing.includes(operation)) assert.equal(headers["content-type"], "video/mp4");
      }
      assert.deepEqual(
        [...seen].sort(),
        size > PART ? ["CompleteMultipartUpload", "InitiateMultipartUpload", "UploadPart"] : ["PutObject"],
      );
    });
  }
}

test("upload: a Content-MD5 of the whole body is not taken for that of a part", async () => {
  const { client, oss } = createWorld();
  const headers = { "Content-MD5": "1B2M2Y8AsgTpgAmY7PhCfg==" };
  await upload(client, { key: "k", body: pattern(2 * PART), headers }, { partSize: PART, multipartThreshold: 0 });
  for (const { headers, operation } of oss.requests) assert.notProperty(headers, "content-md5", operation);
});

test("upload: a checkpoint describes the object, and holds no secret", async () => {
  const world = createWorld({}, {});
  world.onRequest = ({ part }, forward) => (part === 2 ? Promise.resolve(refuse(403, "AccessDenied")) : forward());
  const secrets = { authorization: "s3cret", cookie: "s3cret", "x-oss-server-side-encryption-customer-key": "s3cret" };
  const { requestPayer: _, ...described } = input;
  const error = await failure(
    upload(
      world.client,
      {
        ...described,
        body: pattern(3 * PART),
        headers: { ...secrets, "X-Oss-Meta-B": "2", "x-oss-callback-var": "s3cret" },
      },
      { partSize: PART, multipartThreshold: 0 },
    ),
  );
  const { checkpoint } = error as { checkpoint: UploadCheckpoint };
  assert.deepEqual(Object.keys(checkpoint.headers).sort(), [
    ...["cache-control", "content-disposition", "content-encoding", "content-language", "content-type", "expires"],
    ...["x-oss-forbid-overwrite", "x-oss-meta-author", "x-oss-meta-b", "x-oss-object-acl"],
    ...["x-oss-server-side-data-encryption", "x-oss-server-side-encryption", "x-oss-server-side-encryption-key-id"],
    ...["x-oss-storage-class", "x-oss-tagging"],
  ]);
  assert.notMatch(JSON.stringify(checkpoint), /s3cret|callback|example/);
});
