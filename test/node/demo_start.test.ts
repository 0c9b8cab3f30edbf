/** `npm run demo`: it tells its address, gives way on ports, and leaves nothing behind. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { assert, environment, test } from "../harness.ts";

interface Started {
  readonly child: ChildProcess;
  readonly line: string;
  readonly url: string;
}

function start(args: readonly string[], temporary: string): Promise<Started> {
  const file = path.join(environment.root, "demo/start.mjs");
  const child = spawn(process.execPath, [file, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, TMPDIR: temporary },
  });
  return new Promise((resolve, reject) => {
    let output = "";
    child.once("exit", (code) => reject(new Error(`Ended with ${code}: ${output}`)));
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      const url = /http:\/\/\S+\//.exec(output)?.[0];
      if (output.includes("\n") && url !== undefined) resolve({ child, line: output, url });
    });
  });
}

async function stop(child: ChildProcess, signal: "SIGTERM" | "SIGINT"): Promise<unknown> {
  const ended = once(child, "exit");
  child.kill(signal);
  return (await ended)[0];
}

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  test(`the demo starts on another port when its own is taken, and ends cleanly on ${signal}`, async () => {
    const temporary = await mkdtemp(path.join(tmpdir(), "oss-fetch-start-"));
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const address = other.address();
    const taken = address !== null && typeof address === "object" ? address.port : 0;
    let child: ChildProcess | undefined;
    try {
      const started = await start(["--port", String(taken), "--oss-port", String(taken)], temporary);
      child = started.child;
      assert.equal(started.line.trim().split("\n").length, 1, "one line");
      assert.notEqual(new URL(started.url).port, String(taken));
      // A browser keeps its connection open; that must not hold the end up.
      const page = await fetch(started.url);
      assert.include(await page.text(), "<title>");
      const session = await fetch(new URL("/session", started.url), { method: "POST" });
      const { endpoint, prefix } = await session.json();
      assert.notEqual(new URL(endpoint).origin, new URL(started.url).origin);
      assert.match(prefix, /^users\/[0-9a-f]{32}\/$/);

      const cookie = session.headers.get("set-cookie") ?? "";
      assert.match(cookie, /HttpOnly; SameSite=Strict/);
      const keys = await fetch(new URL("/sts", started.url), { method: "POST", headers: { cookie } });
      assert.hasAllKeys(await keys.json(), ["accessKeyId", "accessKeySecret", "securityToken", "expiration"]);
      for (const headers of [{}, { cookie: "oss_fetch_demo=guessed" }] as const) {
        assert.equal((await fetch(new URL("/sts", started.url), { method: "POST", headers })).status, 401);
      }
      const foreign = { cookie, "sec-fetch-site": "cross-site" };
      assert.equal((await fetch(new URL("/sts", started.url), { method: "POST", headers: foreign })).status, 403);

      assert.equal(await stop(child, signal), 0);
      assert.deepEqual(await readdir(temporary), []);
    } finally {
      child?.kill("SIGKILL");
      other.close();
      await rm(temporary, { recursive: true, force: true });
    }
  });
}
