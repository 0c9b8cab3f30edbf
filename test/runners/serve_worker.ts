/**
 * Serves a Worker on a real socket: for tests of what happens between requests of one isolate.
 * @module
 */
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as esbuild from "esbuild";

export interface ServedWorker {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  close(): Promise<void>;
}

function configOf(bindings: Readonly<Record<string, string>>): string {
  const texts = Object.entries(bindings).map(([name, value]) => `(name = "${name}", text = ${JSON.stringify(value)})`);
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [ (name = "main", worker = .worker), (name = "internet", network = (allow = ["public", "private"])) ],
  sockets = [ (name = "http", address = "127.0.0.1:0", http = (), service = "main") ] );
const worker :Workerd.Worker = (
  modules = [ (name = "worker.mjs", esModule = embed "worker.mjs") ],
  bindings = [ ${texts.join(", ")} ],
  compatibilityDate = "2026-11-01" );
`;
}

/**
 * Bundles and starts a Worker.
 * @param root the repository's folder
 * @param entry the module, relative to it, whose default export has `fetch`
 * @param bindings texts in its `env`
 */
export async function serveWorker(
  root: string,
  entry: string,
  bindings: Readonly<Record<string, string>>,
): Promise<ServedWorker> {
  const folder = await mkdtemp(path.join(tmpdir(), "oss-fetch-worker-"));
  await esbuild.build({
    entryPoints: [path.join(root, entry)],
    outfile: path.join(folder, "worker.mjs"),
    bundle: true,
    format: "esm",
    target: "es2022",
    external: ["cloudflare:workers"],
    logLevel: "silent",
  });
  const config = path.join(folder, "worker.capnp");
  await writeFile(config, configOf(bindings));
  const workerd = path.join(root, "node_modules/.bin/workerd");
  const child = spawn(workerd, ["serve", config, "--control-fd=3"], {
    detached: true,
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr?.on("data", (chunk) => {
    errors += chunk;
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const close = async (): Promise<void> => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  const port = await new Promise<number>((resolve, reject) => {
    child.stdio[3]?.on("data", (chunk) => {
      const [, found] = /"event":"listen".*"port":(\d+)/.exec(String(chunk)) ?? [];
      if (found !== undefined) resolve(Number(found));
    });
    child.once("close", () => reject(new Error(`workerd did not start: ${errors}`)));
  }).catch(async (error) => {
    await close();
    throw error;
  });
  return { url: `http://127.0.0.1:${port}`, close };
}
