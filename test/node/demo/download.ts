/** Downloading through the page, however the browser tells of it. */
import { stat } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type BrowserName, DOWNLOADS } from "./browsers.ts";
import type { Visit } from "./visit.ts";

/** Clicks "Download" and returns the file that the browser saved, once it has this size. */
export async function download(browser: BrowserName, visited: Visit, name: string, size: number): Promise<string> {
  const button = visited.file(name).getByRole("button", { name: "Download" });
  if (browser === "chromium") {
    const [saved] = await Promise.all([visited.page.waitForEvent("download", { timeout: 60_000 }), button.click()]);
    if (saved.suggestedFilename() !== name) throw new Error(`Saved as ${saved.suggestedFilename()}`);
    return saved.path();
  }
  await button.click();
  const file = path.join(DOWNLOADS, name);
  for (const end = Date.now() + 30_000; Date.now() < end; await sleep(50)) {
    const found = await stat(file).catch(() => undefined);
    if (found?.size === size) return file;
  }
  throw new Error(`${name} was not saved`);
}
