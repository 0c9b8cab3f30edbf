/**
 * Child processes in groups of their own, so that a browser goes with all its helpers.
 */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

const alive = new Set();
const MAX_OUTPUT = 20_000;

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Starts a process group.
 * @returns `exited` resolves with the exit code or signal; `stop()` ends the group; `output()` is the tail of what it wrote
 */
export function startGroup(command, args, { env = {}, cwd, stdio = ["ignore", "pipe", "pipe"] } = {}) {
  const child = spawn(command, args, { detached: true, cwd, stdio, env: { ...process.env, ...env } });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      output = (output + chunk).slice(-MAX_OUTPUT);
    });
  }
  const exited = new Promise((resolve) => {
    child.once("error", (error) => resolve(String(error)));
    child.once("exit", (code, signal) => resolve(signal ?? code));
  });
  if (child.pid !== undefined) alive.add(child.pid);
  const stop = async () => {
    if (child.pid === undefined || !alive.delete(child.pid)) return;
    if (!signalGroup(child.pid, "SIGTERM")) return;
    for (let waited = 0; waited < 1500; waited += 50) {
      await sleep(50);
      if (!signalGroup(child.pid, 0)) return;
    }
    signalGroup(child.pid, "SIGKILL");
  };
  return { child, exited, stop, output: () => output };
}

/** Ends whatever still runs, at once: for the ways out that cannot wait. */
export function killAllGroups() {
  for (const pid of alive) signalGroup(pid, "SIGKILL");
  alive.clear();
}

/**
 * Ends what a run left behind in groups of its own, such as a browser that a test started: every process whose
 * temporary folder is that of the run. Linux only.
 */
export function killStrays(folder) {
  for (const pid of listProcesses()) {
    try {
      const environment = `\0${readFileSync(`/proc/${pid}/environ`, "latin1")}`;
      if (!environment.includes(`\0TMPDIR=${folder}`)) continue;
      process.kill(Number(pid), "SIGKILL");
    } catch {
      // It ended meanwhile, or is not ours.
    }
  }
}

function listProcesses() {
  try {
    return readdirSync("/proc").filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  } catch {
    return [];
  }
}
