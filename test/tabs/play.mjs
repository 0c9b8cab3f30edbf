/**
 * One browser's races: two tabs begin the same upload, and in most of them one dies at a moment by chance.
 */
import { createServer } from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { ROOT } from "../runners/bundle.mjs";
import { runRuntime } from "../runners/run_runtime.mjs";

const SIZE = 6 * 2 ** 20;
const PARTS = SIZE / (256 * 1024);
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
export async function playTabs(controller, { runtime, seed, count, scratch, verbose }) {
  const { openTabsStage, createRandom } = await import(pathToFileURL(await bundle("stage", scratch, "node")).href);
  const suite = await bundle("page", scratch, "neutral");
  const began = performance.now();
  const stage = await openTabsStage(seed, SIZE);
  const office = await startOffice(stage);
  const random = createRandom(seed + 1);
  const problems = [];
  const deaths = { nobody: 0, driver: 0, onlooker: 0 };
  let told = () => {};

  const play = async (number) => {
    const key = `race-${number}`;
    const draw = {
      who: random.pick(["nobody", "driver", "driver", "driver", "onlooker"]),
      parts: random.int(0, PARTS),
    };
    const [pause, how, first] = [random.int(0, 60), random.pick(["closed", "left"]), random.pick(["a", "b"])];
    const open = first === "a" ? ["a", "b"] : ["b", "a"];
    const ends = new Map();
    const heard = new Set();
    let death;
    let wake = () => {};
    told = (report) => {
      if (report.key !== key || report.tab === death?.tab) return;
      if (report.event === "warning") problems.push(`${key}: ${report.tab} warns: ${report.message}`);
      else if (report.event === "heard") heard.add(report.tab);
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
        if (pause % 2) await until(() => heard.size === 2 || ends.size > 0);
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
    const seats = open.map((tab) => ({ tab, progress: ends.get(tab)?.progress ?? [], end: ends.get(tab) }));
    for (const problem of await stage.verify({ key, seats, death })) problems.push(`${key} (${draw.who}): ${problem}`);
    if (verbose)
      console.log(`${key}: ${JSON.stringify({ ...draw, pause, how, death: death?.tab })} ${steps().length} requests`);
  };
  const races = async () => {
    for (let number = 0; number < count && problems.length < 10; number++) await play(number);
    office.order({ done: true });
  };

  const setting = { ...stage.told, base: office.base, size: SIZE, seed, environment: { secure: true } };
  const tabs = controller.open({ suite, setting, onReport: (report) => told(report) });
  const over = races();
  const { results } = await runRuntime(controller, {
    ...{ runtime, suite, scratch },
    setting: { ...setting, tab: `${tabs.base}/page.html` },
  });
  for (const { failure } of results) problems.push(failure.message);
  if (results.length === 0) await over;
  tabs.release();
  office.close();
  await stage.close();
  return { problems, deaths, milliseconds: performance.now() - began };
}
