/**
 * `npm run demo`: an OSS, a backend that hands out temporary keys, and the page, each built from source.
 *
 *   npm run demo -- [--port 8000] [--oss-port 9000] [--token-seconds 900]
 */
import { readFlags } from "../test/runners/flags.mjs";
import { buildPage, loadServer } from "./build.mjs";

const FLAGS = {
  port: { type: "string", default: "8000" },
  "oss-port": { type: "string", default: "9000" },
  "token-seconds": { type: "string", default: "900" },
};

function readNumber(values, name, least, most) {
  const value = Number(values[name]);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new RangeError(`--${name} must be a whole number from ${least} to ${most}, got "${values[name]}"`);
}

function readOptions() {
  const values = readFlags("npm run demo -- [--port N] [--oss-port N] [--token-seconds N]", FLAGS);
  return {
    port: readNumber(values, "port", 0, 65_535),
    ossPort: readNumber(values, "oss-port", 0, 65_535),
    tokenSeconds: readNumber(values, "token-seconds", 1, 43_200),
  };
}

/**
 * Builds and starts everything.
 * @param options `port`, `ossPort` (0 = any free one), `tokenSeconds`
 * @returns {Promise<import("./server/demo.ts").Demo>}
 */
export async function startDemo(options) {
  const [{ runDemo }, files] = await Promise.all([loadServer(), buildPage()]);
  return runDemo({ ...options, files });
}

async function main() {
  const options = readOptions();
  let stopped = false;
  let demo;
  const stop = async () => {
    if (stopped) return;
    stopped = true;
    await demo?.close();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, stop);
  demo = await startDemo(options);
  if (stopped) return demo.close();
  console.log(`oss-fetch demo: ${demo.url}   (storage on ${demo.storage.url}; Ctrl+C stops both)`);
}

if (process.argv[1] === import.meta.filename) {
  main().catch((error) => {
    console.error(error.errors ? error.message : (error.stack ?? error));
    process.exit(1);
  });
}
