/** Uploads that were opened twice, as the first answer was lost: the one in vain goes, and nobody else's. */
import { initiateMultipartUpload, uploadPart } from "../../src/operations/object/multipart.ts";
import { copy } from "../../src/transfer/copy.ts";
import { createUpload } from "../../src/transfer/create_upload.ts";
import type { UploadRecord } from "../../src/transfer/resume/types.ts";
import { upload } from "../../src/transfer/upload.ts";
import type { CallOptions } from "../../src/types.ts";
import { testStore } from "../conformance/resume_support.ts";
import { createWorld, PART, refuse, type Seen, type World } from "../conformance/upload_support.ts";
import { assert, test } from "../harness.ts";
import { assertBytes, failure, pattern } from "../unit/streams/support.ts";

const bytes = pattern(3 * PART + 1);
const input = { key: "k", body: bytes };
const options = { partSize: PART, multipartThreshold: 0, concurrency: 2 };

type Forward = Parameters<World["onRequest"]>[1];

/** The service acts, and its answer does not arrive. */
const lost = async (forward: Forward): Promise<never> => {
  await forward();
  throw new TypeError("fetch failed");
};

/** Loses the first answer to Initiate, or does something else to it; the rest meets `others`. */
function losing(
  world: World,
  others: (seen: Seen, forward: Forward) => Promise<Response> = (_, go) => go(),
  lose: (forward: Forward) => Promise<Response> = lost,
): World {
  let first = true;
  world.onRequest = async (seen, forward) => {
    if (seen.kind !== "initiate" || !first) return others(seen, forward);
    first = false;
    return lose(forward);
  };
  return world;
}

test("orphans: after an answer to Initiate was lost, what the first try opened is deleted, and only that is asked for", async () => {
  for (const checkpoints of [undefined, testStore()])
    for (const size of [bytes.length, undefined]) {
      const world = losing(createWorld());
      const body = size ? bytes : new Blob([bytes]).stream();
      const { uploadId } = await upload(world.client, { key: "k", body }, { ...options, checkpoints });
      assert.deepInclude(world.kinds(), { initiate: 2, abort: 1, other: 1, list: 1, complete: 1 });
      const aborted = world.requests.find(({ kind }) => kind === "abort")?.query.get("uploadId");
      assert.notEqual(aborted, uploadId);
      assert.deepEqual(await world.open(), []);
      assert.deepEqual(world.warnings, []);
      assertBytes(await world.read("k"), bytes);
    }
  const calm = createWorld();
  await upload(calm.client, input, options);
  assert.deepEqual(calm.kinds(), { initiate: 1, part: 4, complete: 1 });
});

test("orphans: a copy deletes its own as well", async () => {
  for (const checkpoints of [undefined, testStore()]) {
    const world = createWorld();
    await upload(world.client, input);
    losing(world);
    await copy(world.client, { sourceKey: "k", key: "b" }, { ...options, checkpoints });
    assert.deepInclude(world.kinds(), { initiate: 2, abort: 1 });
    assert.deepEqual(await world.open(), []);
    assertBytes(await world.read("b"), bytes);
  }
});

test("orphans: what fails, is stopped, discarded or aborted leaves none", async () => {
  const ends: Readonly<Record<string, (world: World, more: CallOptions) => Promise<unknown>>> = {
    failed: (world) => upload(world.client, input, options),
    copied: (world) => copy(world.client, { sourceKey: "a", key: "k" }, options),
    aborted: (world, more) => upload(world.client, input, { ...options, ...more }),
    kept: (world, more) => upload(world.client, input, { ...options, ...more, checkpoints: testStore() }),
    stopped: async (world, { signal }) => {
      const job = createUpload(world.client, input, options);
      signal?.addEventListener("abort", () => void job.stop());
      return job.finished;
    },
    discarded: async (world, { signal }) => {
      const job = createUpload(world.client, input, options);
      signal?.addEventListener("abort", () => void job.discard());
      return job.finished;
    },
  };
  for (const [name, end] of Object.entries(ends)) {
    const controller = new AbortController();
    const world = createWorld();
    await upload(world.client, { key: "a", body: bytes });
    losing(world, async (seen, forward) => {
      if (seen.part !== 3) return forward();
      controller.abort("enough");
      return refuse(403, "AccessDenied");
    });
    await failure(end(world, { signal: controller.signal }));
    const kept = /failed|copied|kept|stopped/.test(name);
    assert.deepEqual(await world.open(), kept ? ["k"] : [], name);
    assert.deepEqual(world.warnings, [], name);
    const aborted = world.requests.filter(({ kind }) => kind === "abort");
    assert.lengthOf(new Set(aborted.map(({ query }) => query.get("uploadId"))), kept ? 1 : 2, name);
  }
});

/** Both clocks of a world, which a test sets. */
function clocked(ahead: number): { world: World; pass: (milliseconds: number) => void } {
  let time = Date.now();
  const world = createWorld({ now: () => time + ahead }, { now: () => time });
  return { world, pass: (milliseconds) => (time += milliseconds) };
}

test("orphans: what others have opened stays: before, after, with parts, or in a record", async () => {
  for (const ahead of [0, 600_000, -600_000])
    for (const whose of ["before", "with parts", "recorded", "after"]) {
      const { world, pass } = clocked(ahead);
      const checkpoints = testStore();
      const open = async (): Promise<string> => {
        const { uploadId } = await initiateMultipartUpload(world.client, { key: "k" });
        return uploadId;
      };
      const before = whose === "before" && (await open());
      if (before) await initiateMultipartUpload(world.client, { key: "k/2" });
      pass(5000);
      const kept: string[] = [];
      let tries = 0;
      world.onRequest = async (seen, forward) => {
        if (seen.kind === "other" && whose === "after") {
          pass(5000);
          kept.push(await open());
        }
        if (seen.kind !== "initiate" || ++tries !== 1) return forward();
        await forward();
        pass(2000);
        if (whose === "with parts" || whose === "recorded") {
          const uploadId = await open();
          kept.push(uploadId);
          if (whose === "with parts")
            await uploadPart(world.client, { key: "k", uploadId, partNumber: 1, body: "another's" });
          else {
            const [record] = checkpoints.records.values();
            const claim = { ...(record as UploadRecord), id: "upload-1", uploadId };
            checkpoints.records.set(claim.id, claim);
          }
        }
        pass(2000);
        throw new TypeError("fetch failed");
      };
      await upload(world.client, input, { ...options, checkpoints });
      world.onRequest = (_, forward) => forward();
      const aborted = world.requests.filter(({ kind }) => kind === "abort").map(({ query }) => query.get("uploadId"));
      assert.lengthOf(aborted, 1, whose);
      assert.notIncludeMembers(aborted, before ? [before] : kept, whose);
      assert.deepEqual(await world.open(), before ? ["k", "k/2"] : ["k"], whose);
      assert.deepEqual(world.warnings, [], whose);
    }
});

test("orphans: where one must be another's, none is deleted, and it is told once, with the key", async () => {
  const world = losing(createWorld(), undefined, async (forward) => {
    // Stands for that of another page, which is as empty.
    await forward();
    return lost(forward);
  });
  await upload(world.client, input, options);
  assert.isUndefined(world.kinds().abort);
  assert.lengthOf(world.warnings, 1);
  assert.match(world.warnings[0] ?? "", /one empty upload of "k" may have been left behind: .*there are 2/);
});

test("orphans: where uploads may not be listed or deleted, one warning names the key, and the object is whole", async () => {
  for (const kind of ["other", "list", "abort"]) {
    const world = losing(createWorld(), async (seen, go) => (seen.kind === kind ? refuse(403, "AccessDenied") : go()));
    await upload(world.client, input, options);
    assert.lengthOf(world.warnings, 1, kind);
    assert.match(world.warnings[0] ?? "", /"k" may have been left behind: .*AccessDenied/);
    assertBytes(await world.read("k"), bytes);
    assert.deepEqual(await world.open(), ["k"]);
  }
});

test("orphans: a refusal that never opened anything costs one look", async () => {
  const world = losing(createWorld(), undefined, async () => refuse(500, "InternalError"));
  await upload(world.client, input, options);
  assert.deepEqual(world.kinds(), { initiate: 2, part: 4, other: 1, complete: 1 });
  assert.deepEqual(world.warnings, []);
});
