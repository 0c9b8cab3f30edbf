/**
 * Starts victims, each a process of its own that is killed with all its helpers; what they store outlives them.
 */
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { startDisplay } from "../runners/display.mjs";
import { killStrays, startGroup } from "../runners/processes.mjs";
import { commands, environmentOf } from "../runners/runtimes.mjs";

const PATIENCE = 90_000;

/**
 * Prepares the starts of one runtime.
 * @param controller hands out the page and the orders, and takes the reports
 * @param runtime its name
 * @param suite the bundle of the victim
 * @param folder the profile of a browser
 * @returns `start(orders)` starts a victim, `close()` ends the display
 */
export async function createLauncher(controller, { runtime, suite, folder }) {
  const env = environmentOf(folder);
  // Elsewhere than what is killed.
  const aside = path.join(path.dirname(folder), "screen");
  await mkdir(aside, { recursive: true });
  const screen = runtime === "webkit" ? await startDisplay(environmentOf(aside)) : undefined;
  if (screen) env.DISPLAY = screen.display;
  // The origin of a page is that of its store: all starts have one address.
  const run = { suite, setting: undefined, onReport: (report) => heard(report) };
  let heard = () => {};
  const { base, release } = controller.open(run);

  const start = async (orders) => {
    // Asked for when a page is loaded, for what was true before may not be so any more.
    const order = (next) => {
      run.setting = { toJSON: () => ({ ...next(), environment: { secure: true } }) };
    };
    order(orders);
    const waiting = new Map();
    const reports = [];
    heard = (report) => {
      const [wait] = [...waiting].find(([, events]) => events.includes(report.event) || report.done) ?? [];
      if (wait) wait(report);
      else reports.push(report);
    };
    const [command, args] = await commands[runtime]({ base, suite, folder });
    const group = startGroup(command, args, { env });
    const died = group.exited.then((code) => ({ event: "died", message: `${code}: ${group.output()}` }));
    const next = (...events) => {
      const at = reports.findIndex((report) => events.includes(report.event) || report.done);
      if (at >= 0) return Promise.resolve(reports.splice(at, 1)[0]);
      let timer;
      let wait;
      return new Promise((resolve) => {
        wait = resolve;
        waiting.set(wait, events);
        died.then(wait);
        timer = setTimeout(wait, PATIENCE, { event: "silent", message: group.output() });
      }).finally(() => {
        clearTimeout(timer);
        waiting.delete(wait);
      });
    };
    const kill = async () => {
      try {
        process.kill(-group.child.pid, "SIGKILL");
      } catch {
        // It ended a moment ago.
      }
      await group.exited;
      heard = () => {};
      // A browser's helpers may have groups of their own.
      killStrays(path.resolve(folder));
    };
    return { next, kill, order, reports };
  };
  const close = async () => {
    release();
    await screen?.group.stop();
  };
  return { start, close };
}
