/** Processing: what is sent, what is stored, what is refused. */
import {
  asyncProcessObject,
  doc,
  getObject,
  headObject,
  image,
  type Process,
  presign,
  processObject,
  putBucket,
  putObject,
  putStyle,
  style,
  video,
} from "../../../src/mod.ts";
import { assert, test } from "../../harness.ts";
import { operationCase, presignCase, type Stage, stage } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { PIXEL, SAMPLES } from "../support/images.ts";
import { assertRefused, bytesOf, failureOf, own, VERSIONS } from "../support/world.ts";

const prepare = ({ client }: Stage): Promise<unknown> =>
  putObject(client, { key: "a.gif", body: PIXEL, contentType: "image/gif", metadata: { by: "me" } });
const small = image().resize({ width: 100 }).saveAs({ key: "b/kleín.gif", bucket: "thumbs" });

operationCase(
  "ProcessObject",
  "stores the result where saveAs says, in the same bucket or another one",
  async (set) => {
    const { client } = set;
    await prepare(set);
    await putBucket(client, { bucket: "thumbs", acl: "private" });
    const far = await processObject(client, { key: "a.gif", process: small });
    assert.deepEqual(own(far, 200), { bucket: "thumbs", object: "b/kleín.gif", fileSize: 42, processStatus: "OK" });
    const stored = await getObject(client, { bucket: "thumbs", key: "b/kleín.gif" });
    assert.equal(stored.contentType, "image/gif");
    assert.deepEqual(await bytesOf(stored), PIXEL);
    const near = await processObject(client, { key: "a.gif", process: image().rotate(90).saveAs({ key: "c.gif" }) });
    assert.deepEqual(own(near, 200), { bucket: "", object: "c.gif", fileSize: 42, processStatus: "OK" });
    assert.equal((await headObject(client, { key: "c.gif" })).contentLength, 42);
  },
);

operationCase("ProcessObject", "refuses what it cannot do, by its number", async (set) => {
  const { client } = set;
  await prepare(set);
  const refused = (process: Process, status: number, code: string, ec?: string): Promise<unknown> =>
    assertRefused(processObject(client, { key: "a.gif", process }), { status, code, ...(ec && { ec }) });
  await refused("image/slim,1|sys/saveas,o_YQ", 400, "InvalidArgument", "0040-00000213");
  await refused("image/|sys/saveas,o_YQ", 400, "InvalidArgument", "0040-00000212");
  await refused("image/resize,w_100|sys/saveas,o_!", 400, "InvalidArgument");
  await refused("image/resize,w_100|sys/copy,o_YQ", 400, "InvalidArgument");
  await refused(small, 404, "NoSuchBucket", "0015-00000101");
  const missing = processObject(client, { key: "no.gif", process: small });
  await assertRefused(missing, { status: 404, code: "NoSuchKey", ec: "0026-00000001" });
  await putObject(client, { key: "a.gif", body: "no image" });
  await refused(image().info(), 400, "BadRequest", "0040-00000005");
});

operationCase("ProcessObject", "is not repeated when its answer is lost", async (set) => {
  await prepare(set);
  set.oss.faults.add({ kind: "lost", operation: "ProcessObject" });
  const process = image().rotate(90).saveAs({ key: "c.gif" });
  assert.propertyVal(await failureOf(processObject(set.client, { key: "a.gif", process })), "name", "NetworkError");
  assert.lengthOf(
    set.oss.requests.filter(({ operation }) => operation === "ProcessObject"),
    1,
  );
});

operationCase("AsyncProcessObject", "begins a task, whose result is stored", async (set) => {
  await prepare(set);
  const asyncProcess = video().convert({ format: "mp4" }).saveAs({ key: "trip.mp4" }).notify("done");
  const result = own(await asyncProcessObject(set.client, { key: "a.gif", asyncProcess }), 200);
  assert.match(`${result.eventId} ${result.taskId} ${result.processRequestId}`, /^\S+-event Task-\S+ \S+-request$/);
  assert.equal((await headObject(set.client, { key: "trip.mp4" })).contentLength, 42);
  const none = asyncProcessObject(set.client, { key: "a.gif", asyncProcess: "video/bake|sys/saveas,o_YQ" });
  await assertRefused(none, { status: 400, code: "InvalidArgument" });
});

operationCase("GetObject", "with image/info answers size and format of the stored bytes", async ({ client }) => {
  for (const { format, width, height, frames, bytes } of SAMPLES) {
    await putObject(client, { key: "image", body: bytes });
    const answer = await getObject(client, { key: "image", process: image().info() });
    assert.deepEqual(await answer.json(), {
      FileSize: { value: String(bytes.length) },
      Format: { value: format },
      FrameCount: { value: String(frames) },
      ImageHeight: { value: String(height) },
      ImageWidth: { value: String(width) },
    });
    // Cut short before its size it is no image.
    await putObject(client, { key: "image", body: bytes.slice(0, 8) });
    const cut = getObject(client, { key: "image", process: "image/info" });
    await assertRefused(cut, { status: 400, code: "BadRequest", ec: "0040-00000005" });
  }
});

operationCase("GetObject", "with a chain answers the object; saveas is for POST", async (set) => {
  await prepare(set);
  for (const process of [image().resize({ width: 9 }), doc().preview(), "image/format,png"]) {
    const answer = await getObject(set.client, { key: "a.gif", process });
    assert.deepEqual(await bytesOf(answer), PIXEL);
  }
  for (const [process, ec] of [
    ["image/resize,m_abc", "0040-00000311"],
    ["image/crop,w_abc", "0040-00000225"],
    ["image/format,dng", "0040-00000206"],
    ["image/format", "0040-00000207"],
  ] as const)
    await assertRefused(getObject(set.client, { key: "a.gif", process }), { status: 400, code: "InvalidArgument", ec });
  await assertRefused(getObject(set.client, { key: "a.gif", process: small }), {
    status: 400,
    code: "InvalidArgument",
  });
});

operationCase("GetObject", "with a style does what the bucket keeps under its name", async (set) => {
  const { client } = set;
  await prepare(set);
  await putStyle(client, { styleName: "thumb", content: "image/resize,p_50" });
  await putStyle(client, { styleName: "facts", content: "image/info" });
  assert.deepEqual(await bytesOf(await getObject(client, { key: "a.gif", process: style("thumb") })), PIXEL);
  const facts = await getObject(client, { key: "a.gif", process: style("facts") });
  assert.deepInclude(await facts.json(), { ImageWidth: { value: "1" } });
  const none = getObject(client, { key: "a.gif", process: style("none") });
  await assertRefused(none, { status: 404, code: "NoSuchStyle" });
  const process = style("thumb").saveAs({ key: "small.gif" });
  assert.equal((await processObject(client, { key: "a.gif", process })).object, "small.gif");
});

for (const signatureVersion of VERSIONS)
  test(`GetObject: the chain is part of a presigned URL's signature (${signatureVersion})`, async (t) => {
    const set = stage(t, { client: { signatureVersion } });
    await prepare(set);
    const input = { key: "a.gif", process: image().resize({ width: 100 }) };
    const { url } = await presign(set.client, getObject, input, { expiresIn: 60 });
    assert.include(url, "x-oss-process=image%2Fresize%2Cw_100");
    assert.deepEqual(await bytesOf(await set.oss.fetch(url)), PIXEL);
    const other = await set.oss.fetch(url.replace("w_100", "w_101"));
    assert.equal(other.status, 403);
    await other.body?.cancel();
  });

const url = "https://photos.oss-cn-hangzhou.aliyuncs.com/a.gif";
const headers = { "content-type": "application/xml" };
sends(
  processObject,
  "the chain in the body",
  { key: "a.gif", process: small },
  {
    method: "POST",
    url: `${url}?x-oss-process`,
    headers,
    body: "x-oss-process=image/resize,w_100|sys/saveas,o_Yi9rbGXDrW4uZ2lm,b_dGh1bWJz",
  },
);
sends(
  asyncProcessObject,
  "the chain in the body",
  { key: "a.gif", asyncProcess: "doc/convert,target_pdf" },
  { method: "POST", url: `${url}?x-oss-async-process`, headers, body: "x-oss-async-process=doc/convert,target_pdf" },
);
sends(
  getObject,
  "a chain in the query",
  { key: "a.gif", process: image().sharpen(100) },
  { method: "GET", url: `${url}?x-oss-process=image%2Fsharpen%2C100` },
);
reads(
  processObject,
  { key: "a.gif", process: small },
  { body: '{"bucket":"thumbs","fileSize":3267,"object":"dest.jpg","status":"OK"}' },
  { bucket: "thumbs", fileSize: 3267, object: "dest.jpg", processStatus: "OK" },
);
reads(
  asyncProcessObject,
  { key: "a.gif", asyncProcess: small },
  { body: '{"EventId":"181-1kZ","RequestId":"1D99637F","TaskId":"MediaConvert-e4a7"}' },
  { eventId: "181-1kZ", processRequestId: "1D99637F", taskId: "MediaConvert-e4a7" },
);
reads(processObject, { key: "a.gif", process: small }, { body: "" }, {});

presignCase("ProcessObject", processObject, {
  prepare,
  input: { key: "a.gif", process: "-" },
  body: new TextEncoder().encode("x-oss-process=image/rotate,90|sys/saveas,o_YQ"),
});
presignCase("AsyncProcessObject", asyncProcessObject, {
  prepare,
  input: { key: "a.gif", asyncProcess: "-" },
  body: new TextEncoder().encode("x-oss-async-process=video/convert,f_mp4|sys/saveas,o_YQ"),
});
