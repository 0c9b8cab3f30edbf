/**
 * Runs one bundle in one runtime and collects its results, whatever happens to the runtime.
 */
import { mkdtemp, rm } from "node:fs/promises";
import path from "node:path";
import { startDisplay } from "./display.mjs";
import { killStrays, startGroup } from "./processes.mjs";
import { commands, environmentOf } from "./runtimes.mjs";

const START_LIMIT = 60_000;
const HANG_MARGIN = Number(process.env.TEST_HANG_MARGIN ?? 15_000);
const EXIT_LIMIT = 5_000;
const PROCESSES = new Set(["node", "deno", "bun"]);

const failed = (file, name, message, stack = "") => ({
  file,
  name,
  state: "failed",
  milliseconds: 0,
  failure: { message, stack },
});

/** Waits for the last report, the end of the process, or silence that lasts too long. */
function follow(collected) {
  let finish;
  let timer;
  let running;
  const finished = new Promise((resolve) => {
    finish = resolve;
  });
  const watch = (limit) => {
    clearTimeout(timer);
    timer = setTimeout(() => finish("silent"), limit);
  };
  watch(START_LIMIT);
  return {
    finished: finished.finally(() => clearTimeout(timer)),
    ended: () => finish("ended"),
    running: () => running,
    onReport(report) {
      collected.push(...report.results);
      if (report.broken !== undefined) collected.push(failed("(runner)", "(report)", report.broken));
      running = report.running;
      if (report.done) finish("done");
      else watch((running?.timeout ?? START_LIMIT) + HANG_MARGIN);
    },
  };
}

function explain(outcome, where, code, output) {
  const what =
    outcome === "silent"
      ? "No report any more: this test hangs, or one that started within 20 ms after it"
      : `The runtime ended (${code}) before the suite did`;
  return failed(where?.file ?? "(runner)", where?.name ?? "(starting the suite)", what, output);
}

/**
 * @param run `runtime`, `suite` (the bundle), `setting`, `host` of the page, `scratch` folder, `flags` of the runtime, and
 *   `onReport`, which is told each report before it is answered
 * @returns its results and how long it took
 */
export async function runRuntime(controller, { runtime, suite, setting, host, scratch, flags, onReport }) {
  const started = performance.now();
  const results = [];
  const state = follow(results);
  const folder = await mkdtemp(path.join(scratch, `${runtime[0]}-`));
  const told = (report) => {
    onReport?.(report);
    state.onReport(report);
  };
  const address = controller.open({ onReport: told, setting, suite }, host);
  const env = environmentOf(folder);
  let screen;
  let group;
  try {
    if (runtime === "webkit") {
      screen = await startDisplay(env);
      env.DISPLAY = screen.display;
    }
    const [command, args] = await commands[runtime]({ base: address.base, suite, folder, flags });
    group = startGroup(command, args, { env });
    group.exited.then(() => setTimeout(state.ended, 250));
    const outcome = await state.finished;
    if (outcome !== "done") {
      const code = outcome === "ended" ? await group.exited : "";
      results.push(explain(outcome, state.running(), code, group.output()));
    } else if (PROCESSES.has(runtime) && results.every((result) => result.state !== "failed")) {
      // What a test leaves behind (a timer, a socket, a server) keeps the process alive.
      const late = new Promise((resolve) => setTimeout(resolve, EXIT_LIMIT, "late").unref());
      if ((await Promise.race([group.exited, late])) === "late") {
        results.push(
          failed("(runner)", "the process ends by itself", `Still alive ${EXIT_LIMIT} ms after the last test`),
        );
      }
    }
  } catch (error) {
    results.push(failed("(runner)", `(starting ${runtime})`, String(error), error?.stack));
  } finally {
    address.release();
    await group?.stop();
    await screen?.group.stop();
    killStrays(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
  return { results, milliseconds: performance.now() - started, output: group?.output() ?? "" };
}
