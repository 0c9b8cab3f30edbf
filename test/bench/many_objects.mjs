/**
 * Proves that a million objects cost what their pages cost, in the service and in the client:
 *
 *   npm run build && node test/bench/many_objects.mjs [--count 1000000] [--small 10000] [--seed 1] [--json]
 *
 * First the in-process OSS, with few and with many objects: milliseconds of computing for a page, and their ratio. Then a client in a
 * process of its own, whose heap may hold 64 MB, walks all of them over a socket.
 */
import { spawn } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const HERE = path.dirname(fileURLToPath(import.meta.url));

/** Megabytes of the client's heap; of the processes that hold the objects. */
const CLIENT_HEAP = 64;
const SERVICE_HEAP = 6000;

function start(script, heap, ...args) {
  const flags = ["--expose-gc", `--max-old-space-size=${heap}`];
  return spawn(process.execPath, [...flags, path.join(HERE, script), ...args.map(String)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
}

/** The first line that a process prints, as JSON. */
function answerOf(child) {
  return new Promise((resolve, reject) => {
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      output += text;
      if (output.includes("\n")) resolve(JSON.parse(output));
    });
    child.once("error", reject);
    child.once("close", (code) => reject(new Error(`A process ended with ${code} before it answered`)));
  });
}

/** Milliseconds a page, for few and for many objects. */
function measurePages(count, small, seed) {
  return answerOf(start("measure_pages.mjs", SERVICE_HEAP, count, small, seed));
}

/** Mebibytes that a client needs to walk so many objects. */
async function measureWalk(count, seed) {
  const server = start("walk_server.mjs", SERVICE_HEAP, count, seed);
  try {
    const address = await answerOf(server);
    return await answerOf(start("walk_client.mjs", CLIENT_HEAP, count, JSON.stringify(address)));
  } finally {
    server.stdin.end();
  }
}

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "1000000" },
    small: { type: "string", default: "10000" },
    seed: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
  },
});
const [count, small, seed] = [values.count, values.small, values.seed].map(Number);
const service = await measurePages(count, small, seed);
const client = await measureWalk(count, seed);
if (values.json) console.log(JSON.stringify({ service, client }));
else {
  console.log(
    `In-process OSS, milliseconds of computing for a page of 1,000: ${small} objects, ${count} objects, ratio`,
  );
  for (const [name, ratio] of Object.entries(service.ratios)) {
    const [few, many] = [service.small[name], service.large[name]].map((time) => time.toFixed(1));
    console.log(`  ${name.padEnd(12)} ${few.padStart(8)} ${many.padStart(8)} ${ratio.toFixed(2).padStart(8)}`);
  }
  const { idle, ...walks } = client;
  console.log(`Client of ${count} objects, MiB of heap and external memory (idle: ${idle}):`);
  for (const [name, walk] of Object.entries(walks)) {
    console.log(
      `  ${name.padEnd(12)} ${Object.entries(walk)
        .map(([what, figure]) => `${what} ${figure}`)
        .join(", ")}`,
    );
  }
}
