/**
 * A link on which each connection carries 10 MB/s and each answer begins 40 ms late: what parallel parts bring, and what
 * automatic parts are worth.
 */
import { createClient, download, upload } from "oss-fetch";

const MIB = 1 << 20;
const KEYS = { accessKeyId: "LTAI5tExampleExampleKeyId", accessKeySecret: "ExampleExampleExampleExample12" };
const AUTO = { partSize: "auto", concurrency: "auto" };

export const part = {
  title: "A link with 10 MB/s a connection and 40 ms",
  servers: ["link"],
  runtimes: ["node", "deno", "bun"],
};

/** Bytes that come from nowhere. */
function zeros(size) {
  let left = size;
  return new ReadableStream(
    {
      pull(controller) {
        if (left <= 0) return controller.close();
        controller.enqueue(new Uint8Array(Math.min(left, MIB)));
        left -= MIB;
      },
    },
    { highWaterMark: 0 },
  );
}

export async function groups({ servers, amount }) {
  const client = createClient({
    ...{ region: "cn-hangzhou", endpoint: servers.link, pathStyle: true, bucket: "link-10-40", credentials: KEYS },
  });
  const up = (size, options) => () => upload(client, { key: "up", body: zeros(size), contentLength: size }, options);
  const down = (size, options) => async () => {
    const { body } = await download(client, { key: `${size}` }, options);
    const reader = body.getReader();
    let length = 0;
    for (let got = await reader.read(); !got.done; got = await reader.read()) length += got.value.length;
    if (length !== size) throw new Error(`${length} bytes came of ${size}`);
  };
  const small = amount(64, 16) * MIB;
  const partSize = small / 8;
  const large = amount(1024, 64) * MIB;
  const huge = amount(4000, 64) * 1e6;
  const eight = (transfer) => ({
    "8 connections": transfer(small, { partSize, concurrency: 8 }),
    "1 connection": transfer(small, { partSize, concurrency: 1 }),
  });
  const fixed = { partSize: 8 * MIB, concurrency: 32 };
  const rows = [{ ours: "8 connections", peer: "1 connection", least: 6 }];
  return [
    { title: `upload of ${small / MIB} MiB`, rounds: 3, warmUp: 0, cases: eight(up), rows },
    { title: `download of ${small / MIB} MiB`, rounds: 3, warmUp: 0, cases: eight(down), rows },
    {
      title: `upload of ${large / MIB} MiB`,
      rounds: 1,
      warmUp: 0,
      cases: { auto: up(large, AUTO), "8 MiB x 4": up(large, {}) },
      rows: [{ ours: "auto", peer: "8 MiB x 4", least: 0.9 }],
    },
    {
      title: `upload of ${huge / 1e6} MB`,
      rounds: 3,
      warmUp: 0,
      cases: { auto: up(huge, AUTO), "8 MiB x 32": up(huge, fixed) },
      rows: [{ ours: "auto", peer: "8 MiB x 32", least: 0.85 }],
    },
    {
      title: `download of ${huge / 1e6} MB`,
      rounds: 3,
      warmUp: 0,
      cases: { auto: down(huge, AUTO), "8 MiB x 32": down(huge, fixed) },
      rows: [{ ours: "auto", peer: "8 MiB x 32", least: 0.85 }],
    },
  ];
}
