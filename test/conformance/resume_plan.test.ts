/** Whatever the service has, and whatever became of the body: the right object, or the right error and nothing touched. */
import type { TransferError } from "../../src/errors.ts";
import { putObject } from "../../src/operations/object/basic.ts";
import { initiateMultipartUpload } from "../../src/operations/object/multipart.ts";
import type { UploadCheckpoint } from "../../src/transfer/upload/types.ts";
import { upload } from "../../src/transfer/upload.ts";
import { assert, fc } from "../harness.ts";
import { assertBytes, streamOf } from "../unit/streams/support.ts";
import {
  assertPaged,
  heldOf,
  leadsToTheRight,
  PIECE,
  putParts,
  type Remote,
  sentParts,
  serviceOf,
  wholeOf,
  without,
} from "./remote_parts.ts";
import { options } from "./resume_support.ts";
import { BUCKET, createWorld } from "./upload_support.ts";

const body = fc.record({
  /** Where a byte of the body has changed since, as a fraction of its length; where it has not: none. */
  change: fc.option(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { nil: undefined }),
  resized: fc.constantFrom(0, 0, 0, 1, -1),
  kind: fc.constantFrom("file", "stream"),
  noSums: fc.boolean(),
});
type Body = typeof body extends fc.Arbitrary<infer B> ? B : never;

async function goesOn(remote: Remote, { change, resized, kind, noSums }: Body): Promise<void> {
  const world = createWorld({}, serviceOf(noSums));
  await putObject(world.client, { key: "k", body: "old" });
  const { uploadId } = await initiateMultipartUpload(world.client, { key: "k", contentType: "a/b" });
  const whole = wholeOf(remote);
  const checkpoint: UploadCheckpoint = {
    ...{ version: 1, kind: "upload", bucket: BUCKET, key: "k", uploadId, size: whole.length, partSize: PIECE },
    ...{ parts: [], headers: { "content-type": "a/b" } },
  };
  const there = await putParts(world, { key: "k", uploadId }, remote);
  const before = await there();
  const local = new Uint8Array(whole.length + resized);
  local.set(whole.subarray(0, local.length));
  const changedAt = change === undefined ? -1 : Math.floor(change * local.length);
  if (changedAt >= 0) local[changedAt] = Number(local[changedAt]) ^ 0x80;
  world.requests.length = 0;
  const source = kind === "file" ? new Blob([local]) : streamOf(local, [70_000]).stream;
  const input = { key: "k", contentType: "a/b", body: source, contentLength: local.length };
  const error = await upload(world.client, input, { ...options, checkpoint }).then(
    () => undefined,
    (error: unknown) => error as TransferError,
  );
  const held = heldOf(remote);
  const differing = held.filter(
    (number) =>
      remote.kinds[number - 1] === "other" || (changedAt >= 0 && Math.floor(changedAt / PIECE) === number - 1),
  );
  // What was read from a stream cannot be read again: it is told at once, or sent in the place of what differs.
  if (resized !== 0 || (kind === "file" && differing.length > 0)) {
    assert.propertyVal(error?.cause, "name", "SourceChangedError", String(error));
    assert.deepEqual(sentParts(world), []);
    assert.deepEqual(await there(), before);
    assert.equal(new TextDecoder().decode(await world.read("k")), "old");
    return;
  }
  if (error) throw error;
  assertPaged(world, remote);
  assertBytes(await world.read("k"), local);
  assert.deepEqual(
    sentParts(world),
    without(remote.count, new Set(held.filter((number) => !differing.includes(number)))),
  );
  assert.deepEqual(await world.open(), []);
}

leadsToTheRight({ transfer: "resume", changed: "body" }, body, goesOn, 80);
