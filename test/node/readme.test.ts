/**
 * The first screen of the README works when it is pasted: in Node, Bun, Deno, a Worker and a plain page.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { createTestOSS } from "../../src/testing/mod.ts";
import { listen } from "../../src/testing/node/mod.ts";
import { assert, environment, test } from "../harness.ts";
import { execute } from "../types/compilers.ts";
import { missing, withBrowser } from "./demo/browsers.ts";
import { block } from "./support/readme.ts";
import { withInstalled } from "./support/unpacked.ts";

const { root } = environment;
const bin = (name: string): string => path.join(root, "node_modules/.bin", name);

test("README: the quick start in Node, Bun and Deno", { timeout: 120_000 }, async () => {
  await withInstalled(async (folder) => {
    await writeFile(path.join(folder, "quickstart.mjs"), block("quickstart.mjs"));
    await writeFile(path.join(folder, "package.json"), '{ "dependencies": { "oss-fetch": "*" } }');
    const expected = ["2025/hello.txt", "hello"];
    const runs: [string, string[]][] = [
      [process.execPath, ["quickstart.mjs"]],
      [bin("bun"), ["quickstart.mjs"]],
      [bin("deno"), ["run", "-A", "quickstart.mjs"]],
    ];
    for (const [command, args] of runs) {
      const { code, output } = await execute(command, args, folder);
      assert.equal(code, 0, `${command}: ${output}`);
      assert.includeOrderedMembers(output.trim().split("\n"), expected, command);
    }
  });
});

test("README: an upload that goes on, in Node, Bun and Deno", { timeout: 120_000 }, async () => {
  const oss = createTestOSS({ buckets: ["photos"] });
  const { url, close } = await listen(oss);
  const { accessKeyId, accessKeySecret } = oss.credentials as { accessKeyId: string; accessKeySecret: string };
  const keys = `endpoint: "${url}", pathStyle: true, credentials: ${JSON.stringify({ accessKeyId, accessKeySecret })}`;
  const text = block("resume.mjs").replace("credentials: { accessKeyId, accessKeySecret }", keys);
  assert.include(text, keys);
  try {
    await withInstalled(async (folder) => {
      await writeFile(path.join(folder, "resume.mjs"), text);
      await writeFile(path.join(folder, "package.json"), '{ "dependencies": { "oss-fetch": "*" } }');
      await writeFile(path.join(folder, "trip.mp4"), randomBytes(9_000_000));
      const runs: [string, string[]][] = [
        [process.execPath, ["resume.mjs"]],
        [bin("bun"), ["resume.mjs"]],
        [bin("deno"), ["run", "-A", "resume.mjs"]],
      ];
      for (const [command, args] of runs) {
        const { code, output } = await execute(command, args, folder);
        assert.equal(code, 0, `${command}: ${output}`);
        assert.include(output, "stored 9000000 bytes", command);
      }
    });
  } finally {
    await close();
  }
});

/** Waits for the README's server, which uses the ports that it names. */
async function reachable(url: string, server: ChildProcess, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    if (server.exitCode !== null) throw new Error("The README's server stopped");
    const answer = await fetch(url, { signal }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test("README: the page and its backend, in a browser", { timeout: 120_000, skip: missing("chromium") }, async ({
  signal,
}) => {
  await withInstalled(async (folder) => {
    // The ports are free ones, so that nothing that runs here is in the way.
    const [page, oss] = [await freePort(), await freePort()];
    const moved = (text: string): string => text.replaceAll("3900", String(oss)).replaceAll("3000", String(page));
    await writeFile(path.join(folder, "index.html"), moved(block("index.html")));
    await writeFile(path.join(folder, "server.mjs"), moved(block("server.mjs")));
    const bytes = randomBytes(21_000_000);
    await writeFile(path.join(folder, "trip.bin"), bytes);
    const server = spawn(process.execPath, ["server.mjs"], { cwd: folder, stdio: "inherit" });
    try {
      await reachable(`http://localhost:${page}/`, server, signal);
      await withBrowser("chromium", async (browser) => {
        const tab = await browser.newPage();
        await tab.goto(`http://localhost:${page}/`);
        await tab.setInputFiles("#file", path.join(folder, "trip.bin"));
        await tab.waitForFunction(() => document.querySelector("#done")?.textContent?.startsWith("stored as"));
        const bar = await tab.locator("#bar").evaluate((element: HTMLProgressElement) => [element.value, element.max]);
        assert.deepEqual(bar, [bytes.length, bytes.length]);
        await tab.close();
      });
    } finally {
      server.kill();
    }
  });
});

async function freePort(): Promise<number> {
  const { createServer } = await import("node:net");
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

test("README: the Worker answers with objects and with 304", { timeout: 60_000 }, async () => {
  await withInstalled(async (folder) => {
    const file = path.join(folder, "worker.mjs");
    await writeFile(file, block("worker.mjs"));
    const { default: worker } = await import(file);
    const oss = createTestOSS({ buckets: ["photos"] });
    const { accessKeyId, accessKeySecret } = oss.credentials;
    const bindings = {
      REGION: "cn-hangzhou",
      BUCKET: "photos",
      ACCESS_KEY_ID: accessKeyId,
      ACCESS_KEY_SECRET: accessKeySecret,
    };
    const real = globalThis.fetch;
    globalThis.fetch = oss.fetch as typeof fetch;
    try {
      const { createClient, putObject } = await import(path.join(folder, "node_modules/oss-fetch/dist/mod.js"));
      const client = createClient({ ...oss.clientOptions, bucket: "photos" });
      const { etag } = await putObject(client, { key: "a b.txt", body: "hello" });
      const found = await worker.fetch(new Request("https://example.com/a%20b.txt"), bindings);
      assert.equal(await found.text(), "hello");
      const headers = { "if-none-match": etag };
      const unchanged = await worker.fetch(new Request("https://example.com/a%20b.txt", { headers }), bindings);
      assert.equal(unchanged.status, 304);
    } finally {
      globalThis.fetch = real;
    }
  });
});
