/**
 * One browser's races: two tabs begin the same upload, and in most of them one dies at a moment by chance.
 */
import { createServer } from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { ROOT } from "../runners/bundle.mjs";
import { runRuntime } from "../runners/run_runtime.mjs";

const PART = 256 * 1024;
/** Parts of an upload: who dies early sees none of them. */
const PARTS = { usual: 24, early: 4 };
/** Milliseconds within which a page loads, takes the lock and opens an upload. */
const MOMENTS = 250;
/** Milliseconds that a race may take. */
const PATIENCE = 30_000;

async function bundle(name, folder, platform) {
  const outfile = path.join(folder, `${name}.mjs`);
  await esbuild.build({
    ...{ absWorkingDir: ROOT, bundle: true, format: "esm", target: "es2022", logLevel: "silent" },
    ...{ platform, mainFields: ["module", "main"], outfile },
    entryPoints: [path.join(import.meta.dirname, `${name}.ts`)],
  });
  return outfile;
}

/** The server of the application: it hands out orders and temporary keys. */
async function startOffice(stage) {
  const orders = [];
  let wanted;
  const hand = () => {
    if (wanted === undefined || orders.length === 0) return;
    wanted.end(JSON.stringify(orders.shift()));
    wanted = undefined;
  };
  const server = createServer((request, response) => {
    const [, what, tab] = request.url.split("/");
    response.writeHead(200, { "content-type": "application/json", "access-control-allow-origin": "*" });
    if (what === "token") return response.end(JSON.stringify(stage.token(tab)));
    wanted = response;
    hand();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    base: `http://127.0.0.1:${server.address().port}`,
    order(order) {
      orders.push(order);
      hand();
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Plays.
 * @returns what went wrong, and how often who died
 */
export async function playTabs(controller, { runtime, seed, count, scratch, early, verbose }) {
  const { openTabsStage, createRandom } = await import(pathToFileURL(await bundle("stage", scratch, "node")).href);
  const suite = await bundle("page", scratch, "neutral");
  const began = performance.now();
  const parts = early ? PARTS.early : PARTS.usual;
  const size = parts * PART;
  const stage = await openTabsStage(seed, size);
  const office = await startOffice(stage);
  const random = createRandom(seed + 1);
  const problems = [];
  const deaths = { nobody: 0, driver: 0, onlooker: 0 };
  let told = () => {};

  const play = async (number) => {
    const key = `race-${number}`;
    const draw = {
      who: random.pick(["nobody", "driver", "driver", "driver", "onlooker"]),
      parts: random.int(0, parts),
    };
    const [pause, how, first] = [random.int(0, 60), random.pick(["closed", "left"]), random.pick(["a", "b"])];
    if (early) Object.assign(draw, { who: "driver", parts: 0, moment: random.int(0, MOMENTS) });
    const open = first === "a" ? ["a", "b"] : ["b", "a"];
    const ends = new Map();
    const heard = new Set();
    const stages = new Map(open.map((tab) => [tab, []]));
    let death;
    let wake = () => {};
    told = (report) => {
      // What comes late is a problem all the same.
      const isDead = report.key === key && report.tab === death?.tab;
      if (report.event === "warning" && !isDead) problems.push(`${report.key}: ${report.tab} warns: ${report.message}`);
      if (report.key !== key || report.event === "warning") return;
      if (report.event === "stage") return void stages.get(report.tab).push(report.stage);
      if (isDead) return;
      if (report.event === "heard") heard.add(report.tab);
      else ends.set(report.tab, report);
      wake();
    };
    const until = (holds) =>
      new Promise((resolve) => {
        wake = () => holds() && resolve();
        wake();
      });
    const steps = () => stage.steps(key);
    office.order({ key, open });
    const run = async () => {
      if (draw.who !== "nobody") {
        await stage.until(() => steps().filter((step) => step.answered && step.kind === "part").length >= draw.parts);
        // Some die as soon as the other one has seen something.
        if (early) await sleep(draw.moment);
        else if (pause % 2) await until(() => heard.size === 2 || ends.size > 0);
        else await sleep(pause);
        const driver = steps().at(-1)?.tab ?? first;
        const tab = draw.who === "driver" ? driver : open.find((name) => name !== driver);
        if (!ends.has(tab)) {
          death = { tab, time: performance.now() };
          office.order({ kill: { tab, how } });
        }
      }
      await until(() => open.every((tab) => ends.has(tab) || tab === death?.tab));
    };
    await Promise.race([run(), sleep(PATIENCE)]);
    deaths[death ? draw.who : "nobody"]++;
    const seats = open.map((tab) => {
      const end = ends.get(tab);
      return { tab, stages: stages.get(tab), progress: end?.progress ?? [], end };
    });
    for (const problem of await stage.verify({ key, seats, death })) problems.push(`${key} (${draw.who}): ${problem}`);
    if (verbose)
      console.log(
        `${key}: ${JSON.stringify({ ...draw, pause, how, death: death?.tab })} ${steps().length} requests,`,
        ...open.map((tab) => `${tab}: ${stages.get(tab).at(-1)}`),
      );
  };
  const races = async () => {
    for (let number = 0; number < count && problems.length < 10; number++) await play(number);
    office.order({ done: true });
  };

  const setting = { ...stage.told, base: office.base, size, seed, environment: { secure: true } };
  // Each has an address of its own: WebKit gives a module that is on its way to nobody when the first who asked for it dies.
  const tabs = ["a", "b"].map((name) => [
    name,
    controller.open({ suite, setting, onReport: (report) => told(report) }),
  ]);
  const pages = Object.fromEntries(tabs.map(([name, { base }]) => [name, `${base}/page.html`]));
  const over = races();
  const { results } = await runRuntime(controller, {
    ...{ runtime, suite, scratch },
    setting: { ...setting, pages },
  });
  for (const { failure } of results) problems.push(failure.message);
  if (results.length === 0) await over;
  for (const [, { release }] of tabs) release();
  office.close();
  await stage.close();
  return { problems, deaths, milliseconds: performance.now() - began };
}
