/** Real browsers, driven by Playwright: started once, shared by the tests, ended when nobody needs them any more. */
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
  const { CI } = process.env;
  const lacking = executables[name]() === undefined && CI !== "true";
  return lacking ? { node: `${name} is not installed` } : {};
}

/** Where Firefox leaves what was downloaded, under its own name; Playwright is told nothing of it there. */
export const DOWNLOADS: string = path.join(tmpdir(), "downloads");

/** Where a browser is. */
export function executableOf(name: BrowserName): string {
  const found = executables[name]();
  if (found === undefined) throw new Error(`${name} is not installed`);
  return found;
}

async function launch(name: BrowserName): Promise<Browser> {
  const executablePath = executableOf(name);
  const common = { executablePath, downloadsPath: DOWNLOADS };
  if (name === "chromium") return chromium.launch({ ...common, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
  return firefox.launch({ ...common, channel: "moz-firefox" });
}

interface Shared {
  readonly browser: Promise<Browser>;
  users: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

const shared = new Map<BrowserName, Shared>();

/** Lends a browser; it is closed a second after the last one gave it back. */
export async function withBrowser<T>(name: BrowserName, use: (browser: Browser) => Promise<T>): Promise<T> {
  const entry: Shared = shared.get(name) ?? { browser: launch(name), users: 0, timer: undefined };
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
      entry.browser.then((browser) => browser.close()).catch(() => {});
    }, IDLE);
  }
}
