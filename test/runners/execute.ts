/**
 * Runs the declared tests one after the other and reports each result as it comes, so that a crash of the
 * runtime hides nothing that was known before.
 * @module
 */
import { describeError, type Failure } from "./describe_error.ts";
import { type Declared, declaredTests, setting, type TestContext, takeChecks } from "./registry.ts";
import { watchRejections } from "./rejections.ts";

export interface TestResult {
  readonly file: string;
  readonly name: string;
  readonly state: "passed" | "failed" | "skipped";
  readonly milliseconds: number;
  /** Why it was skipped. */
  readonly reason?: string | undefined;
  readonly failure?: Failure | undefined;
  readonly notes?: readonly string[] | undefined;
}

/** What travels to the controller. */
export interface Report {
  readonly results: readonly TestResult[];
  /** The test that starts now. */
  readonly running?: { readonly file: string; readonly name: string; readonly timeout: number } | undefined;
  readonly done?: boolean | undefined;
}

export type Send = (report: Report) => Promise<unknown>;

// Tests may replace the timers; the runner keeps the real ones.
const { setTimeout, clearTimeout, performance } = globalThis;

const DEFAULT_TIMEOUT = 30_000;
/** Milliseconds; tests shorter than that are reported together. */
const REPORT_EVERY = 20;

/** Turns of the event loop after which a dropped rejection has been announced: in browsers a timer may come first. */
async function settle(): Promise<void> {
  if (!("document" in globalThis)) return new Promise((resolve) => setTimeout(resolve, 0));
  for (let turn = 0; turn < 4; turn++) {
    const { port1, port2 } = new MessageChannel();
    await new Promise((resolve) => {
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
    port1.close();
  }
}

async function runBody(test: Declared, timeout: number, note: TestContext["note"]): Promise<void> {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const reason = new Error(`Timed out after ${timeout} ms`);
      controller.abort(reason);
      reject(reason);
    }, timeout);
  });
  try {
    await Promise.race([late, (async () => test.body({ signal: controller.signal, note }))()]);
  } finally {
    clearTimeout(timer);
    controller.abort(new Error("The test is over"));
  }
}

async function runOne(test: Declared, takeRejections: () => unknown[]): Promise<TestResult[]> {
  const { file, name, options } = test;
  const started = performance.now();
  const failures: { error: unknown; name: string }[] = [];
  const notes: string[] = [];
  try {
    await runBody(test, options.timeout ?? DEFAULT_TIMEOUT, (text) => notes.push(text));
  } catch (error) {
    failures.push({ error, name });
  }
  const milliseconds = performance.now() - started;
  await settle();
  for (const check of takeChecks())
    try {
      await check();
    } catch (error) {
      failures.push({ error, name: failures.length > 0 ? `${name} (in the end)` : name });
    }
  for (const cause of takeRejections()) {
    failures.push({
      error: new Error("Unhandled rejection", { cause }),
      name: failures.length > 0 ? `${name} (left behind)` : name,
    });
  }
  if (failures.length === 0) return [{ file, name, state: "passed", milliseconds, notes }];
  return failures.map(({ error, name }, index) => ({
    ...(index === 0 && { notes }),
    file,
    name,
    state: "failed",
    milliseconds,
    failure: describeError(error),
  }));
}

function selected(): Declared[] {
  const { environment, filter } = setting;
  return declaredTests()
    .filter((test) => environment.secure || test.options.insecure === true)
    .filter((test) => filter === undefined || test.file.includes(filter) || test.name.includes(filter));
}

/** Loads the files, runs their tests, reports. */
export async function execute(
  files: readonly (readonly [string, () => Promise<unknown>])[],
  send: Send,
): Promise<void> {
  const { enterFile } = await import("./registry.ts");
  const takeRejections = watchRejections();
  let results: TestResult[] = [];
  const fail = (file: string, name: string, error: unknown): void => {
    results.push({ file, name, state: "failed", milliseconds: 0, failure: describeError(error) });
  };
  for (const [file, load] of files) {
    enterFile(file);
    try {
      await load();
    } catch (error) {
      fail(file, "(loading the file)", error);
    }
  }
  let sent = Number.NEGATIVE_INFINITY;
  for (const test of selected()) {
    const { file, name, options } = test;
    const { timeout = DEFAULT_TIMEOUT } = options;
    const reason = options.skip?.[setting.environment.runtime];
    if (reason !== undefined) {
      results.push({ file, name, state: "skipped", milliseconds: 0, reason });
      continue;
    }
    // The controller's patience is that of the test it was told of last.
    if (timeout > DEFAULT_TIMEOUT || performance.now() - sent >= REPORT_EVERY) {
      await send({ results, running: { file, name, timeout } });
      results = [];
      sent = performance.now();
    }
    results.push(...(await runOne(test, takeRejections)));
  }
  await send({ results });
  await new Promise((resolve) => setTimeout(resolve, 50));
  results = [];
  for (const reason of takeRejections()) fail("(after the tests)", "no unhandled rejection", reason);
  await send({ results, done: true });
}
