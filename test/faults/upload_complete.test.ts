import { crc64 } from "../../src/checksum/crc64.ts";
import { callback } from "../../src/operations/callback.ts";
import { headObject, putObject } from "../../src/operations/object/basic.ts";
import type { UploadCheckpoint } from "../../src/transfer/upload/types.ts";
import { upload } from "../../src/transfer/upload.ts";
import { BUCKET, createWorld, hide, PART, refuse, type Seen, type World } from "../conformance/upload_support.ts";
import { assert, test } from "../harness.ts";
import { hurry } from "../unit/core/timers.ts";
import { assertBytes, failure, pattern } from "../unit/streams/support.ts";

const CRC = "x-oss-hash-crc64ecma";
const bytes = pattern(3 * PART + 1);
const options = { partSize: PART, multipartThreshold: 0 };

type Forward = Parameters<World["onRequest"]>[1];

/** A world where completing goes wrong in a given way, the n-th time from 1. */
function world(
  onComplete: (forward: Forward, time: number) => Promise<Response>,
  others?: (seen: Seen, forward: Forward) => Promise<Response>,
): World {
  const made = createWorld();
  let times = 0;
  made.onRequest = (seen, forward) =>
    seen.kind === "complete" ? onComplete(forward, ++times) : (others?.(seen, forward) ?? forward());
  return made;
}

const lost = (): never => {
  throw new TypeError("fetch failed");
};

test("complete: an answer that is lost after the service acted is made up for by HEAD, without a second Complete", async () => {
  const answers: ((response: Response) => Response)[] = [
    lost,
    () => refuse(500, "InternalError"),
    () => new Response("<html>captive portal</html>"),
    () => new Response('<?xml version="1.0"?><CompleteMultipartUploadResult><ETag>', {}),
  ];
  for (const answer of answers) {
    const w = world(async (forward) => answer(await forward()));
    const result = await upload(w.client, { key: "k", body: bytes }, options);
    assert.equal(result.crc64, crc64(bytes));
    assert.isString(result.etag);
    assert.deepInclude(w.kinds(), { complete: 1, list: 1, head: 1 });
    assert.isUndefined(w.kinds().abort);
    assertBytes(await w.read("k"), bytes);
  }
});

test("complete: after a failure it is sent again only when the upload was seen open", async (t) => {
  hurry(t);
  for (const fault of [lost, () => refuse(503, "ServiceUnavailable")]) {
    const w = world(async (forward, time) => (time < 3 ? fault() : forward()));
    await upload(w.client, { key: "k", body: bytes }, options);
    assert.deepEqual(
      w.requests.map((request) => request.kind).filter((kind) => kind !== "part"),
      ["initiate", "complete", "list", "complete", "list", "complete"],
    );
    assertBytes(await w.read("k"), bytes);
  }
});

test("complete: a failure that lasts is given up, and the parts are kept", async (t) => {
  hurry(t);
  const w = world(async () => lost());
  const error = await failure(upload(w.client, { key: "k", body: bytes }, options));
  assert.deepInclude((error as Error).cause, { name: "NetworkError" });
  assert.equal(w.kinds().complete, 4);
  assert.deepEqual(await w.open(), ["k"]);
  assert.lengthOf((error as { checkpoint: UploadCheckpoint }).checkpoint.parts, 4);
});

test("complete: a time limit that ends while the service is asked is what is told", async () => {
  const w = world(
    async () => lost(),
    ({ kind }, forward) => (kind === "list" ? new Promise(() => undefined) : forward()),
  );
  const error = await failure(upload(w.client, { key: "k", body: bytes }, { ...options, timeout: 300 }));
  assert.deepInclude((error as Error).cause, { name: "TimeoutError" });
});

test("complete: a refusal is final", async () => {
  const w = world(async () => refuse(400, "InvalidPart"));
  const error = await failure(upload(w.client, { key: "k", body: bytes }, options));
  assert.deepInclude((error as Error).cause, { code: "InvalidPart" });
  assert.deepInclude(w.kinds(), { complete: 1 });
  assert.isUndefined(w.kinds().abort);
  assert.isUndefined(w.kinds().list);
});

test("complete: an upload that is gone without its object is a failure, even where an older object has its length", async () => {
  for (const hidden of [[], [CRC]]) {
    const w = world(
      async () => refuse(404, "NoSuchUpload"),
      async ({ kind }, forward) => {
        if (kind === "list") return refuse(404, "NoSuchUpload");
        if (kind !== "head") return forward();
        const response = hide(await forward(), ...hidden);
        response.headers.set("last-modified", new Date(Date.now() - 60_000).toUTCString());
        return response;
      },
    );
    await putObject(w.client, { key: "k", body: pattern(bytes.length, 9) });
    const error = await failure(upload(w.client, { key: "k", body: bytes }, options));
    assert.deepInclude((error as Error).cause, { code: "NoSuchUpload" });
    assert.equal(w.kinds().complete, 1);
  }
});

test("complete: an object of the same bytes that was there before is not taken for the one that was to be made", async () => {
  for (const hidden of [[], [CRC], ["x-oss-object-type"], ["x-oss-object-type", CRC, "last-modified"]]) {
    const w = world(
      async () => refuse(404, "NoSuchUpload"),
      async ({ kind }, forward) => {
        if (kind === "list") return refuse(404, "NoSuchUpload");
        if (kind !== "head") return forward();
        const response = hide(await forward(), ...hidden.filter((name) => name !== "last-modified"));
        if (hidden.includes("last-modified")) return hide(response, "last-modified");
        response.headers.set("last-modified", new Date(Date.now() - 60_000).toUTCString());
        return response;
      },
    );
    await putObject(w.client, { key: "k", body: bytes });
    const error = await failure(upload(w.client, { key: "k", body: bytes }, options));
    assert.deepInclude((error as Error).cause, { code: "NoSuchUpload" });
    // Nothing is left that could be gone on with.
    assert.isUndefined((error as { checkpoint?: unknown }).checkpoint);
    assert.isUndefined((error as { uploadId?: string }).uploadId);
  }
});

test("complete: what somebody else has put meanwhile is not taken for it, though it has the same bytes", async () => {
  const w = world(
    async (_, time) => {
      if (time === 1) await putObject(w.client, { key: "k", body: bytes, metadata: { by: "another" } });
      return refuse(404, "NoSuchUpload");
    },
    async ({ kind }, forward) => (kind === "list" ? refuse(404, "NoSuchUpload") : forward()),
  );
  const error = await failure(upload(w.client, { key: "k", body: bytes }, options));
  assert.deepInclude((error as Error).cause, { code: "NoSuchUpload" });
});

test("complete: one that was at work while the upload was seen open is not in its own way", async () => {
  for (const refusal of [() => refuse(404, "NoSuchUpload"), () => refuse(409, "FileAlreadyExists")]) {
    const w = world(async (forward, time) => {
      if (time === 1) return lost();
      // What the first has made by now: one is as good as the other.
      await forward();
      return refusal();
    });
    const result = await upload(w.client, { key: "k", body: bytes, forbidOverwrite: true }, options);
    assert.equal(result.crc64, crc64(bytes));
    assert.deepInclude(w.kinds(), { complete: 2, list: 2, head: 1 });
    assertBytes(await w.read("k"), bytes);
  }
});

test("complete: with forbidOverwrite an object that is there already is refused, and never adopted", async () => {
  const w = world(async (forward) => {
    await putObject(w.client, { key: "k", body: bytes });
    return forward();
  });
  const error = await failure(upload(w.client, { key: "k", body: bytes, forbidOverwrite: true }, options));
  assert.deepInclude((error as Error).cause, { code: "FileAlreadyExists" });
  assert.equal(w.kinds().complete, 1);
  assert.deepEqual(await w.open(), ["k"]);
});

test("complete: after a lost answer the version is told, and of a callback what can be known: nothing", async () => {
  const service = {
    buckets: [{ name: BUCKET, versioning: "Enabled" as const }],
    callback: () => Response.json({ ok: true }),
  };
  const w = createWorld({}, service);
  let first = true;
  w.onRequest = async ({ kind }, forward) => {
    const response = await forward();
    if (kind !== "complete" || !first) return response;
    first = false;
    return lost();
  };
  await putObject(w.client, { key: "k", body: "older" });
  const told = callback({ url: "https://app.example.com/stored", body: "x" });
  const result = await upload(w.client, { key: "k", body: bytes, callback: told }, options);
  const head = await headObject(w.client, { key: "k" });
  assert.isString(result.versionId);
  assert.equal(result.versionId, head.versionId);
  assert.notProperty(result, "callbackResult");
  assert.equal(w.kinds().complete, 1);
});

test("complete: where HEAD hides the CRC-64, length and time tell the object", async () => {
  const w = world(
    async (forward) => {
      await forward();
      return lost();
    },
    async ({ kind }, forward) => (kind === "head" ? hide(await forward(), CRC, "etag") : forward()),
  );
  const result = await upload(w.client, { key: "k", body: bytes }, options);
  assert.deepInclude(result, { size: bytes.length, crc64: crc64(bytes) });
});

test("complete: aborted while its answer is awaited, it ends with the reason and asks nothing more", async () => {
  const controller = new AbortController();
  const w = world(async (forward) => {
    const response = await forward();
    controller.abort("closed");
    return response;
  });
  const job = upload(w.client, { key: "k", body: bytes }, { ...options, signal: controller.signal });
  assert.equal(await failure(job), "closed");
  assert.deepInclude(w.kinds(), { complete: 1, abort: 1 });
  assert.isUndefined(w.kinds().head);
  assert.equal(w.inFlight, 0);
});
