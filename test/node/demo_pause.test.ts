/** The demo's page: its bar moves within a part, and an upload can be paused and resumed. */
import path from "node:path";
import { assert, test } from "../harness.ts";
import { missing } from "./demo/browsers.ts";
import { hashOfUrl, writeSeeded } from "./demo/seeded_file.ts";
import { visit } from "./demo/visit.ts";

const SIZE = 48_000_000;
const PART = 8 << 20;

for (const browser of ["chromium", "firefox"] as const) {
  test(
    `${browser}: what is sent moves within a part; a pause stops all requests, resume ends equal`,
    { timeout: 60_000, skip: missing(browser) },
    () =>
      visit(browser, async ({ page, demo, folder, transfer, file, complaints }) => {
        const source = path.join(folder, "long.bin");
        const hash = await writeSeeded(source, SIZE, 3);
        const { oss } = demo.storage;
        const stop = { operation: "UploadPart", kind: "delay", milliseconds: Number.POSITIVE_INFINITY } as const;
        const clear = oss.faults.add({ ...stop, times: 100, skip: 1 });
        const flying = new Set<string>();
        page.on("request", (request) => request.method() === "PUT" && flying.add(request.url()));
        page.on("requestfailed", (request) => flying.delete(request.url()));
        page.on("requestfinished", (request) => flying.delete(request.url()));
        await page.evaluate(() => {
          const sent: number[] = [];
          Object.assign(window, { sent });
          new MutationObserver((records) => {
            for (const { target } of records)
              if (target instanceof HTMLElement && target.matches("#total-bar .bar-sent"))
                sent.push(Number(target.style.getPropertyValue("--share")));
          }).observe(document.body, { subtree: true, attributeFilter: ["style"] });
        });
        await page.setInputFiles("#pick", source);
        const row = transfer("long.bin");
        await row.getByText(/MB of/).waitFor();
        await row.getByRole("button", { name: "Pause" }).click();
        await row.getByText("Paused").waitFor();
        await page.waitForFunction(() => document.querySelector(".transfer[data-state=paused]") !== null);
        for (let tries = 0; flying.size > 0 && tries < 100; tries++) await page.waitForTimeout(20);
        assert.equal(flying.size, 0, "nothing is under way");
        clear();
        await row.getByRole("button", { name: "Resume" }).click();
        await row.getByText("Uploaded 48\u00a0MB").waitFor();
        const sent: number[] = await page.evaluate(() => Reflect.get(window, "sent"));
        const within = sent.filter((share) => share < 1 && Math.round(share * SIZE) % PART !== 0);
        assert.isAtLeast(new Set(within).size, 1, `bytes within parts: ${sent}`);
        await file("long.bin").getByRole("button", { name: "Link" }).click();
        const url = await page.getByRole("dialog").getByRole("textbox").inputValue();
        assert.equal(await hashOfUrl(url), hash);
        assert.deepEqual(complaints, []);
      }),
  );
}
