/**
 * Proves that transfers need no more memory than their parts, whatever their length:
 *
 *   npm run build && node test/bench/memory.mjs [--size 2000] [--jobs upload,auto,download,stream] [--json]
 *
 * Each job runs in a process of its own whose heap may hold 64 MB; the server is another one. A figure is how many
 * mebibytes the process grew, resident, at most, since a short transfer had loaded everything; the bound is
 * (concurrency + 1) x partSize + 64 MB, for what is automatic its own bound + 64 MB.
 *
 * What a process holds is measured, not what its allocator keeps of what it gave back: see `ALLOCATOR`.
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs, promisify } from "node:util";
import { startServer } from "./frame/server_process.mjs";

const MIB = 2 ** 20;
const HEAP = 64;
const PARTS = 5 * 8;
const BOUNDS = { upload: PARTS, auto: 256, download: PARTS, stream: PARTS };

/**
 * glibc gives what was freed back at once while it maps each buffer by itself, from 128 KiB on; but with the first one
 * that is freed it raises that limit to its length, and takes shorter ones from its heap. In one start of Node of some
 * sixty V8 lays its code right behind that heap: it cannot grow then, is made of pieces that never go back, and held up
 * to 248 MiB of free memory beside the 190 in use. A limit that is told stays as it is. Other systems do not look at it.
 */
const ALLOCATOR = { MALLOC_MMAP_THRESHOLD_: "131072" };

const { values } = parseArgs({
  options: {
    size: { type: "string", default: "2000" },
    jobs: { type: "string", default: "upload,auto,download,stream" },
    json: { type: "boolean", default: false },
  },
});

/** Resident mebibytes that one job adds. */
async function measure(job, url) {
  const client = path.join(import.meta.dirname, "memory_client.mjs");
  const size = Number(values.size) * 1e6;
  const args = [`--max-old-space-size=${HEAP}`, client, job, url, `${size}`];
  const env = { ...process.env, ...ALLOCATOR };
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  const most = (BOUNDS[job] * MIB + 64e6) / MIB;
  return { job, ...JSON.parse(stdout), most: Math.round(most) };
}

const folder = await mkdtemp(path.join(tmpdir(), "oss-fetch-memory-"));
const server = await startServer(path.join(import.meta.dirname, "servers/link.mjs"), folder);
const figures = [];
try {
  for (const job of values.jobs.split(",")) figures.push(await measure(job, server.url));
} finally {
  await server.stop();
  await rm(folder, { recursive: true });
}
if (values.json) console.log(JSON.stringify(figures));
else {
  console.log(
    `| ${values.size} MB in Node | resident before, MiB | growth, MiB | bound, MiB | MB/s |\n| --- | --- | --- | --- | --- |`,
  );
  for (const { job, before, growth, most, speed } of figures)
    console.log(`| ${job} | ${before} | ${growth}${growth > most ? " (!)" : ""} | ${most} | ${speed} |`);
}
if (figures.some(({ growth, most }) => growth > most)) process.exitCode = 1;
