/**
 * What a transfer leaves behind: nothing.
 * @module
 */
import { assert } from "../harness.ts";
import { eventually, type Scene, wait } from "./scene.ts";
import type { TimerWatch } from "./watch.ts";

/** Checks that nothing that was opened for the transfer is still there. */
export async function assertNothingLeft(scene: Scene, timers: TimerWatch): Promise<void> {
  const { watch, sources, slots, plan, disk } = scene;
  await eventually("requests in flight after the end", () => watch.inFlight);
  await eventually("timers", () => timers.running());
  await eventually("bodies neither read nor cancelled", () => watch.openBodies());
  await eventually("sources", () => sources.flatMap((source) => source.leak() ?? []));
  await eventually("files", async () => (await disk?.left()) ?? []);
  for (let count = 0; slots && count < (plan.slots ?? 0); count++) {
    const late = new AbortController();
    const taken = slots.take(late.signal).then(
      () => true,
      () => false,
    );
    await Promise.race([taken, wait(50)]);
    late.abort();
    assert.isTrue(await taken, "a slot was not given back");
  }
  await eventually("answers that nobody reads", async () => (await scene.facts()).active);
}
