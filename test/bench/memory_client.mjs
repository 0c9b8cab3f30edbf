/**
 * One transfer in a process of its own: `node --max-old-space-size=64 test/bench/memory_client.mjs JOB URL BYTES` prints
 * JSON. Jobs: `upload`, of a stream whose length nobody knows; `auto`, the same with an automatic plan; `download` into a
 * slow sink; `stream`, a download that is read slowly.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { createClient, download, downloadTo, upload } from "../../dist/mod.js";

const [job, url, size] = [process.argv[2], process.argv[3], Number(process.argv[4])];
const MIB = 2 ** 20;
/** So fast that nothing but the machine limits. */
const BUCKET = "link-100000-0";
/** Bytes per millisecond that are taken by who is slow: far fewer than come, or what nobody holds up would not be seen. */
const SLOW = 40_000;

const client = createClient({
  ...{ region: "cn-hangzhou", endpoint: url, pathStyle: true, bucket: BUCKET, timeout: 600_000 },
  credentials: { accessKeyId: "LTAI5tExampleExampleKeyId", accessKeySecret: "ExampleExampleExampleExample12" },
});

/** A stream of fresh chunks, as a socket or a file would give them: written to, as memory is resident only then. */
function bytes(length) {
  let left = length;
  return new ReadableStream(
    {
      pull(controller) {
        if (left <= 0) return controller.close();
        controller.enqueue(new Uint8Array(Math.min(left, MIB / 4)).fill(1));
        left -= MIB / 4;
      },
    },
    { highWaterMark: 0 },
  );
}

/** Takes bytes no faster than it may. */
function slowly() {
  const start = performance.now();
  let taken = 0;
  return async (length) => {
    taken += length;
    const ahead = taken / SLOW - (performance.now() - start);
    if (ahead > 2) await sleep(ahead);
  };
}

const jobs = {
  upload: (length) => upload(client, { key: "up", body: bytes(length) }),
  auto: (length) => upload(client, { key: "up", body: bytes(length) }, { partSize: "auto", concurrency: "auto" }),
  async download(length) {
    const take = slowly();
    const sink = { write: (chunk) => take(chunk.length), close: async () => {}, abort: async () => {} };
    await downloadTo(client, { key: `${length}` }, sink);
  },
  async stream(length) {
    const take = slowly();
    const { body } = await download(client, { key: `${length}` });
    const reader = body.getReader();
    for (let got = await reader.read(); !got.done; got = await reader.read()) await take(got.value.length);
  },
};

const resident = () => process.memoryUsage.rss() / MIB;
await jobs[job](10 * MIB);
await sleep(50);
const before = resident();
let most = before;
const look = setInterval(() => {
  most = Math.max(most, resident());
}, 10);
const start = performance.now();
await jobs[job](size);
clearInterval(look);
const speed = size / 1000 / (performance.now() - start);
console.log(
  JSON.stringify({ before: Math.round(before), growth: Math.round(most - before), speed: Math.round(speed) }),
);
