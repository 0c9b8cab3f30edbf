/**
 * What an upload adds to the memory of a page: headless Chromium, no DevTools attached. A page's memory is that of its
 * renderer process: its proportional share of everything resident, read from /proc. Linux only.
 */

import { readdirSync, readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { startController } from "../runners/controller.mjs";
import { runRuntime } from "../runners/run_runtime.mjs";
import { bundlePage } from "./frame/bundle.mjs";
import { startServer } from "./frame/server_process.mjs";

const PERIOD = 15;
const AUTO = { partSize: "auto", concurrency: "auto" };
const JOBS = {
  upload: { from: "file" },
  auto: { from: "file", options: AUTO },
  composed: { from: "composed" },
};

function readOf(pid, name) {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "latin1");
  } catch {
    return ""; // It ended meanwhile.
  }
}

/** The processes below this one, each with its command line. */
function descendants() {
  const children = new Map();
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    const parent = /\) \S (\d+)/.exec(readOf(pid, "stat"))?.[1];
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const found = [`${process.pid}`];
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found.slice(1).map((pid) => ({ pid, command: readOf(pid, "cmdline") }));
}

/** Resident mebibytes of a process; what it shares with others is divided among them. */
const shareOf = (pid) => Number(/^Pss:\s+(\d+)/m.exec(readOf(pid, "smaps_rollup"))?.[1] ?? 0) / 1024;

/** Watches the processes of a browser from now on. */
function watch() {
  const browser = descendants().filter(({ command }) => command.includes("chromium"));
  const seen = browser.map(({ pid, command }) => {
    const before = shareOf(pid);
    return { pid, renders: command.includes("--type=renderer"), before, most: before };
  });
  let before = 0;
  for (const process of seen) before += process.before;
  let most = before;
  const look = () => {
    let sum = 0;
    for (const process of seen) {
      const share = shareOf(process.pid);
      process.most = Math.max(process.most, share);
      sum += share;
    }
    most = Math.max(most, sum);
  };
  const timer = setInterval(look, PERIOD);
  const stop = () => {
    clearInterval(timer);
    look();
    // A browser keeps a spare renderer; the page is in the one that works.
    const renderers = seen.filter(({ renders }) => renders);
    const page = renderers.sort((a, b) => b.most - b.before - (a.most - a.before))[0];
    if (page === undefined) throw new Error("No renderer process was found");
    return { before: page.before, growth: page.most - page.before, whole: most - before };
  };
  return { stop };
}

async function measure(job, size, { controller, suite, url, scratch }) {
  let watched;
  const run = {
    ...{ runtime: "chromium", suite, scratch, flags: ["--js-flags=--expose-gc"] },
    setting: { environment: { secure: true }, url, size, ...JOBS[job] },
    onReport: (report) => {
      if (report.ready) watched = watch();
      else if (report.done) watched = watched?.stop();
    },
  };
  const { results } = await runRuntime(controller, run);
  for (const { failure } of results) if (failure) throw new Error(`${job}: ${failure.message}\n${failure.stack}`);
  return { job, ...watched, speed: results[0].speed };
}

/**
 * Measures uploads of `size` bytes.
 * @param jobs of `upload`, of a file, by default settings; `auto`, the same with an automatic plan; `composed`, of a Blob
 *   made of pieces
 * @returns mebibytes of the page before, how much it grew at most, and the whole browser with it; megabytes per second
 */
export async function measureChromium(jobs, size, folder) {
  const suite = await bundlePage(path.join(import.meta.dirname, "memory_page.mjs"), path.join(folder, "page"));
  const scratch = path.join(folder, "scratch");
  await mkdir(scratch);
  const server = await startServer(path.join(import.meta.dirname, "servers/link.mjs"), path.join(folder, "link"));
  const controller = await startController();
  const figures = [];
  try {
    for (const job of jobs) figures.push(await measure(job, size, { controller, suite, url: server.url, scratch }));
  } finally {
    await controller.close();
    await server.stop();
  }
  return figures;
}
