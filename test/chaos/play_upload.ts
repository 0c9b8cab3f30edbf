/**
 * Transfers to the service.
 * @module
 */
import { createUpload, type Progress, putObject, type Upload, upload, uploadAll } from "../../src/mod.ts";
import { assert } from "../harness.ts";
import { bytesAt, TARGET, uploadedKey } from "./objects.ts";
import { altersHeaders } from "./plan.ts";
import { eventually, type Outcome, optionsOf, type Play, type Scene, settle, wait } from "./scene.ts";

// The timers of the scenario itself are not those that are watched.
const { setTimeout, clearTimeout } = globalThis;

/** Checks each progress as it comes. */
function createProgressCheck(): { tell(progress: Progress): void; done(total: number): void } {
  let last: Progress | undefined;
  return {
    tell(progress) {
      const { loaded, acknowledged, total } = progress;
      assert.isAtLeast(loaded, last?.loaded ?? 0, "loaded decreased");
      assert.isAtLeast(acknowledged, last?.acknowledged ?? 0, "acknowledged decreased");
      assert.isAtLeast(loaded, acknowledged);
      if (total !== undefined) assert.isAtMost(loaded, total);
      last = progress;
    },
    done: (total) =>
      void assert.deepInclude(last, { loaded: total, acknowledged: total, total }, "progress ends at the total"),
  };
}

export const playPut: Play = async (scene) => {
  const bytes = bytesAt(scene.plan);
  const { body } = await scene.source(bytes);
  return { ...(await settle(putObject(scene.client, { key: TARGET, body }))), stored: { [TARGET]: bytes } };
};

export const playUpload: Play = async (scene) => {
  const bytes = bytesAt(scene.plan);
  const check = createProgressCheck();
  const input = { key: TARGET, ...(await scene.source(bytes)) };
  const options = { ...optionsOf(scene), onProgress: check.tell };
  const outcome = await settle(upload(scene.client, input, options), ({ size }): Outcome => {
    assert.equal(size, bytes.length);
    check.done(bytes.length);
    return {};
  });
  return { ...outcome, stored: { [TARGET]: bytes } };
};

/** An upload that the caller aborts at some time. */
export const playAbort: Play = async (scene) => {
  const bytes = bytesAt(scene.plan);
  const input = { key: TARGET, ...(await scene.source(bytes)) };
  const controller = new AbortController();
  const reason = new Error("enough");
  const timer = setTimeout(() => controller.abort(reason), scene.random.int(0, 400));
  const outcome = await settle(upload(scene.client, input, { ...optionsOf(scene), signal: controller.signal }));
  clearTimeout(timer);
  // Where deleting the parts failed a warning says so.
  const aborted = controller.signal.aborted && outcome.error === reason;
  return { ...outcome, stored: { [TARGET]: bytes }, reason, discarded: aborted && scene.warnings.length === 0 };
};

/** Presses the buttons of a job at random. */
async function press(scene: Scene, job: Upload): Promise<{ discarded?: Promise<boolean> }> {
  const { random, watch } = scene;
  const over = job.finished.then(
    () => {},
    () => {},
  );
  const pressed: { discarded?: Promise<boolean> } = {};
  for (let count = random.int(0, 8); count > 0; count--) {
    await Promise.race([over, wait(random.int(0, 80))]);
    const action = random.pick(["pause", "pause", "let pause", "resume", "resume", "stop", "discard"]);
    if (action === "resume") job.resume();
    else if (action === "let pause") void job.pause();
    else if (action === "pause") {
      await job.pause();
      if (job.state === "paused") await eventually("requests in flight after a pause", () => watch.inFlight);
    } else if (action === "stop") void job.stop();
    else
      pressed.discarded ??= job.discard().then(
        () => true,
        () => false,
      );
  }
  job.resume();
  await over;
  return pressed;
}

export const playJob: Play = async (scene) => {
  const bytes = bytesAt(scene.plan);
  const check = createProgressCheck();
  const input = { key: TARGET, ...(await scene.source(bytes)) };
  const job = createUpload(scene.client, input, { ...optionsOf(scene), onProgress: check.tell });
  const ended = settle(job.finished, ({ size }): Outcome => {
    assert.equal(size, bytes.length);
    return {};
  });
  const pressed = await press(scene, job);
  const outcome = { ...(await ended), stored: { [TARGET]: bytes } };
  const discarded = await pressed.discarded;
  const checkpoint = await job.stop();
  if (outcome.error === undefined) {
    assert.equal(job.state, "done");
    check.done(bytes.length);
    return { ...outcome, discarded: true };
  }
  assert.include(["stopped", "failed", "discarded"], job.state);
  const { open, completed } = await scene.facts();
  if (checkpoint) {
    const kept = open.find(({ uploadId }) => uploadId === checkpoint.uploadId);
    // A completion that nobody could ask about may have ended it, and so may a discard whose answer nobody understood.
    if (!completed[TARGET] && discarded !== false) assert.isDefined(kept, "the upload of the checkpoint is open");
    // Whoever goes on asks the service for the ETags.
    const told = !altersHeaders(scene.plan);
    for (const { number, size, etag } of kept ? checkpoint.parts : [])
      assert.deepInclude(
        kept?.parts.find((part) => part.number === number),
        { size, ...(told && etag !== undefined && { etag }) },
      );
  }
  if (await discarded)
    assert.isEmpty(
      open.filter(({ uploadId }) => scene.watch.known.has(uploadId)),
      "orphans",
    );
  // All is calm now: it can be discarded, whatever happened before.
  await job.discard();
  return { ...outcome, discarded: true };
};

export const playUploadAll: Play = async (scene) => {
  const stored: Record<string, Uint8Array> = {};
  const files = scene.plan.sizes.map((size, index) => {
    const bytes = bytesAt(scene.plan, index);
    stored[uploadedKey(index)] = bytes;
    return { path: String(index), size, file: async () => (await scene.source(bytes)).body };
  });
  const all = uploadAll(scene.client, { files, prefix: "all/" }, optionsOf(scene));
  const outcome = await settle(all, (result): Outcome => {
    assert.equal(result.files, files.length);
    return {};
  });
  return { ...outcome, stored };
};
