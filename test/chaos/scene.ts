/**
 * One scenario on stage: its client, its sources, and what is watched.
 * @module
 */
import { createClient, createSlots, type Slots } from "../../src/mod.ts";
import { xhrFetch } from "../../src/transports/xhr.ts";
import type { Client } from "../../src/types.ts";
import { assert } from "../harness.ts";
import { type Disk, sinkOf, type TrackedSink } from "./disk.ts";
import type { Plan } from "./plan.ts";
import { bytesOf, createRandom, type Random } from "./random.ts";
import { sourceOf, type TrackedSource } from "./sources.ts";
import type { ControlCalls, Facts, Stage } from "./stage_types.ts";
import { createWatch, type Watch } from "./watch.ts";

// The timers of the scenario itself are not those that are watched.
const { setTimeout } = globalThis;

/** How a transfer ended. */
export interface Outcome {
  /** What was raised; absent when it was done. */
  readonly error?: unknown;
  /** What the service must have when it was done, by key; when it was not, that or what it had before. */
  readonly stored?: Readonly<Record<string, Uint8Array>>;
  /** What was read when it was done, and what should have been. */
  readonly read?: readonly (readonly [got: Uint8Array, expected: Uint8Array])[];
  /** What was handed over however it ended, and all that was to come. */
  readonly begun?: readonly [got: Uint8Array, expected: Uint8Array];
  /** Everything that was raised was ours, or the caller's own reason. @default it must be an OSSError */
  readonly reason?: unknown;
  /** Must no upload be open that the client knew of? */
  readonly discarded?: boolean;
}

/** Plays one kind of transfer, and never rejects because of what goes wrong on the way. */
export type Play = (scene: Scene) => Promise<Outcome>;

export interface Scene {
  readonly plan: Plan;
  readonly random: Random;
  readonly client: Client;
  readonly slots: Slots | undefined;
  readonly watch: Watch;
  readonly warnings: readonly string[];
  /** Makes the body of an object, and remembers to look after it. */
  source(bytes: Uint8Array<ArrayBuffer>): Promise<Pick<TrackedSource, "body" | "contentLength">>;
  /** Makes a place for an object. */
  sink(): Promise<TrackedSink>;
  readonly disk: Disk | undefined;
  readonly sources: readonly TrackedSource[];
  calm(): Promise<unknown>;
  facts(): Promise<Facts>;
}

/** The options that every transfer of a plan takes. */
export function optionsOf({ plan, slots }: Scene): {
  partSize: number | "auto";
  concurrency: number | "auto";
  multipartThreshold: number;
  slots: Slots | undefined;
} {
  const { partSize, concurrency, multipartThreshold } = plan;
  return { partSize, concurrency, multipartThreshold, slots };
}

/** Settles a transfer. */
export function settle<T>(transfer: Promise<T>, done: (result: T) => Outcome = () => ({})): Promise<Outcome> {
  return transfer.then(done, (error: unknown) => ({ error: error ?? new Error("rejected with nothing") }));
}

export function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Milliseconds for what ends by itself once the transfer has: sockets that close, streams that are cancelled. */
const PATIENCE = 3000;

/** Waits until nothing is left. */
export async function eventually(what: string, left: () => unknown): Promise<void> {
  for (let waited = 0; ; waited += 25) {
    const rest = await left();
    if (!rest || (Array.isArray(rest) && rest.length === 0)) return;
    if (waited >= PATIENCE) assert.fail(`${what}: ${Array.isArray(rest) ? rest.join("; ") : rest}`);
    await wait(25);
  }
}

/** Sets the client of a plan up. */
export function createScene(plan: Plan, stage: Stage, control: ControlCalls, disk: Disk | undefined): Scene {
  const random = createRandom(plan.seed ^ 0x5eed);
  const watch = createWatch(plan.watched);
  const sources: TrackedSource[] = [];
  const warnings: string[] = [];
  const { endpoint, region, bucket, account, id } = stage;
  const client = createClient({
    endpoint,
    region,
    bucket,
    pathStyle: true,
    credentials: plan.temporary ? () => control.token({ id }) : account,
    retry: { attempts: plan.attempts, base: 2, max: 20 },
    timeout: plan.timeout,
    stallTimeout: plan.stallTimeout,
    integrity: plan.integrity,
    use: [watch.layer],
    ...(plan.xhr && "XMLHttpRequest" in globalThis && { fetch: xhrFetch() }),
    onWarning: (message) => void warnings.push(message),
  });
  return {
    plan,
    random,
    client,
    slots: plan.slots === undefined ? undefined : createSlots(plan.slots),
    watch,
    warnings,
    sources,
    disk,
    sink: () => sinkOf(plan, disk, random.chance(0.5) ? bytesOf(1000, ~plan.seed) : undefined),
    async source(bytes) {
      const source = await sourceOf(plan.source, bytes, random, disk);
      sources.push(source);
      const { body, contentLength } = source;
      return { body, ...(contentLength !== undefined && { contentLength }) };
    },
    calm: () => control.calm({ id }),
    facts: () => control.facts({ id }),
  };
}
