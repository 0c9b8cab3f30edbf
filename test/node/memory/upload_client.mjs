/**
 * Uploads a stream of unknown length, or the Blob of a file, over a socket, and prints by how many
 * MiB the process grew meanwhile: `node --max-old-space-size=64 test/node/memory/upload_client.mjs 2048 stream`.
 */
import { spawn } from "node:child_process";
import { openAsBlob } from "node:fs";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createClient, createUpload } from "../../../dist/mod.js";

const [mebibytes = "2048", kind = "stream", concurrency = "4", partSize = "8", pauses = "0"] = process.argv.slice(2);
const MIB = 2 ** 20;
const total = Number(mebibytes) * MIB;

const script = new URL("./discard_server.mjs", import.meta.url).pathname;
const server = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit", "ipc"] });
const port = await new Promise((resolve) => server.stdout.once("data", (line) => resolve(Number(line))));

const client = createClient({
  region: "cn-hangzhou",
  endpoint: `http://127.0.0.1:${port}`,
  pathStyle: true,
  bucket: "photos",
  credentials: { accessKeyId: "id", accessKeySecret: "secret" },
  onWarning() {},
});

/** Bytes that no one holds twice. */
function stream() {
  let sent = 0;
  return new ReadableStream(
    {
      pull(controller) {
        if (sent >= total) return controller.close();
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(sent >> 16));
      },
    },
    { highWaterMark: 0 },
  );
}

/** A file that takes no room on the disk, as a Blob. */
async function sparse() {
  const folder = await mkdtemp(path.join(tmpdir(), "upload-memory-"));
  const file = path.join(folder, "file");
  const handle = await open(file, "w");
  await handle.truncate(total);
  await handle.close();
  return { body: await openAsBlob(file), remove: () => rm(folder, { recursive: true }) };
}

const { body, remove } = kind === "stream" ? { body: stream() } : await sparse();
const options = { concurrency: Number(concurrency), partSize: Number(partSize) * MIB };
// Once through, so that all code is loaded and every buffer of the runtime made.
const warm = createUpload(client, { key: "warm", body: new Uint8Array(3 * options.partSize) }, options);
await warm.finished;
globalThis.gc?.();
const before = process.memoryUsage.rss();
let most = before;
const watch = setInterval(() => {
  most = Math.max(most, process.memoryUsage.rss());
}, 5);
const started = performance.now();
const job = createUpload(client, { key: "k", body }, options);
let left = Number(pauses);
for await (const { acknowledged } of job) {
  if (left === 0 || acknowledged < (total * (Number(pauses) - left + 1)) / (Number(pauses) + 1)) continue;
  left--;
  await job.pause();
  job.resume();
}
const { size } = await job.finished;
const seconds = (performance.now() - started) / 1000;
clearInterval(watch);
await remove?.();
server.disconnect();
const grown = Math.round((most - before) / MIB);
console.log(JSON.stringify({ size, grown, allowed: (options.concurrency + 1) * Number(partSize) + 64, seconds }));
