/** The page that browsers run suites in. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { assert, environment, test } from "../harness.ts";

/** What is used of the runner. */
interface Controller {
  close(): Promise<void>;
}
type RunRuntime = (controller: Controller, run: object) => Promise<{ readonly results: readonly unknown[] }>;
type Executables = Readonly<Record<"webkit", () => string | undefined>>;

const runners = path.join(environment.root, "test/runners");
const { startController }: { startController(): Promise<Controller> } = await import(`${runners}/controller.mjs`);
const { runRuntime }: { runRuntime: RunRuntime } = await import(`${runners}/run_runtime.mjs`);
const { executables }: { executables: Executables } = await import(`${runners}/runtimes.mjs`);

const lacking = executables.webkit() === undefined && process.env["CI"] !== "true";
const skip = lacking ? { node: "webkit is not installed" } : {};

test("a frame that is gone before its suite ends keeps WebKit from nothing", { timeout: 120_000, skip }, async () => {
  const scratch = await mkdtemp(path.join(tmpdir(), "page-"));
  const controller = await startController();
  try {
    const suite = path.join(runners, "fixtures/frame_gone.mjs");
    const setting = { environment: { secure: true } };
    const { results } = await runRuntime(controller, { runtime: "webkit", suite, setting, scratch });
    assert.deepEqual(results, []);
  } finally {
    await controller.close();
    await rm(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
});
