/** The demo's page while its storage is away: it says that it waits and why, and goes on by itself. */
import path from "node:path";
import { assert, test } from "../harness.ts";
import { missing } from "./demo/browsers.ts";
import { lookBehind } from "./demo/leave_and_return.ts";
import { writeSeeded } from "./demo/seeded_file.ts";
import { visit } from "./demo/visit.ts";

const NAME = "trip.mp4";

test(
  "chromium: an upload whose storage goes away says why it waits, and goes on by itself",
  {
    timeout: 60_000,
    skip: missing("chromium"),
  },
  () =>
    visit("chromium", async (visited) => {
      const { page, demo, folder, transfer } = visited;
      const source = path.join(folder, NAME);
      const hash = await writeSeeded(source, 20_000_000, 7);
      const behind = await lookBehind(visited);
      let away = true;
      // It goes away as soon as the upload is open.
      await page.route(
        (url) => url.href.startsWith(demo.storage.url),
        (route) =>
          away && !/[?&]uploads/.test(route.request().url()) ? route.abort("connectionrefused") : route.continue(),
      );
      await page.setInputFiles("#pick", source);
      await transfer(NAME).getByText("Waiting: the storage does not answer", { exact: true }).waitFor();
      await transfer(NAME).getByText("goes on by itself").waitFor();
      await page.locator("#announce").getByText("the storage does not answer").waitFor({ state: "attached" });
      await transfer(NAME).getByRole("button", { name: "Cancel" }).waitFor();

      await page.context().setOffline(true);
      await transfer(NAME).getByText("Waiting: you are offline", { exact: true }).waitFor();
      away = false;
      await page.context().setOffline(false);
      await transfer(NAME).getByText("Uploaded 20\u00a0MB").waitFor();
      assert.equal(await behind.hash(NAME), hash);
      assert.equal(await transfer(NAME).getByText("Waiting").count(), 0);
    }),
);
