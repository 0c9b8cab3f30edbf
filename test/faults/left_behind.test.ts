/** Transfers that end early leave nothing behind: no upload that is named and gone, no timer, no slot, no rejection. */
import { putObject } from "../../src/operations/object/basic.ts";
import { abortMultipartUpload } from "../../src/operations/object/multipart.ts";
import { createSlots } from "../../src/streams/slots.ts";
import { copy } from "../../src/transfer/copy.ts";
import { createUpload } from "../../src/transfer/create_upload.ts";
import { download } from "../../src/transfer/download.ts";
import { upload } from "../../src/transfer/upload.ts";
import { createWorld, PART, refuse, type World } from "../conformance/upload_support.ts";
import { assert, test } from "../harness.ts";
import { countTimers } from "../unit/core/timers.ts";
import { failure, pattern } from "../unit/streams/support.ts";

const bytes = pattern(3 * PART + 1);
const options = { partSize: PART, multipartThreshold: 0, concurrency: 2 } as const;
const input = { sourceKey: "a", key: "b" } as const;

async function worldWithSource(): Promise<World> {
  const made = createWorld();
  await putObject(made.client, { key: "a", body: bytes });
  made.requests.length = 0;
  return made;
}

test("copy: where somebody else ends its upload, the error names none", async () => {
  const made = await worldWithSource();
  made.onRequest = async ({ kind, part, query }, forward) => {
    if (kind === "part" && part === 2) {
      const uploadId = query.get("uploadId") ?? "";
      await abortMultipartUpload(made.client, { key: "b", uploadId });
    }
    return forward();
  };
  const error = await failure(copy(made.client, input, options));
  assert.deepInclude(error, { name: "TransferError", uploadId: undefined, checkpoint: undefined });
  assert.propertyVal(Object(error).cause, "code", "NoSuchUpload");
});

test("copy: a part whose answer has no ETag is no part", async () => {
  const made = await worldWithSource();
  made.onRequest = async ({ kind, part }, forward) => {
    const response = await forward();
    if (kind !== "part" || part !== 2) return response;
    const text = await response.text();
    const headers = new Headers(response.headers);
    for (const name of ["content-length", "etag"]) headers.delete(name);
    return new Response(text.replace(/<ETag>.*<\/ETag>/, ""), { status: response.status, headers });
  };
  const error = await failure(copy(made.client, input, options));
  assert.deepInclude(error, { name: "TransferError", failedParts: [2] });
  assert.equal(Object(error).cause.name, "DecodeError");
  assert.isUndefined(made.kinds().complete);
});

test("copy and upload: however they end, no timer waits on", async () => {
  const made = await worldWithSource();
  const timers = countTimers();
  try {
    const limit = { ...options, timeout: 600_000 };
    await copy(made.client, input, limit);
    await upload(made.client, { key: "c", body: bytes }, limit);
    assert.equal(timers.running(), 0, "done");
    const controller = new AbortController();
    made.onRequest = async ({ kind }, forward) => {
      if (kind === "initiate") {
        controller.abort("enough");
        // The answer is waited for, so that there is something to delete.
        assert.isAbove(timers.running(), 0);
      }
      return forward();
    };
    const aborted = { ...limit, signal: controller.signal };
    assert.equal(await failure(upload(made.client, { key: "c", body: bytes }, aborted)), "enough");
    assert.equal(timers.running(), 0, "aborted while it was opened");
    made.onRequest = async ({ kind }, forward) => (kind === "part" ? refuse(403, "AccessDenied") : forward());
    await failure(copy(made.client, input, limit));
    await failure(upload(made.client, { key: "c", body: bytes }, limit));
    assert.equal(timers.running(), 0, "failed");
  } finally {
    timers.restore();
  }
});

test("job: a discard that fails, and that nobody waits for, troubles nobody", async () => {
  const made = createWorld();
  let arrived = (): void => {};
  const part = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  made.onRequest = async ({ kind }, forward) => {
    if (kind === "abort") return refuse(403, "AccessDenied");
    if (kind !== "part") return forward();
    arrived();
    return new Promise(() => undefined);
  };
  const job = createUpload(made.client, { key: "b", body: bytes }, options);
  await part;
  // What is dropped here is told by the runner, if it rejects.
  void job.discard();
  assert.equal(Object(await failure(job.finished)).name, "TransferError");
  assert.propertyVal(await failure(job.discard()), "code", "AccessDenied");
});

test("download: a cancel resolves when its slots are free", async () => {
  const made = await worldWithSource();
  const slots = createSlots(2);
  const { body } = await download(made.client, { key: "a" }, { partSize: PART, concurrency: 2, slots });
  const reader = body.getReader();
  await reader.read();
  made.onRequest = () => new Promise(() => undefined);
  await reader.cancel();
  let free = 0;
  const late = new AbortController();
  const taken = [1, 2].map(() => slots.take(late.signal).then(() => free++));
  await Promise.resolve();
  await Promise.resolve();
  assert.equal(free, 2);
  await Promise.all(taken);
});
