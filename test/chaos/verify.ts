/**
 * What must hold however a transfer ended.
 * @module
 */
import { isOSSError } from "../../src/mod.ts";
import { assert } from "../harness.ts";
import { unproven } from "./plan.ts";
import { eventually, type Outcome, type Scene, wait } from "./scene.ts";
import type { Facts } from "./stage_types.ts";
import type { TimerWatch } from "./watch.ts";

async function hashOf(bytes: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes.slice()));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function assertError({ error, reason }: Outcome): void {
  if (error === undefined || error === reason || isOSSError(error)) return;
  throw new Error("What was raised is none of ours", { cause: error });
}

async function assertBytes(scene: Scene, { stored = {}, read = [] }: Outcome, facts: Facts): Promise<void> {
  if (unproven(scene.plan)) return;
  for (const [key, bytes] of Object.entries(stored)) {
    const fact = facts.objects[key];
    assert.equal(fact?.size, bytes.length, `bytes of ${key} at the service`);
    assert.equal(fact?.hash, await hashOf(bytes), `${key} at the service`);
  }
  for (const [got, expected] of read) {
    assert.equal(got.length, expected.length, "bytes that were read");
    assert.equal(await hashOf(got), await hashOf(expected), "what was read");
  }
}

/** Nothing that was opened for the transfer is still there. */
async function assertNothingLeft(scene: Scene, timers: TimerWatch): Promise<void> {
  const { watch, sources, slots, plan } = scene;
  await eventually("requests in flight after the end", () => watch.inFlight);
  await eventually("timers", () => timers.running());
  await eventually("bodies neither read nor cancelled", () => watch.openBodies());
  await eventually("sources", () => sources.flatMap((source) => source.leak() ?? []));
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

/**
 * Checks a scenario after its end.
 * @param scene the scenario
 * @param outcome how it ended
 * @param timers the timers it has set
 */
export async function verify(scene: Scene, outcome: Outcome, timers: TimerWatch): Promise<void> {
  assertError(outcome);
  await assertNothingLeft(scene, timers);
  const facts = await scene.facts();
  if (outcome.error === undefined) await assertBytes(scene, outcome, facts);
  for (const [key, count] of Object.entries(facts.completed)) {
    assert.equal(count, 1, `completions of ${key}`);
    assert.isAtMost(facts.objects[key]?.versions ?? 1, 1, `versions of ${key}`);
  }
  if (!outcome.discarded) return;
  const orphans = facts.open.filter(({ uploadId }) => scene.watch.known.has(uploadId));
  assert.isEmpty(orphans, "uploads that are open after they were discarded");
}
