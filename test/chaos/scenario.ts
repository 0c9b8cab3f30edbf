/**
 * Runs scenarios.
 * @module
 */
import { createControl } from "./control.ts";
import { openDisk } from "./disk.ts";
import { objectsBefore } from "./objects.ts";
import { type Kind, type Plan, planOf } from "./plan.ts";
import { playCopy, playPipe } from "./play_copy.ts";
import { playCancel, playDownload, playDownloadAll, playDownloadTo, playGet } from "./play_download.ts";
import { playAbort, playJob, playPut, playUpload, playUploadAll } from "./play_upload.ts";
import { createScene, type Outcome, type Play } from "./scene.ts";
import { verify } from "./verify.ts";
import { watchTimers } from "./watch.ts";

const PLAYS: Readonly<Record<Kind, Play>> = {
  put: playPut,
  upload: playUpload,
  job: playJob,
  abort: playAbort,
  get: playGet,
  download: playDownload,
  cancel: playCancel,
  downloadTo: playDownloadTo,
  copy: playCopy,
  pipe: playPipe,
  uploadAll: playUploadAll,
  downloadAll: playDownloadAll,
};
/** Milliseconds: what has not settled then never will. */
const HANG = 60_000;

const { setTimeout, clearTimeout } = globalThis;

function withinBound(play: Promise<Outcome>): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`It hangs: nothing has settled in ${HANG} ms`)), HANG);
    play.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** What a scenario is, for a failure. */
function describe(plan: Plan): string {
  const { faults, wire, ...rest } = plan;
  const lines = [...wire.faults, ...faults].map((fault) => `  ${JSON.stringify(fault)}`);
  return [JSON.stringify(rest), ...lines].join("\n");
}

/**
 * Runs a scenario.
 * @param url the controller's address
 * @param seed of the scenario
 * @param only the kind of transfer, instead of a random one
 * @returns how it ended, in a word
 * @throws Error that tells the plan, when something does not hold
 */
export async function runScenario(url: string, seed: number, only?: string): Promise<string> {
  const plan = planOf(seed, only);
  const control = createControl(url);
  const { wire, faults, versioned, revokeAfter } = plan;
  const stage = await control.open({ wire, faults, versioned, revokeAfter, objects: objectsBefore(plan) });
  const disk = await openDisk();
  const timers = watchTimers();
  const scene = createScene(plan, stage, control, disk);
  let outcome: Outcome | undefined;
  try {
    outcome = await withinBound(PLAYS[plan.kind](scene));
    const { completed } = await verify(scene, outcome, timers);
    if (outcome.error !== undefined) return `raised ${nameOf(outcome.error)}`;
    return Object.keys(completed).length > 0 ? "done in parts" : "done";
  } catch (error) {
    const told = outcome?.error === undefined ? "" : `\nraised: ${String(outcome.error)}`;
    throw new Error(`${error instanceof Error ? error.message : error}\n${describe(plan)}${told}`, { cause: error });
  } finally {
    timers.restore();
    await disk?.dispose();
    await control.close(stage);
  }
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return error.cause instanceof Error ? `${error.name} (${error.cause.name})` : error.name;
}
