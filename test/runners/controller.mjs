/**
 * The server that hands out pages and settings and receives the reports; one address per run.
 */
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";

const TYPES = { ".html": "text/html; charset=utf-8", ".mjs": "text/javascript; charset=utf-8" };
/** Files of this folder that pages load. */
const FILES = new Set(["page.html", "service_worker.mjs", "session.mjs"]);
/** Chunks of a suite that was bundled in several files. */
const CHUNK = /^[\w-]+-[A-Z0-9]{8}\.mjs$/;

async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

async function answer(run, name, request, response) {
  if (name === "report" && request.method === "POST") {
    run.onReport(JSON.parse(await readBody(request)));
    return response.writeHead(200).end("{}");
  }
  if (name === "setting") {
    return response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(run.setting));
  }
  const chunk = CHUNK.test(name) ? path.join(path.dirname(run.suite), name) : undefined;
  const file = name === "suite.mjs" ? run.suite : (chunk ?? (FILES.has(name) ? name : undefined));
  if (file === undefined) return response.writeHead(404).end();
  const bytes = await readFile(path.resolve(import.meta.dirname, file));
  return response.writeHead(200, { "content-type": TYPES[path.extname(name)], "cache-control": "no-store" }).end(bytes);
}

/**
 * Starts the controller on a free port of the loopback.
 * @returns `open(run)` gives a run its address; `close()` ends the server
 */
export async function startController() {
  const runs = new Map();
  const server = createServer((request, response) => {
    const [, id, name] = request.url.split("/");
    const run = runs.get(id);
    if (run === undefined) return response.writeHead(404).end();
    answer(run, name, request, response).catch((error) => {
      run.onReport({ results: [], broken: String(error) });
      response.destroy();
    });
  });
  // A test that keeps the thread for long must find its connection as it left it.
  server.keepAliveTimeout = 60 * 60_000;
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  return {
    open(run, host = "127.0.0.1") {
      const id = randomUUID();
      runs.set(id, run);
      return { base: `http://${host}:${port}/${id}`, release: () => runs.delete(id) };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
