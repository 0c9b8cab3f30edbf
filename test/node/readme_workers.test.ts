/**
 * The README's workers work when they are bundled as it says: a page uploads in a worker and is closed, and its service
 * worker finishes the upload, by Background Sync where there is one.
 */
import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import * as esbuild from "esbuild";
import type { Page } from "playwright-core";
import { createClient, getObject, listMultipartUploads } from "../../src/mod.ts";
import { createTestOSS } from "../../src/testing/mod.ts";
import { listen } from "../../src/testing/node/mod.ts";
import { assert, type TestContext, test } from "../harness.ts";
import { deferred } from "../unit/streams/support.ts";
import { type BrowserName, missing, withBrowser } from "./demo/browsers.ts";
import { block } from "./support/readme.ts";
import { withInstalled } from "./support/unpacked.ts";

const MIB = 2 ** 20;
const PARTS = 8;
const KEY = "trip.mp4";
const RULE = {
  allowedOrigins: ["*"],
  allowedMethods: ["GET", "PUT", "POST", "DELETE", "HEAD"] as const,
  allowedHeaders: ["*"],
  exposeHeaders: ["ETag", "x-oss-request-id", "x-oss-hash-crc64ecma", "Content-Range"],
};

/** What the page does of what the README says in prose. */
const PAGE = `
import { connectTransfers } from "oss-fetch/worker";
const credentials = async ({ signal }) => (await fetch("/sts", { signal })).json();
const root = await navigator.storage.getDirectory();
navigator.serviceWorker.register("service_worker.js");
const connect = () => connectTransfers(new Worker("transfers.js", { type: "module" }), { credentials });
window.begin = async () => {
  await navigator.serviceWorker.ready;
  const file = await root.getFileHandle("trip.mp4", { create: true });
  const writable = await file.createWritable();
  await writable.write(await (await fetch("/bytes")).arrayBuffer());
  await writable.close();
  connect().upload({ key: "${KEY}", body: file }, { partSize: ${MIB}, multipartThreshold: 0, concurrency: 1 });
};
window.wake = async () => {
  const { sync, active } = await navigator.serviceWorker.ready;
  if (sync) await sync.register("uploads"); else active.postMessage("uploads");
  return sync !== undefined;
};
window.fetchBack = async () => {
  const transfers = connect();
  const { size } = await transfers.downloadTo({ key: "${KEY}" }, "back/trip.mp4");
  transfers.close();
  const folder = await root.getDirectoryHandle("back");
  const file = await (await folder.getFileHandle("trip.mp4")).getFile();
  return { size, bytes: file.size };
};
`;

/** The service: what is sent after three parts is lost, until they are released. */
async function startService(bytes: Uint8Array<ArrayBuffer>) {
  const oss = createTestOSS({ buckets: [{ name: "photos", cors: { rules: [RULE] } }] });
  const reached = deferred();
  const released = deferred();
  const answered: number[] = [];
  let held = true;
  const release = (): void => {
    held = false;
    released.resolve();
  };
  const listener = await listen({
    async serve(request) {
      const { searchParams } = new URL(request.target, "http://host");
      const part = request.method === "PUT" ? Number(searchParams.get("partNumber")) : 0;
      if (part > 3 && held) {
        reached.resolve();
        await released.promise;
        throw new Error("Whoever has sent it is gone");
      }
      const answer = await oss.serve(request);
      if (part > 0 && answer.status === 200) answered.push(part);
      return answer;
    },
  });
  const client = createClient({ ...oss.clientOptions, bucket: "photos" });
  return {
    oss,
    client,
    url: listener.url,
    answered,
    reached: reached.promise,
    release,
    async whole(signal: AbortSignal): Promise<boolean> {
      for (;;) {
        signal.throwIfAborted();
        const found = await getObject(client, { key: KEY }).catch(() => undefined);
        if (found) return Buffer.compare(new Uint8Array(await found.arrayBuffer()), bytes) === 0;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async close() {
      release();
      await listener.close();
    },
  };
}

/** Bundles the README's blocks as it says, for a service that is elsewhere. */
async function bundle(folder: string, url: string): Promise<(name: string) => Uint8Array | undefined> {
  const moved = `endpoint: "${url}", pathStyle: true, region: "cn-hangzhou"`;
  const files = {
    "page.js": PAGE,
    "transfers.js": block("transfers.js"),
    "service_worker.js": block("service_worker.js"),
  };
  const built = new Map<string, Uint8Array>();
  for (const [name, text] of Object.entries(files)) {
    await writeFile(path.join(folder, name), text.replace('region: "cn-hangzhou"', moved));
    const { outputFiles } = await esbuild.build({
      absWorkingDir: folder,
      entryPoints: [name],
      bundle: true,
      write: false,
      logLevel: "silent",
      // A page awaits at its top.
      ...(name === "page.js" && { format: "esm" as const }),
    });
    if (outputFiles[0]) built.set(`/${name}`, outputFiles[0].contents);
  }
  return (name) => built.get(name);
}

/** Calls what the page has. */
async function call(page: Page, name: string): Promise<unknown> {
  await page.waitForFunction((name) => name in window, name);
  return page.evaluate((name) => Reflect.get(window, name)(), name);
}

async function play(name: BrowserName, { signal }: TestContext): Promise<void> {
  const bytes = new Uint8Array(randomBytes(PARTS * MIB));
  const service = await startService(bytes);
  const { client, oss } = service;
  await withInstalled(async (folder) => {
    const fileOf = await bundle(folder, service.url);
    const html = '<!doctype html><link rel="icon" href="data:,"><script type="module" src="page.js"></script>';
    const server = createServer(({ url = "" }, response) => {
      const body =
        { "/": html, "/sts": JSON.stringify(oss.issueToken({ seconds: 900 })), "/bytes": bytes }[url] ?? fileOf(url);
      response.setHeader(
        "content-type",
        url.endsWith(".js") ? "text/javascript" : url === "/" ? "text/html" : "application/json",
      );
      response.writeHead(body ? 200 : 404).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const base = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/`;
    try {
      await withBrowser(name, async (browser) => {
        const context = await browser.newContext();
        const page = await context.newPage();
        await page.goto(base);
        await call(page, "begin");
        await service.reached;
        const next = await context.newPage();
        await next.goto(base);
        await page.close();
        await next.waitForFunction(async () => (await navigator.locks.query()).held?.length === 0);
        service.release();
        assert.equal(await call(next, "wake"), name === "chromium");
        assert.isTrue(await service.whole(signal));
        assert.sameMembers(service.answered, [1, 2, 3, 4, 5, 6, 7, 8]);
        assert.deepEqual((await listMultipartUploads(client, {})).uploads, []);
        assert.deepEqual(await call(next, "fetchBack"), { size: bytes.length, bytes: bytes.length });
        await context.close();
      });
    } finally {
      server.closeAllConnections();
      server.close();
      await service.close();
    }
  });
}

for (const name of ["chromium", "firefox"] as const)
  test(`README: workers in ${name}`, { timeout: 120_000, skip: missing(name) }, (t) => play(name, t));
