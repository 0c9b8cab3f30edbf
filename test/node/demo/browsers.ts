/** Real browsers, driven by Playwright: started once, shared by the tests, ended when nobody needs them any more. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Browser, chromium, firefox } from "playwright-core";
import { environment } from "../../harness.ts";

export type BrowserName = "chromium" | "firefox";

interface Executables {
  readonly executables: Readonly<Record<BrowserName, () => string | undefined>>;
}

const { executables }: Executables = await import(path.join(environment.root, "test/runners/runtimes.mjs"));

/** Milliseconds that a browser is kept for the next test. */
const IDLE = 1000;

/** Why tests with this browser are skipped; with CI=true they run and fail instead. */
export function missing(name: BrowserName): { node?: string } {
  const lacking = executables[name]() === undefined && process.env["CI"] !== "true";
  return lacking ? { node: `${name} is not installed` } : {};
}

async function launch(name: BrowserName, home: string): Promise<Browser> {
  const executablePath = executables[name]();
  if (executablePath === undefined) throw new Error(`${name} is not installed`);
  const common = { executablePath, env: { ...process.env, HOME: home, TMPDIR: home }, downloadsPath: home };
  if (name === "chromium") return chromium.launch({ ...common, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
  return firefox.launch({ ...common, channel: "moz-firefox" });
}

interface Shared {
  readonly browser: Promise<Browser>;
  readonly close: () => Promise<void>;
  users: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

const shared = new Map<BrowserName, Shared>();

async function open(name: BrowserName): Promise<Shared> {
  const home = await mkdtemp(path.join(tmpdir(), "oss-fetch-browser-"));
  const browser = launch(name, home);
  const close = async (): Promise<void> => {
    await browser.then((started) => started.close()).catch(() => {});
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  return { browser, close, users: 0, timer: undefined };
}

/** Lends a browser; it is closed a second after the last one gave it back. */
export async function withBrowser<T>(name: BrowserName, use: (browser: Browser) => Promise<T>): Promise<T> {
  const entry = shared.get(name) ?? (await open(name));
  shared.set(name, entry);
  clearTimeout(entry.timer);
  entry.users++;
  try {
    return await use(await entry.browser);
  } finally {
    entry.users--;
    entry.timer = setTimeout(() => {
      if (entry.users > 0) return;
      shared.delete(name);
      void entry.close();
    }, IDLE);
  }
}
