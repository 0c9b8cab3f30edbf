/** The demo's page in real browsers: the main job from end to end. */
import path from "node:path";
import { assert, test } from "../harness.ts";
import { type BrowserName, missing } from "./demo/browsers.ts";
import { download } from "./demo/download.ts";
import { hashOfFile, hashOfUrl, writeSeeded } from "./demo/seeded_file.ts";
import { type Visit, visit } from "./demo/visit.ts";

const SIZES: Readonly<Record<BrowserName, number>> = { chromium: 300_000_000, firefox: 20_000_000 };
const BROWSERS = ["chromium", "firefox"] as const;

/** Notes each value that a progress bar shows. */
async function watchProgress({ page }: Visit): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(window, { seen });
    new MutationObserver((records) => {
      for (const { target } of records) {
        const bar = target as Element;
        if (bar.matches("#total-bar [role=progressbar]")) seen.push(Number(bar.getAttribute("aria-valuenow")));
      }
    }).observe(document.body, { subtree: true, attributeFilter: ["aria-valuenow"] });
  });
  return () => page.evaluate(() => Reflect.get(window, "seen"));
}

async function remove({ page, file }: Visit, name: string): Promise<void> {
  await file(name).getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await file(name).waitFor({ state: "detached" });
}

/** The link that the page shows. */
async function linkOf({ page, file }: Visit, name: string): Promise<string> {
  await file(name).getByRole("button", { name: "Link" }).click();
  const url = await page.getByRole("dialog").getByRole("textbox").inputValue();
  await page.keyboard.press("Escape");
  return url;
}

for (const browser of BROWSERS) {
  const size = SIZES[browser];
  test(
    `${browser}: ${size / 1e6} MB go up, are listed, come down equal, and are deleted`,
    { timeout: 120_000, skip: missing(browser) },
    () =>
      visit(browser, async (visited) => {
        const { page, demo, folder, complaints, transfer, file } = visited;
        const source = path.join(folder, "trip to the sea & back.mp4");
        const name = path.basename(source);
        const hash = await writeSeeded(source, size, size);
        assert.notEqual(new URL(demo.url).origin, new URL(demo.storage.url).origin, "CORS is real");
        const progress = await watchProgress(visited);

        await page.setInputFiles("#pick", source);
        await transfer(name)
          .getByText(`Uploaded ${size / 1e6}\u00a0MB`)
          .waitFor({ timeout: 90_000 });
        const seen = await progress();
        assert.deepEqual(
          seen,
          seen.toSorted((a, b) => a - b),
          "progress never goes back",
        );
        assert.equal(seen.at(-1), 100);
        assert.isAtLeast(new Set(seen).size, Math.min(10, size / 10e6), "progress comes in steps");
        await file(name)
          .getByText(`${size / 1e6}\u00a0MB`)
          .waitFor();

        const copy = await download(browser, visited, name, size);
        assert.equal(await hashOfFile(copy), hash, "the download is byte-equal");

        const link = await linkOf(visited, name);
        assert.equal(await hashOfUrl(link), hash, "the link reads the file without keys");
        await remove(visited, name);
        assert.equal((await fetch(link)).status, 404);
        await page.getByText("No files yet").waitFor();
        assert.deepEqual(complaints, []);
      }),
  );
}
