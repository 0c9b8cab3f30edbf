/** What careless callers and bad networks do: nothing is overwritten, and nothing waits for ever. */
import {
  abortMultipartUpload,
  completeMultipartUpload,
  copyObject,
  createClient,
  createPresigner,
  deleteObject,
  getObject,
  listMultipartUploads,
  listObjects,
  listObjectsV2,
  listParts,
  postObject,
  postPolicy,
  presign,
  putMeta,
  putObject,
  putObjectAcl,
  signRtmpUrl,
  upload,
  uploadPart,
  uploadPartCopy,
} from "../../src/mod.ts";
import { assert, test } from "../harness.ts";
import { failureOf, noise, world } from "./support/world.ts";

/** Calls as JavaScript makes them, where no compiler looks. */
const loosely = <T>(value: T): never => value as never;

test("a field that is missing never makes another call of this one", async (t) => {
  const { client, oss } = world(t);
  await putObject(client, { key: "k", body: "precious" });
  const before = oss.requests.length;
  const key = "k";
  const calls: (() => Promise<unknown>)[] = [
    () => putObject(client, loosely({ key })),
    () => copyObject(client, loosely({ key })),
    () => uploadPart(client, loosely({ key, partNumber: 1, body: "x" })),
    () => uploadPart(client, loosely({ key, uploadId: "1", body: "x" })),
    () => uploadPart(client, loosely({ key, uploadId: "", partNumber: 1, body: "x" })),
    () => completeMultipartUpload(client, loosely({ key, parts: [{ partNumber: 1, etag: "e" }] })),
    () => abortMultipartUpload(client, loosely({ key })),
    () => abortMultipartUpload(client, loosely({ key, uploadId: null })),
    () => putObjectAcl(client, loosely({ key })),
  ];
  for (const call of calls) assert.instanceOf(await failureOf(call()), TypeError, String(call));
  assert.lengthOf(oss.requests, before);
  assert.equal(await (await getObject(client, { key })).text(), "precious");
});

test("what is out of bounds or of another kind is told before any request, by name", async (t) => {
  const { client, oss } = world(t);
  const key = "k";
  for (const size of [0, 1001, 1.5, Number.NaN, "10"]) {
    const maxKeys = loosely(size);
    const calls: (readonly [name: string, call: () => Promise<unknown>])[] = [
      ["maxKeys", () => listObjectsV2(client, { maxKeys })],
      ["maxKeys", () => listObjects(client, { maxKeys })],
      ["maxParts", () => listParts(client, { key, uploadId: "1", maxParts: maxKeys })],
      ["maxUploads", () => listMultipartUploads(client, { maxUploads: maxKeys })],
    ];
    for (const [name, call] of calls) {
      const error = await failureOf(call());
      assert.instanceOf(error, RangeError, `${name} ${size}`);
      assert.include(String(error), name);
      assert.include(String(error), String(size));
    }
  }
  const range = await failureOf(getObject(client, { key, range: loosely("bytes=0-1") }));
  assert.instanceOf(range, TypeError);
  assert.include(String(range), 'range must be [first, last], got "bytes=0-1"');
  for (const input of [undefined, null, {}]) {
    const error = await failureOf(upload(client, loosely(input)));
    assert.instanceOf(error, TypeError);
    assert.include(String(error), "key must be");
  }
  assert.lengthOf(oss.requests, 0);
});

test("a date that is none is neither stored nor left out of a condition", async (t) => {
  const { client, oss } = world(t);
  const never = new Date("soon");
  const copySource = { bucket: "suite-bucket", key: "k" };
  for (const call of [
    () => putObject(client, { key: "k", body: "x", expires: never }),
    () => getObject(client, { key: "k", ifModifiedSince: never }),
    () => getObject(client, { key: "k", ifUnmodifiedSince: never }),
    () => copyObject(client, { key: "c", copySource, copySourceIfUnmodifiedSince: never }),
    () => putMeta(client, { key: "k", expires: never }),
  ])
    assert.instanceOf(await failureOf(call()), RangeError, String(call));
  assert.lengthOf(oss.requests, 0);
});

test("a version of null is none, wherever it is given", async (t) => {
  const { client } = world(t);
  const versionId = loosely(null);
  const copySource = { bucket: "suite-bucket", key: "k", versionId };
  for (const request of [
    copyObject.toRequest({ key: "c", copySource }),
    uploadPartCopy.toRequest({ key: "c", uploadId: "1", partNumber: 1, copySource }),
  ])
    assert.equal(request.headers?.["x-oss-copy-source"], "/suite-bucket/k");
  await putObject(client, { key: "k", body: "x" });
  assert.equal(await (await getObject(client, { key: "k", versionId })).text(), "x");
});

test("options and inputs that are not there are told by what they lack", async (t) => {
  const { client, oss } = world(t);
  const presigner = await createPresigner(client);
  const none = loosely(undefined);
  const calls: (readonly [name: string, call: () => Promise<unknown>])[] = [
    ["expiresIn", () => presign(client, getObject, { key: "k" }, none)],
    ["expiresIn", async () => presigner.presign(getObject, { key: "k" }, none)],
    ["expiresIn", () => signRtmpUrl(client, { key: "k", playlistName: "k.m3u8" }, none)],
    ["expiresIn", () => postPolicy(client, none)],
    ["form", () => postObject(client, loosely({ key: "k", body: "x" }))],
  ];
  for (const [name, call] of calls) {
    const error = await failureOf(call());
    assert.match(String(error), new RegExp(`^(TypeError|RangeError): ${name} must be .*got undefined`));
  }
  assert.lengthOf(oss.requests, 0);
});

test("a stream that was read before, and a Response that failed, are not stored", async (t) => {
  const { client, oss } = world(t);
  for (const store of [
    (body: ReadableStream<Uint8Array> | Response) => putObject(client, { key: "k", body }),
    (body: ReadableStream<Uint8Array> | Response) => upload(client, { key: "k", body }),
  ]) {
    const stream = new Blob(["abc"]).stream();
    const reader = stream.getReader();
    while (!(await reader.read()).done);
    reader.releaseLock();
    for (const body of [stream, new Response("not found", { status: 404 }), Response.error()]) {
      assert.isDefined(await failureOf(store(body)));
    }
  }
  assert.lengthOf(oss.requests, 0);
});

test("a document that drips is no stall, and one that stops is", async (t) => {
  const { client } = world(t, { client: { stallTimeout: 300, retry: { attempts: 1 }, fetch: drip } });
  let more = 12;
  async function drip(): Promise<Response> {
    const encoder = new TextEncoder();
    const head = encoder.encode("<ListBucketResult><IsTruncated>false</IsTruncated>");
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, more > 0 ? 60 : 5000));
        controller.enqueue(more-- === 12 ? head : encoder.encode(" "));
        if (more === 0) controller.enqueue(encoder.encode("</ListBucketResult>"));
        if (more === 0 && !stops) controller.close();
      },
    });
    return new Response(body);
  }
  let stops = false;
  assert.deepEqual((await listObjectsV2(client, {})).objects, []);
  more = 12;
  stops = true;
  assert.propertyVal(await failureOf(listObjectsV2(client, {})), "limit", "stallTimeout");
});

test("the page of a captive portal is no success", async (t) => {
  const page = async (): Promise<Response> =>
    new Response("<html>Please log in</html>", { headers: { "content-type": "text/html; charset=utf-8" } });
  const { client } = world(t, { client: { fetch: page } });
  for (const call of [
    () => putObject(client, { key: "k", body: "x" }),
    () => deleteObject(client, { key: "k" }),
    () => upload(client, { key: "k", body: "x" }),
    () => listObjectsV2(client, {}),
  ]) {
    const error = await failureOf(call());
    const cause = (error as Error).name === "TransferError" ? (error as Error).cause : error;
    assert.propertyVal(cause, "name", "DecodeError", String(call));
  }
});

test("an onProgress that fails later fails the upload, not the process", async (t) => {
  const { client, oss } = world(t);
  const wrong = new Error("mine");
  // biome-ignore lint/suspicious/noThenProperty: a promise of another realm, or of a patched page, is only a thenable here.
  const foreign = { then: (_: unknown, reject: (reason: unknown) => void) => reject(wrong) };
  for (const told of [async () => Promise.reject(wrong), () => foreign]) {
    const options = { partSize: 102_400, multipartThreshold: 0, onProgress: told };
    assert.strictEqual(await failureOf(upload(client, { key: "k", body: noise(300_000) }, options)), wrong);
  }
  assert.instanceOf(await failureOf(upload(client, { key: "k", body: "x" }, loosely({ onProgress: 5 }))), TypeError);
  assert.notInclude(
    oss.requests.map(({ operation }) => operation),
    "CompleteMultipartUpload",
  );
});

test("a header that cannot be sent is told before the body is touched", async (t) => {
  const { client, oss } = world(t);
  let touched = false;
  const body = new ReadableStream<Uint8Array>(
    {
      pull() {
        touched = true;
      },
    },
    // Nothing is pulled before it is asked for.
    { highWaterMark: 0 },
  );
  const input = { key: "k", body, headers: { "x-oss-meta-a": "\u00e9" } };
  const error = await failureOf(upload(client, input, { partSize: 102_400, multipartThreshold: 0 }));
  assert.instanceOf(error, TypeError);
  assert.include((error as Error).message, "x-oss-meta-a");
  assert.isFalse(touched);
  assert.lengthOf(oss.requests, 0);
});

test("keys with a line break are refused without being shown", async (t) => {
  const { oss } = world(t);
  const keys = { accessKeyId: "LTAI5t", accessKeySecret: "s3cr3t", securityToken: "t0ken" };
  for (const name of ["accessKeyId", "accessKeySecret", "securityToken"] as const) {
    const credentials = { ...keys, [name]: `${keys[name]}\n` };
    const options = { ...oss.clientOptions, bucket: "photos" };
    const fixed = await failureOf((async () => createClient({ ...options, credentials }))());
    assert.instanceOf(fixed, TypeError);
    const client = createClient({ ...options, credentials: async () => credentials, retry: { attempts: 1 } });
    const provided = await failureOf(putObject(client, { key: "k", body: "x" }));
    assert.propertyVal(provided, "name", "CredentialsError");
    for (const error of [fixed, provided]) assert.notMatch(String(error), /LTAI5t|s3cr3t|t0ken/);
  }
});
