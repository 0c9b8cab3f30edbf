/** The demo's page when things go wrong: cancelled, expired, forbidden, offline, down. */
import path from "node:path";
import { assert, test } from "../harness.ts";
import { missing } from "./demo/browsers.ts";
import { download } from "./demo/download.ts";
import { hashOfFile, writeSeeded } from "./demo/seeded_file.ts";
import { TROUBLES } from "./demo/troubles.ts";
import { visit } from "./demo/visit.ts";

for (const browser of ["chromium", "firefox"] as const) {
  test(
    `${browser}: cancel ends the requests and leaves nothing behind`,
    { timeout: 60_000, skip: missing(browser) },
    () =>
      visit(browser, async ({ page, demo, folder, transfer }) => {
        const source = path.join(folder, "long.bin");
        await writeSeeded(source, 48_000_000, 1);
        const { oss } = demo.storage;
        const clear = oss.faults.add({
          operation: "UploadPart",
          kind: "delay",
          milliseconds: Number.POSITIVE_INFINITY,
          times: 100,
        });
        const flying = new Set<string>();
        let begun = 0;
        page.on("request", (request) => {
          if (request.method() !== "PUT") return;
          begun++;
          flying.add(request.url());
        });
        page.on("requestfailed", (request) => flying.delete(request.url()));
        const fourth = page.waitForRequest(
          (request) => request.method() === "PUT" && request.url().includes("partNumber=4"),
        );
        await page.setInputFiles("#pick", source);
        await fourth;

        const aborted = page.waitForResponse((response) => response.request().method() === "DELETE");
        await transfer("long.bin").getByRole("button", { name: "Cancel" }).click();
        await transfer("long.bin").getByText("Cancelled").waitFor();
        assert.equal((await aborted).status(), 204, "the parts are deleted");
        assert.equal(flying.size, 0, "no request is under way");
        assert.equal(begun, 4, "and none was begun");
        await page.getByText("No files yet").waitFor();

        clear();
        await transfer("long.bin").getByRole("button", { name: "Start" }).click();
        await transfer("long.bin").getByText("Uploaded 48\u00a0MB").waitFor();
      }),
  );

  test(
    `${browser}: keys that end mid-way, in every form, cost nothing`,
    { timeout: 60_000, skip: missing(browser) },
    () =>
      visit(browser, async (visited) => {
        const { page, demo, folder, transfer } = visited;
        const { oss } = demo.storage;
        const name = `expiring-${browser}.bin`;
        const source = path.join(folder, name);
        const hash = await writeSeeded(source, 40_000_000, 2);
        let issued = 0;
        page.on("request", (request) => {
          if (request.url().endsWith("/sts")) issued++;
        });
        // Short-lived enough to end while a slow machine uploads, too.
        demo.options.tokenSeconds = 5;
        await page.reload();
        await page.getByText("No files yet").waitFor();
        const codes = [
          "SecurityTokenExpired",
          "InvalidAccessKeyId",
          "SecurityTokenLost",
          "InvalidSecurityToken",
        ] as const;
        for (const [index, code] of codes.entries()) {
          oss.faults.add({ operation: "UploadPart", kind: "expire", code, skip: index });
        }
        await page.setInputFiles("#pick", source);
        await transfer(name).getByText("Uploaded 40\u00a0MB").waitFor();
        assert.deepEqual(
          oss.faults.pending.filter(({ kind }) => kind === "expire"),
          [],
          "each refusal happened",
        );
        assert.isAtLeast(issued, 2, "new keys were asked for");
        assert.equal(await hashOfFile(await download(browser, visited, name, 40_000_000)), hash);
      }),
  );
}

test("chromium: each trouble is told in words, with what to do", {
  timeout: 120_000,
  skip: missing("chromium"),
}, async () => {
  // Side by side: most of the time they wait between attempts.
  const outcomes = await Promise.allSettled(
    TROUBLES.map(({ happen, title, button }) =>
      visit("chromium", async (visited) => {
        const { page } = visited;
        const place = await happen(visited);
        const words = place.getByText(title, { exact: true });
        await words.waitFor({ timeout: 60_000 });
        if (button !== undefined) await place.getByRole("button", { name: button }).waitFor();
        const text = (await page.locator("body").textContent()) ?? "";
        assert.notMatch(text, /CAIS|x-oss-signature|security-token|STS\./i, "no secret is shown");
      }),
    ),
  );
  const failed = outcomes.flatMap((outcome, index) =>
    outcome.status === "rejected" ? [`${TROUBLES[index]?.title}: ${String(outcome.reason)}`] : [],
  );
  assert.deepEqual(failed, []);
});
