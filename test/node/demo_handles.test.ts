/** The demo's page with files of the disk, dropped on it, in Chromium with a profile: what a person allowed, or refused. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { assert, test } from "../harness.ts";
import { executableOf, missing } from "./demo/browsers.ts";
import { holdParts, lookBehind, partsStored, rowIn, SIZE } from "./demo/leave_and_return.ts";
import { startDemo } from "./demo/running_demo.ts";
import { writeSeeded } from "./demo/seeded_file.ts";

const NAME = "trip.mp4";

/** What the profile says of the page, as if a person had chosen it in the browser's own settings. */
const CHOICES = {
  "allowed on every visit": ["file_system_access_extended_permission", 1],
  refused: ["file_system_read_guard", 2],
} as const;

async function choose(profile: string, origin: string, choice: keyof typeof CHOICES): Promise<void> {
  const file = path.join(profile, "Default/Preferences");
  const preferences = JSON.parse(await readFile(file, "utf8"));
  const [name, setting] = CHOICES[choice];
  preferences.profile ??= {};
  preferences.profile.content_settings ??= {};
  preferences.profile.content_settings.exceptions ??= {};
  preferences.profile.content_settings.exceptions[name] = { [`${origin},*`]: { setting } };
  await writeFile(file, JSON.stringify(preferences));
}

async function launch(profile: string): Promise<BrowserContext> {
  const args = ["--no-sandbox", "--disable-dev-shm-usage"];
  return chromium.launchPersistentContext(profile, { executablePath: executableOf("chromium"), args });
}

/** Drops a file of the disk, as the mouse does: the page gets a handle of it. */
async function drop(page: Page, file: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const)
    await session.send("Input.dispatchDragEvent", { type, x: 300, y: 130, data });
}

for (const choice of ["allowed on every visit", "refused"] as const)
  test(`chromium: a dropped file, the browser closed, reading it ${choice}`, {
    timeout: 60_000,
    skip: missing("chromium"),
  }, async () => {
    const demo = await startDemo();
    const folder = await mkdtemp(path.join(tmpdir(), "oss-fetch-profile-"));
    const profile = path.join(folder, "profile");
    const source = path.join(folder, NAME);
    const hash = await writeSeeded(source, SIZE, 6);
    let context: BrowserContext | undefined;
    try {
      const first = await launch(profile);
      context = first;
      // Extended permission is for what is dropped after it was given: a first start makes the profile.
      if (choice !== "refused") {
        await first.close();
        await choose(profile, new URL(demo.url).origin, choice);
        context = await launch(profile);
      }
      let page = await context.newPage();
      await page.goto(demo.url);
      await page.getByText("No files yet").waitFor();
      const behind = await lookBehind({ page, demo });
      const clear = holdParts({ demo }, 2);
      await drop(page, source);
      await partsStored(page, behind, 2);
      await context.close();
      clear();
      if (choice === "refused") await choose(profile, new URL(demo.url).origin, choice);
      context = await launch(profile);
      page = await context.newPage();
      await page.goto(demo.url);
      const row = rowIn(page, NAME);
      if (choice === "refused") {
        await row.getByRole("button", { name: `Choose ${NAME} again` }).waitFor();
        assert.lengthOf(behind.parts(), 2);
        await page.setInputFiles("#pick", source);
      }
      await row.getByText("Uploaded 40\u00a0MB").waitFor();
      assert.equal(await behind.hash(NAME), hash);
      const parts = behind.parts();
      assert.lengthOf(new Set(parts), parts.length, "no part was sent twice");
      assert.equal(await behind.open(), 0);
    } finally {
      await context?.close();
      await demo.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  });
