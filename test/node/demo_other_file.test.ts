/** The demo's page, when the file that is chosen to go on with an upload is not the one that it began with. */
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { assert, test } from "../harness.ts";
import { missing } from "./demo/browsers.ts";
import { coveredTexts, faintTexts } from "./demo/inspect.ts";
import { holdParts, lookBehind, partsStored } from "./demo/leave_and_return.ts";
import { writeSeeded } from "./demo/seeded_file.ts";
import { type Visit, visit } from "./demo/visit.ts";

const NAME = "trip.mp4";
const SIZE = 20_000_000;
const TITLE = "This is not the file that the upload began with";

/** An upload that an earlier visit left, and another file of its name. */
async function leave(visited: Visit, otherSize = SIZE) {
  const { page, folder, transfer } = visited;
  const source = path.join(folder, NAME);
  const hash = await writeSeeded(source, SIZE, 5);
  const behind = await lookBehind(visited);
  const clear = holdParts(visited, 1);
  await page.setInputFiles("#pick", source);
  await partsStored(page, behind, 1);
  await page.reload();
  // Not before: what is let go would still be stored.
  clear();
  await transfer(NAME)
    .getByRole("button", { name: `Choose ${NAME} again` })
    .waitFor();
  const elsewhere = path.join(folder, "elsewhere");
  await mkdir(elsewhere);
  const other = path.join(elsewhere, NAME);
  return { source, hash, behind, other, otherHash: await writeSeeded(other, otherSize, 6) };
}

/** Presses the button of the row and answers the browser's own dialog. */
async function chooseAgain({ page, transfer }: Visit, file: string): Promise<void> {
  // The driver catches no picker that gives handles.
  await page.evaluate(() => Reflect.deleteProperty(window, "showOpenFilePicker"));
  const chosen = page.waitForEvent("filechooser");
  await transfer(NAME)
    .getByRole("button", { name: `Choose ${NAME} again` })
    .click();
  await (await chosen).setFiles(file);
}

for (const browser of ["chromium", "firefox"] as const) {
  const options = { timeout: 60_000, skip: missing(browser) };

  test(`${browser}: another file of the same name and size touches nothing, and the right one goes on`, options, () =>
    visit(browser, async (visited) => {
      const { page, transfer, complaints } = visited;
      const { source, hash, behind, other } = await leave(visited);
      await page.setInputFiles("#pick", other);
      await transfer(NAME).getByText(TITLE).waitFor();
      assert.equal(await behind.open(), 1);
      assert.lengthOf(behind.parts(), 1, "nothing was touched");
      await chooseAgain(visited, source);
      await transfer(NAME).getByText("Uploaded 20\u00a0MB").waitFor();
      assert.equal(await behind.hash(NAME), hash);
      const parts = behind.parts();
      assert.lengthOf(new Set(parts), parts.length, "no part was sent twice");
      assert.deepEqual(complaints, []);
    }),
  );
}

const options = { timeout: 60_000, skip: missing("chromium") };

test("chromium: the upload can be begun anew with the file that is there now", options, () =>
  visit(
    "chromium",
    async (visited) => {
      const { page, transfer, file, complaints } = visited;
      const { behind, other, otherHash } = await leave(visited);
      await page.setInputFiles("#pick", other);
      await transfer(NAME).getByText(TITLE).waitFor();
      assert.deepEqual(await page.evaluate(coveredTexts), [], "texts under buttons");
      assert.deepEqual(await page.evaluate(faintTexts), [], "contrast under 4.5");
      await transfer(NAME)
        .getByRole("button", { name: `Start ${NAME} over` })
        .click();
      await transfer(NAME).getByText("Uploaded 20\u00a0MB").waitFor();
      await file(NAME).waitFor();
      assert.equal(await behind.hash(NAME), otherHash);
      assert.equal(await behind.open(), 0, "what was stored of the first one is deleted");
      assert.equal(await page.locator("#transfer-list li").count(), 1);
      assert.deepEqual(complaints, []);
    },
    { viewport: { width: 320, height: 640 } },
  ),
);

test("chromium: a file of another size is asked about, too, and what was stored can be discarded", options, () =>
  visit("chromium", async (visited) => {
    const { page, transfer, complaints } = visited;
    const { behind, other } = await leave(visited, SIZE + 1);
    await chooseAgain(visited, other);
    await transfer(NAME).getByText(TITLE).waitFor();
    assert.equal(await behind.open(), 1);
    await transfer(NAME)
      .getByRole("button", { name: `Discard ${NAME}` })
      .click();
    await transfer(NAME).waitFor({ state: "detached" });
    assert.equal(await behind.open(), 0);
    await page.reload();
    await page.getByText("No files yet").waitFor();
    assert.equal(await page.locator("#transfer-list li").count(), 0);
    assert.deepEqual(complaints, []);
  }),
);
