/** A real workerd with a module-level client: its keys end, its refreshing request dies, and no request fails. */
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import * as esbuild from "esbuild";
import { createTestOSS, type TestOSS } from "../../src/testing/mod.ts";
import { listen } from "../../src/testing/node/mod.ts";
import { assert, environment, type TestContext, test } from "../harness.ts";

const { root, account, region, bucket } = environment;
const WORKERD = path.join(root, "node_modules/.bin/workerd");

const CONFIG = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [ (name = "main", worker = .worker), (name = "internet", network = (allow = ["private"])) ],
  sockets = [ (name = "http", address = "127.0.0.1:0", http = (), service = "main") ] );
const worker :Workerd.Worker = (
  modules = [ (name = "worker.mjs", esModule = embed "worker.mjs") ],
  compatibilityDate = "2026-11-01" );
`;

interface Scene {
  readonly oss: TestOSS;
  /** Sends one request to the Worker. */
  readonly visit: (key: string) => Promise<Response>;
  readonly port: number;
  /** Calls of the token backend so far, and what it does before it answers. */
  readonly sts: { asked: number; active: number; mostActive: number; before: (call: number) => Promise<unknown> };
  readonly close: () => Promise<void>;
}

async function startSts(oss: TestOSS, seconds: number, expiration: boolean) {
  const sts: Scene["sts"] = { asked: 0, active: 0, mostActive: 0, before: async () => undefined };
  const server = createServer(async (_, response) => {
    sts.mostActive = Math.max(sts.mostActive, ++sts.active);
    response.once("close", () => sts.active--);
    await sts.before(++sts.asked);
    const { accessKeyId, accessKeySecret, securityToken, expiration: end } = oss.issueToken({ seconds });
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify({ accessKeyId, accessKeySecret, securityToken, ...(expiration && { expiration: end }) }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { sts, url: `http://127.0.0.1:${port}/`, close };
}

/** The port that workerd says it listens on. */
async function portOf(control: Readable): Promise<number> {
  for await (const line of createInterface({ input: control })) {
    const { event, port }: { event?: string; port?: number } = JSON.parse(line);
    if (event === "listen" && port !== undefined) return port;
  }
  throw new Error("workerd does not listen");
}

async function start(t: TestContext, { seconds = 3600, expiration = true } = {}): Promise<Scene> {
  const oss = createTestOSS({ region, accounts: [account], buckets: [bucket] });
  const service = await listen(oss);
  const { sts, url, close } = await startSts(oss, seconds, expiration);
  const folder = await mkdtemp(path.join(tmpdir(), "oss-fetch-workerd-"));
  await esbuild.build({
    entryPoints: [path.join(root, "test/node/workerd/worker.ts")],
    bundle: true,
    format: "esm",
    target: "es2022",
    outfile: path.join(folder, "worker.mjs"),
    define: Object.fromEntries(
      Object.entries({ OSS_URL: service.url, STS_URL: url, REGION: region, BUCKET: bucket }).map(([name, value]) => [
        name,
        JSON.stringify(value),
      ]),
    ),
    logLevel: "silent",
  });
  await writeFile(path.join(folder, "worker.capnp"), CONFIG);
  const child = spawn(WORKERD, ["serve", path.join(folder, "worker.capnp"), "--control-fd=3"], {
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  child.stderr?.on("data", (chunk: Buffer) => t.note(String(chunk).slice(0, 500)));
  child.stdout?.resume();
  const port = await portOf(child.stdio[3] as Readable);
  return {
    oss,
    sts,
    port,
    visit: (key) => fetch(`http://127.0.0.1:${port}/${key}`, { signal: t.signal }),
    async close() {
      child.kill("SIGKILL");
      await exited;
      await close();
      await service.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function assertServed({ visit }: Scene, key: string): Promise<void> {
  const response = await visit(key);
  const text = await response.text();
  assert.equal(`${response.status} ${text}`, `200 hello ${key}`);
}

for (const expiration of [true, false]) {
  const known = expiration ? "known" : "unknown";
  test(`workerd: fifty requests at a time while keys end, their end ${known}`, { timeout: 60_000 }, async (t) => {
    const scene = await start(t, { seconds: 2, expiration });
    try {
      const end = performance.now() + 4500;
      let served = 0;
      const visitor = async (name: number): Promise<void> => {
        for (let visit = 0; performance.now() < end; visit++) {
          await assertServed(scene, `visitor${name}-${visit}`);
          served++;
          await pause(50);
        }
      };
      await Promise.all(Array.from({ length: 50 }, (_, name) => visitor(name)));
      t.note(`${served} requests, ${scene.sts.asked} tokens`);
      assert.isAtLeast(served, 100);
      assert.isAtLeast(scene.sts.asked, 3, "the keys ended");
      assert.isAtMost(scene.sts.asked, 12);
    } finally {
      await scene.close();
    }
  });
}

test("workerd: fifty first requests ask for one token", { timeout: 60_000 }, async (t) => {
  const scene = await start(t);
  try {
    scene.sts.before = () => pause(500);
    await Promise.all(Array.from({ length: 50 }, (_, name) => assertServed(scene, `first${name}`)));
    assert.equal(scene.sts.asked, 1);
  } finally {
    await scene.close();
  }
});

test("workerd: a refresh that dies with its request is taken over", { timeout: 60_000 }, async (t) => {
  const scene = await start(t);
  try {
    // The first call of the backend hangs, and the visitor who caused it leaves.
    scene.sts.before = (call) => (call === 1 ? new Promise(() => undefined) : pause(10));
    const first = connect(scene.port, "127.0.0.1");
    first.write("GET /first HTTP/1.1\r\nHost: worker\r\n\r\n");
    while (scene.sts.asked === 0) await pause(10);
    const others = Array.from({ length: 50 }, (_, name) => assertServed(scene, `other${name}`));
    await pause(200);
    // A mere end of the connection goes unnoticed until something is written; workerd drops the request on a reset.
    first.resetAndDestroy();
    const started = performance.now();
    await Promise.all(others);
    assert.isBelow(performance.now() - started, 15_000);
    assert.isAtMost(scene.sts.asked, 4);
  } finally {
    await scene.close();
  }
});
