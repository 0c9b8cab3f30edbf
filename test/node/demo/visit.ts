/** A visit of the demo's page: a browser, a page, a folder for files, and everything that must not happen. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { type BrowserName, withBrowser } from "./browsers.ts";
import { type RunningDemo, startDemo } from "./running_demo.ts";

export interface Visit {
  readonly page: Page;
  readonly demo: Awaited<ReturnType<typeof startDemo>>;
  /** An empty folder. */
  readonly folder: string;
  /** Errors and warnings of the console, exceptions of the page, requests to other places. */
  readonly complaints: string[];
  transfer(name: string): Locator;
  file(name: string): Locator;
}

/**
 * DevTools copy the bytes of each request into their protocol, which slows a page down twentyfold, but not those of
 * a Blob. This stands in for a page that nobody inspects.
 */
function hideBodiesFromDevTools(): void {
  const { fetch } = window;
  window.fetch = (input, init) => {
    const { body } = init ?? {};
    return fetch(
      input,
      body instanceof ArrayBuffer || ArrayBuffer.isView(body) ? { ...init, body: new Blob([body as BlobPart]) } : init,
    );
  };
  const { send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.send = function (body) {
    send.call(this, ArrayBuffer.isView(body) ? new Blob([body as BlobPart]) : body);
  };
}

async function openPage(
  browser: Browser,
  demo: RunningDemo,
  complaints: string[],
  options: BrowserContextOptions,
): Promise<Page> {
  const context = await browser.newContext({ acceptDownloads: true, ...options });
  const page = await context.newPage();
  const own = [demo.url, `${demo.storage.url}/`, "blob:", "data:"];
  page.on("console", (message) => {
    if (/error|warning/.test(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`exception: ${error.message}`));
  page.on("request", (request) => {
    if (!own.some((start) => request.url().startsWith(start))) complaints.push(`request to ${request.url()}`);
  });
  await page.addInitScript(hideBodiesFromDevTools);
  await page.goto(demo.url);
  await page.getByText("No files yet").waitFor();
  return page;
}

/** Opens the page in a browser, against a demo of its own; all of it is gone afterwards. */
export function visit(
  name: BrowserName,
  use: (visit: Visit) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> {
  return withBrowser(name, async (browser) => {
    const demo = await startDemo();
    const folder = await mkdtemp(path.join(tmpdir(), "oss-fetch-visit-"));
    const complaints: string[] = [];
    let page: Page | undefined;
    try {
      page = await openPage(browser, demo, complaints, options);
      const rows = (list: string, row: string): Locator =>
        (page as Page)
          .locator(`#${list} li`)
          .filter({ has: (page as Page).locator(".name").getByText(row, { exact: true }) });
      await use({
        page,
        demo,
        folder,
        complaints,
        transfer: (row) => rows("transfer-list", row),
        file: (row) => rows("file-list", row),
      });
    } finally {
      await page?.context().close();
      await demo.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
}
