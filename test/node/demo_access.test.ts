/** The demo's page for everybody: by keyboard alone, on small screens, with readable colours. */
import path from "node:path";
import { assert, test } from "../harness.ts";
import { missing } from "./demo/browsers.ts";
import { coveredTexts, faintTexts, namelessControls } from "./demo/inspect.ts";
import { writeSeeded } from "./demo/seeded_file.ts";
import { type Visit, visit } from "./demo/visit.ts";

/** The name of what has the focus; fails when nobody could see that it has it. */
async function focused({ page }: Visit): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return "nothing";
    const name = element.getAttribute("aria-label") ?? element.textContent?.trim() ?? "";
    const shown = element.matches(".visually-hidden") ? element.nextElementSibling : element;
    const isVisible = shown !== null && getComputedStyle(shown).outlineStyle !== "none";
    return `${name || element.id}${isVisible || element.matches("h2") ? "" : " (without a ring)"}`;
  });
}

/** Presses Tab until something has the focus. */
async function tabTo(visited: Visit, name: string): Promise<void> {
  const passed: string[] = [];
  while (passed.at(-1) !== name) {
    assert.isBelow(passed.length, 30, `Tab never reaches ${name}: ${passed.join(", ")}`);
    await visited.page.keyboard.press("Tab");
    passed.push(await focused(visited));
  }
}

for (const browser of ["chromium", "firefox"] as const) {
  test(
    `${browser}: upload, link, delete and folders by keyboard alone`,
    { timeout: 60_000, skip: missing(browser) },
    () =>
      visit(browser, async (visited) => {
        const { page, folder, complaints, file } = visited;
        const { keyboard } = page;
        const source = path.join(folder, "song.mp3");
        await writeSeeded(source, 100_000, 3);

        // Listening from the start: the driver needs a while until it catches choosers.
        page.on("filechooser", (chooser) => void chooser.setFiles(source));

        await keyboard.press("Tab");
        assert.equal(await focused(visited), "Skip to your files");
        await tabTo(visited, "pick");
        // The driver catches no picker that gives handles, and that of Firefox does not tell of choosers.
        await page.evaluate(() => Reflect.deleteProperty(window, "showOpenFilePicker"));
        if (browser === "chromium") await keyboard.press("Enter");
        else await page.setInputFiles("#pick", source);
        await file("song.mp3").waitFor();

        await tabTo(visited, "Link to song.mp3");
        await keyboard.press("Enter");
        await page.getByRole("dialog").getByText("Anybody who has it").waitFor();
        assert.equal(await focused(visited), "Copy link");
        await keyboard.press("Enter");
        await page.locator("#toast").getByText("The link is copied").waitFor();
        assert.equal(await focused(visited), "Link to song.mp3", "the focus comes back");

        await tabTo(visited, "Delete song.mp3");
        await keyboard.press("Enter");
        assert.equal(await focused(visited), "Cancel", "nothing is deleted by a second Enter");
        await keyboard.press("Tab");
        await keyboard.press("Enter");
        await page.getByText("No files yet").waitFor();
        assert.equal(await focused(visited), "Files");

        await keyboard.press("Shift+Tab");
        await tabTo(visited, "New folder");
        await keyboard.press("Enter");
        await keyboard.type("Über 50 %");
        await keyboard.press("Enter");
        await page.locator("[aria-current=page]").getByText("Über 50 %").waitFor();
        await page.reload();
        await page.locator("[aria-current=page]").getByText("Über 50 %").waitFor();
        await page.evaluate(() => history.back());
        await page.locator("#file-list").getByRole("link", { name: "Über 50 %" }).waitFor();
        assert.deepEqual(complaints, []);
      }),
  );
}

const SCREENS = [
  { name: "320 px, light", options: { viewport: { width: 320, height: 640 }, colorScheme: "light" } },
  { name: "375 px, dark", options: { viewport: { width: 375, height: 700 }, colorScheme: "dark" } },
  { name: "1280 px, dark", options: { viewport: { width: 1280, height: 800 }, colorScheme: "dark" } },
] as const;

for (const { name, options } of SCREENS) {
  test(`chromium: nothing is cut off, nameless or faint (${name})`, { skip: missing("chromium") }, () =>
    visit(
      "chromium",
      async ({ page, demo, folder, transfer, file }) => {
        const check = async (state: string): Promise<void> => {
          const [needed = 0, available] = await page.evaluate(() => {
            const { scrollWidth, clientWidth } = document.documentElement;
            return [scrollWidth, clientWidth];
          });
          assert.isAtMost(needed, available ?? 0, `${state}: the page scrolls sideways`);
          assert.deepEqual(await page.evaluate(namelessControls), [], `${state}: controls without a name`);
          assert.deepEqual(await page.evaluate(coveredTexts), [], `${state}: texts under buttons`);
          assert.deepEqual(await page.evaluate(faintTexts), [], `${state}: contrast under 4.5`);
        };
        await check("empty");
        const long = `${"a-name-without-spaces-that-goes-on-".repeat(4)}.mp4`;
        const source = path.join(folder, long);
        const forbidden = path.join(folder, "no.txt");
        await writeSeeded(source, 20_000_000, 4);
        await writeSeeded(forbidden, 2, 5);
        demo.storage.oss.faults.add({ operation: "PutObject", kind: "status", status: 403, code: "AccessDenied" });
        const clear = demo.storage.oss.faults.add({
          operation: "UploadPart",
          kind: "delay",
          milliseconds: 60_000,
          times: 9,
        });
        await page.setInputFiles("#pick", [source, forbidden]);
        await transfer("no.txt").getByText("You may not do this").waitFor();
        await check("uploading, and one failed");
        await page.reload();
        await transfer(long).getByRole("button", { name: "again to go on" }).waitFor();
        await check("left by an earlier visit");
        clear();
        await transfer(long).getByRole("button", { name: "Discard" }).click();
        await transfer(long).waitFor({ state: "detached" });
        await page.setInputFiles("#pick", { name: long, mimeType: "", buffer: Buffer.from("short") });
        await file(long).waitFor();
        await check("listed");
        await file(long).getByRole("button", { name: "Link" }).click();
        await page.getByRole("dialog").waitFor();
        await check("link");
      },
      { ...options, reducedMotion: "reduce" },
    ),
  );
}
