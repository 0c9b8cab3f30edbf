/** The demo's page, left in the middle of an upload: it goes on when the page is opened again, or in another tab. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { assert, test } from "../harness.ts";
import { missing } from "./demo/browsers.ts";
import {
  holdParts,
  lookBehind,
  openTab,
  partsStored,
  pickOwnFile,
  recordIs,
  rowIn,
  SIZE,
} from "./demo/leave_and_return.ts";
import { writeSeeded } from "./demo/seeded_file.ts";
import { type Visit, visit } from "./demo/visit.ts";

const NAME = "trip.mp4";
const options = { timeout: 60_000, skip: missing("chromium") };

/** An upload that two of its five parts are stored of. */
async function halfDone(visited: Visit) {
  const { page, transfer } = visited;
  const hash = await pickOwnFile(page, NAME);
  const behind = await lookBehind(visited);
  const clear = holdParts(visited, 2);
  await page.getByText("Choose files").click();
  await transfer(NAME).getByText(/MB of/).waitFor();
  await partsStored(page, behind, 2);
  return { hash, behind, clear };
}

async function assertWhole({ hash, behind }: Awaited<ReturnType<typeof halfDone>>): Promise<void> {
  assert.equal(await behind.hash(NAME), hash, "byte-equal");
  const parts = behind.parts();
  assert.deepEqual(
    parts.toSorted((a, b) => a - b),
    Array.from({ length: Math.ceil(SIZE / (8 << 20)) }, (_, index) => index + 1),
    "no part was sent twice",
  );
  assert.equal(await behind.open(), 0);
}

test("chromium: a page that crashed goes on when it is opened again, without a click", options, () =>
  visit("chromium", async (visited) => {
    const half = await halfDone(visited);
    const { page } = visited;
    await page.goto("chrome://crash").catch(() => undefined);
    half.clear();
    const tab = await openTab(visited);
    await rowIn(tab, NAME).getByText("Uploaded 40\u00a0MB").waitFor();
    await assertWhole(half);
    await tab.reload();
    await tab.locator("#file-list").getByText(NAME).waitFor();
    assert.equal(await tab.locator("#transfer-list li").count(), 0, "nothing is left to go on with");
  }),
);

test("chromium: what was paused stays paused, shows how far it is, and goes on by one click", options, () =>
  visit("chromium", async (visited) => {
    const half = await halfDone(visited);
    const { page, transfer } = visited;
    await transfer(NAME).getByRole("button", { name: "Pause" }).click();
    await transfer(NAME).getByText("Paused").waitFor();
    await recordIs(page, "paused");
    half.clear();
    await page.reload();
    await transfer(NAME).getByText("Paused").waitFor();
    await transfer(NAME).getByText("16.8\u00a0MB of 40\u00a0MB").waitFor();
    assert.equal(
      await transfer(NAME).getByRole("progressbar").getAttribute("aria-valuenow"),
      String(Math.floor(((2 * (8 << 20)) / SIZE) * 100)),
    );
    assert.lengthOf(half.behind.parts(), 2, "nothing is sent before the click");
    await transfer(NAME).getByRole("button", { name: "Resume" }).click();
    await transfer(NAME).getByText("Uploaded 40\u00a0MB").waitFor();
    await assertWhole(half);
    assert.deepEqual(visited.complaints, []);
  }),
);

test("chromium: where the file needs permission, one click asks for it once, and it goes on", options, () =>
  visit("chromium", async (visited) => {
    const half = await halfDone(visited);
    const { page, transfer } = visited;
    // A real prompt belongs to no page: nothing drives it. This stands in for a person who says yes.
    await page.addInitScript(() => {
      let permission: PermissionState = "prompt";
      const asked: boolean[] = [];
      const { getFile } = FileSystemFileHandle.prototype;
      Object.assign(window, { asked });
      Object.assign(FileSystemFileHandle.prototype, {
        queryPermission: async () => permission,
        async requestPermission() {
          asked.push(navigator.userActivation.isActive);
          permission = "granted";
          return permission;
        },
        async getFile(this: FileSystemFileHandle) {
          if (permission !== "granted") throw new DOMException("not yet", "NotAllowedError");
          return getFile.call(this);
        },
      });
    });
    half.clear();
    await page.reload();
    await transfer(NAME).getByText("Not finished").waitFor();
    assert.lengthOf(half.behind.parts(), 2);
    await transfer(NAME).getByRole("button", { name: "Resume" }).click();
    await transfer(NAME).getByText("Uploaded 40\u00a0MB").waitFor();
    assert.deepEqual(await page.evaluate(() => Reflect.get(window, "asked")), [true], "asked once, in the click");
    await assertWhole(half);
    assert.deepEqual(visited.complaints, []);
  }),
);

test("chromium: another tab shows the progress, and takes over when the first is closed", options, () =>
  visit("chromium", async (visited) => {
    const half = await halfDone(visited);
    const { page, transfer } = visited;
    const tab = await openTab(visited);
    await rowIn(tab, NAME).getByText("In another tab").waitFor();
    await rowIn(tab, NAME).getByText("16.8\u00a0MB of 40\u00a0MB").waitFor();
    assert.equal(await rowIn(tab, NAME).getByRole("button").count(), 0, "only one tab drives");
    await transfer(NAME).getByRole("button", { name: "Pause" }).waitFor();
    half.clear();
    await page.close();
    await rowIn(tab, NAME).getByText("Uploaded 40\u00a0MB").waitFor();
    await assertWhole(half);
  }),
);

test("chromium: a tab that is open already sees what another one begins and ends", options, () =>
  visit("chromium", async (visited) => {
    const tab = await openTab(visited);
    await tab.getByText("No files yet").waitFor();
    const half = await halfDone(visited);
    await rowIn(tab, NAME).getByText("In another tab").waitFor();
    // It begins again what was held up.
    const { page, transfer } = visited;
    await transfer(NAME).getByRole("button", { name: "Pause" }).click();
    half.clear();
    await transfer(NAME).getByRole("button", { name: "Resume" }).click();
    await transfer(NAME).getByText("Uploaded 40\u00a0MB").waitFor();
    await rowIn(tab, NAME).getByText("Uploaded 40\u00a0MB in another tab").waitFor();
    await tab.locator("#file-list").getByText(NAME).waitFor();
    await assertWhole(half);
    await page.close();
    assert.deepEqual(visited.complaints, []);
  }),
);

test("chromium: discarding what was left deletes its parts; a file that is gone can be chosen again", options, () =>
  visit("chromium", async (visited) => {
    const half = await halfDone(visited);
    const { page, transfer, complaints } = visited;
    await page.evaluate(async (name) => (await navigator.storage.getDirectory()).removeEntry(name), NAME);
    half.clear();
    await page.reload();
    await transfer(NAME)
      .getByRole("button", { name: `Choose ${NAME} again` })
      .waitFor();
    assert.equal(await half.behind.open(), 1);
    await transfer(NAME).getByRole("button", { name: "Discard" }).click();
    await transfer(NAME).waitFor({ state: "detached" });
    assert.equal(await half.behind.open(), 0, "the parts are deleted");
    await page.reload();
    await page.getByText("No files yet").waitFor();
    assert.equal(await page.locator("#transfer-list li").count(), 0);
    assert.deepEqual(complaints, []);
  }),
);

for (const browser of ["chromium", "firefox"] as const)
  test(
    `${browser}: without a handle, a file that is chosen again finds its upload by itself`,
    { timeout: 60_000, skip: missing(browser) },
    () =>
      visit(browser, async (visited) => {
        const { page, folder, transfer, file, complaints } = visited;
        const source = path.join(folder, NAME);
        const other = path.join(folder, "other.txt");
        const hash = await writeSeeded(source, SIZE, 5);
        await writeFile(other, "other");
        const behind = await lookBehind(visited);
        const clear = holdParts(visited, 2);
        await page.setInputFiles("#pick", source);
        await partsStored(page, behind, 2);
        clear();
        await page.reload();
        await transfer(NAME)
          .getByRole("button", { name: `Choose ${NAME} again` })
          .waitFor();
        // In another folder: its place is where it was to go.
        await page.evaluate(() => {
          location.hash = "#/elsewhere/";
        });
        await page.setInputFiles("#pick", [other, source]);
        await transfer(NAME).getByText("Uploaded 40\u00a0MB").waitFor();
        await transfer("other.txt").getByText("Uploaded").waitFor();
        await page.evaluate(() => {
          location.hash = "#/";
        });
        await file(NAME).waitFor();
        assert.equal(await behind.hash(NAME), hash);
        const parts = behind.parts();
        assert.lengthOf(new Set(parts), parts.length, "no part was sent twice");
        assert.equal(await behind.open(), 0);
        assert.deepEqual(complaints, []);
      }),
  );
