/**
 * What must hold however a transfer ended.
 * @module
 */
import { isOSSError } from "../../src/mod.ts";
import { assert } from "../harness.ts";
import { assertNothingLeft } from "./left.ts";
import { objectsBefore } from "./objects.ts";
import { alterations, curable, unproven } from "./plan.ts";
import { bytesOf } from "./random.ts";
import type { Outcome, Scene } from "./scene.ts";
import type { Facts } from "./stage_types.ts";
import type { TimerWatch } from "./watch.ts";

async function hashOf(bytes: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes.slice()));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function assertError({ plan }: Scene, { error, reason }: Outcome): void {
  if (error === undefined) return;
  if (curable(plan) && error !== reason && plan.kind !== "job" && !isOutside(plan.range, plan.sizes[0]))
    throw new Error("Nothing went wrong that could not be cured, but it was not done", { cause: error });
  if (error === reason || isOSSError(error)) return;
  throw new Error("What was raised is none of ours", { cause: error });
}

/** Does a range begin where there is no byte? */
function isOutside(range: readonly [first: number, ...rest: unknown[]] | undefined, size: number = 0): boolean {
  return range !== undefined && (size === 0 || range[0] >= size);
}

/**
 * What was written is there as a whole and once, or was not written: nothing that was there before was altered, and
 * nothing else came. What one request stores is wrong when the network altered it: nobody can prevent that, but the
 * client must not take it for right.
 */
async function assertStored(scene: Scene, { stored = {}, error }: Outcome, facts: Facts): Promise<void> {
  if (unproven(scene.plan)) return;
  const before = new Map<string, string>();
  for (const { key, length, seed } of objectsBefore(scene.plan)) before.set(key, await hashOf(bytesOf(length, seed)));
  let altered = alterations(scene.plan);
  for (const [key, found] of Object.entries(facts.objects)) {
    const bytes = stored[key];
    const expected = bytes && (await hashOf(bytes));
    const once = facts.completed[key];
    const hashes = found.map(({ hash }) => hash);
    const strange = hashes.filter((hash) => hash !== expected && hash !== before.get(key));
    if (strange.length > altered || (strange.length > 0 && once))
      assert.fail(`${key} has ${found.map(({ size }) => size)} bytes: neither what was there, nor ${bytes?.length}`);
    altered -= strange.length;
    if (before.get(key) !== expected && once)
      assert.equal(hashes.filter((hash) => hash === expected).length, 1, `versions of ${key} that were completed`);
    if (scene.plan.versioned && before.has(key)) assert.include(hashes, before.get(key), `the old version of ${key}`);
  }
  for (const key of before.keys()) assert.property(facts.objects, key, "it was there before");
  if (error !== undefined) return;
  for (const [key, bytes] of Object.entries(stored))
    assert.equal(facts.objects[key]?.[0]?.hash, await hashOf(bytes), `${key} at the service`);
}

async function assertRead(scene: Scene, { read = [], begun, error }: Outcome): Promise<void> {
  if (unproven(scene.plan)) return;
  // After a failure these are the files that were done.
  for (const [got, expected] of error === undefined || scene.plan.kind === "downloadAll" ? read : []) {
    assert.equal(got.length, expected.length, "bytes that were read");
    assert.equal(await hashOf(got), await hashOf(expected), "what was read");
  }
  if (!begun || alterations(scene.plan) > 0) return;
  const [got, expected] = begun;
  assert.isAtMost(got.length, expected.length, "bytes that were handed over");
  assert.equal(await hashOf(got), await hashOf(expected.subarray(0, got.length)), "what was handed over");
}

/** Ids of uploads that a failure names, its causes and its parts included. */
function idsIn(error: unknown): string[] {
  const { uploadId, cause, failures = [] } = Object(error);
  const inner = [cause, ...failures.map(({ error: each }: { error: unknown }) => each)].filter(Boolean);
  return [...(typeof uploadId === "string" ? [uploadId] : []), ...inner.flatMap(idsIn)];
}

/** Uploads that the client has opened are closed, or it tells of them. */
function assertNoOrphans(scene: Scene, { error, discarded }: Outcome, { open }: Facts): void {
  const known = open.filter(({ uploadId }) => scene.watch.known.has(uploadId)).map(({ uploadId }) => uploadId);
  if (discarded) assert.isEmpty(known, "uploads that are open after they were discarded");
  const told = [...idsIn(error), ...scene.warnings.join().split(/\W+/)];
  assert.isEmpty(
    known.filter((id) => !told.includes(id)),
    "uploads that are open, and nobody was told",
  );
}

/**
 * Checks a scenario after its end.
 * @param scene the scenario
 * @param outcome how it ended
 * @param timers the timers it has set
 * @returns what the service knows
 */
export async function verify(scene: Scene, outcome: Outcome, timers: TimerWatch): Promise<Facts> {
  assertError(scene, outcome);
  await assertNothingLeft(scene, timers);
  const facts = await scene.facts();
  await assertStored(scene, outcome, facts);
  await assertRead(scene, outcome);
  assert.isEmpty(scene.watch.blind, "uploads that were completed again without a look at them");
  for (const [key, count] of Object.entries(facts.completed)) assert.equal(count, 1, `completions of ${key}`);
  assertNoOrphans(scene, outcome, facts);
  return facts;
}
