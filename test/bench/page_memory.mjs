/**
 * What uploads of a large Blob add to the memory of a page in Chromium: `npm run bench:memory:page`, with
 * `-- --size 1000` (MB), `--job upload,auto,composed` and `--json`. Fails where one grows by more than its bound.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { measureChromium } from "./memory_chromium.mjs";

/** MiB: parts of 8 MiB, four at once and one more, and 64 MB; where parts adapt, what README grants them in a page. */
const BOUND = { upload: 40 + 61, composed: 40 + 61, auto: 96 + 61 };

const { values } = parseArgs({
  options: {
    size: { type: "string", default: "1000" },
    job: { type: "string", default: "upload,auto" },
    json: { type: "boolean", default: false },
  },
});
const figures = [];
for (const job of values.job.split(",")) {
  const folder = await mkdtemp(path.join(tmpdir(), "page-memory-"));
  try {
    const [figure] = await measureChromium([job], Number(values.size) * 1e6, folder);
    const { growth, whole, speed } = figure;
    const holds = growth <= BOUND[job];
    if (!holds) process.exitCode = 1;
    const rest = `${Math.round(whole)} the whole browser, ${Math.round(speed)} MB/s`;
    figures.push({ job, growth, most: BOUND[job] });
    if (!values.json)
      console.log(`${job}: ${Math.round(growth)} MiB of ${BOUND[job]}${holds ? "" : " (too much)"}; ${rest}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
if (values.json) console.log(JSON.stringify(figures));
