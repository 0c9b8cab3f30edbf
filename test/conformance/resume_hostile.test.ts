/** Resuming as unlucky and hostile callers do it. */
import { assert, test } from "../harness.ts";
import { assertBytes, pattern, streamOf } from "../unit/streams/support.ts";
import { createScene } from "./resume_support.ts";
import { PART } from "./upload_support.ts";

const bytes = pattern(10 * PART + 7);

test("resume: a stream of unknown length goes on whole, however its parts are to be cut now", async () => {
  for (const [before, now] of [
    [2 * PART, PART],
    [PART, 2 * PART],
    [PART, 20 * PART],
    [3 * PART, 2 * PART],
    [PART, "auto"],
    [PART, PART],
  ] as const) {
    const scene = createScene();
    const plan = { concurrency: 1, partSize: before };
    scene.kill = (step) => step === "before part 3";
    assert.equal(await scene.run({ body: streamOf(bytes, [70_000]).stream }, plan), "killed");
    scene.kill = undefined;
    const result = await scene.run({ body: streamOf(bytes, [9]).stream }, { ...plan, partSize: now });
    assert.deepInclude(result, { size: bytes.length });
    assertBytes(await scene.world.read("k"), bytes);
  }
});
