/**
 * What it costs to read an object in checked, ordered, parallel parts.
 */
import { createClient, download, downloadTo, getObject } from "oss-fetch";

export const part = {
  title: "Downloads of one large object, against a loop of getReader() over an unsigned raw fetch",
  servers: ["canned"],
};

/** Reads a body to its end, as a caller would. */
async function drain(body, size) {
  const reader = body.getReader();
  let received = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) received += next.value.byteLength;
  if (received !== size) throw new Error(`${received} bytes of ${size}`);
}

/** The least that any stream in the place of a body costs: it hands chunks on, and looks at none. */
function wrapped(body) {
  const reader = body.getReader();
  let reading = false;
  return new ReadableStream(
    {
      pull(out) {
        if (reading) return;
        reading = true;
        reader.read().then(({ done, value }) => {
          reading = false;
          if (done) out.close();
          else out.enqueue(value);
        });
      },
    },
    { highWaterMark: 0 },
  );
}

/** The least that ordered parallel parts cost: unsigned, unchecked, and lost with the first broken connection. */
function bareParts(url, size, partSize = 8 << 20, lanes = 4) {
  const arrived = new Map();
  const waiting = [];
  let [at, next, wanted, out] = [0, 0, false, undefined];
  const drainArrived = () => {
    for (let chunk = arrived.get(at); wanted && chunk; chunk = arrived.get(at)) {
      arrived.delete(at);
      at += chunk.byteLength;
      wanted = false;
      out.enqueue(chunk);
    }
    while (waiting.length && waiting[0].from < at + lanes * partSize) waiting.shift().go();
    if (at === size) out.close();
  };
  const lane = async () => {
    while (next < size) {
      let from = next;
      next += partSize;
      if (from >= at + lanes * partSize) await new Promise((go) => waiting.push({ from, go }));
      const range = `bytes=${from}-${Math.min(size, from + partSize) - 1}`;
      const reader = (await fetch(url, { headers: { range } })).body.getReader();
      for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
        arrived.set(from, chunk.value);
        from += chunk.value.byteLength;
        if (wanted) drainArrived();
      }
    }
  };
  const start = (controller) => {
    out = controller;
  };
  const pull = () => {
    wanted = true;
    drainArrived();
  };
  const body = new ReadableStream({ start, pull }, { highWaterMark: 0 });
  for (let count = 0; count < lanes; count++) lane().catch((error) => out.error(error));
  return body;
}

export function groups({ servers, amount, runtime }) {
  const size = amount(runtime === "chromium" ? 128 : 256, 16) * 2 ** 20;
  const key = `${size}/object`;
  const client = createClient({
    ...{ region: "cn-hangzhou", endpoint: servers.canned, pathStyle: true, bucket: "bench" },
    credentials: { accessKeyId: "LTAI5tExampleExampleKeyId", accessKeySecret: "ExampleExampleExampleExample12" },
  });
  const downloaded = (options) => async () => drain((await download(client, { key }, options)).body, size);
  const got = (options) => async () => drain((await getObject(client, { key }, options)).body, size);
  const unchecked = { integrity: "none" };
  const oneRange = { partSize: size, concurrency: 1 };
  const url = `${servers.canned}/bench/${key}`;
  const cases = {
    raw: async () => drain((await fetch(url)).body, size),
    download: downloaded({}),
    downloadUnchecked: downloaded(unchecked),
    single: downloaded(oneRange),
    singleUnchecked: downloaded({ ...oneRange, ...unchecked }),
    getObject: got({}),
    getObjectUnchecked: got(unchecked),
    wrapped: async () => drain(wrapped((await fetch(url)).body), size),
    bareParts: async () => drain(bareParts(url, size), size),
    downloadTo: async () => {
      const sink = { write: async () => {}, close: async () => {}, abort: async () => {} };
      if ((await downloadTo(client, { key }, sink)).size !== size) throw new Error("truncated");
    },
  };
  const row = (title, ours, peer, least) => ({ title, ours, peer, ...(least && { least: { node: least } }) });
  return [
    {
      title: `${size / 2 ** 20} MiB`,
      cases,
      rows: [
        row("download (parallel), checked / raw", "download", "raw", 0.75),
        row("download (parallel), unchecked / raw", "downloadUnchecked", "raw", 0.92),
        row("download of one range, checked / raw", "single", "raw"),
        row("download of one range, unchecked / raw", "singleUnchecked", "raw", 0.92),
        row("getObject, checked / raw", "getObject", "raw"),
        row("getObject, unchecked / raw", "getObjectUnchecked", "raw", 0.92),
        row("parallel / one range, checked", "download", "single", 0.9),
        row("parallel / one range, unchecked", "downloadUnchecked", "singleUnchecked", 0.9),
        row("parallel / getObject, checked", "download", "getObject", 0.9),
        row("parallel / getObject, unchecked", "downloadUnchecked", "getObjectUnchecked", 0.9),
        row("floor: one wrapping stream / raw", "wrapped", "raw"),
        row("floor: bare ordered parallel ranges / raw", "bareParts", "raw"),
        row("parallel, unchecked / that floor", "downloadUnchecked", "bareParts"),
        row("getObject, unchecked / one wrapping stream", "getObjectUnchecked", "wrapped"),
        row("downloadTo a sink that keeps nothing, checked / raw", "downloadTo", "raw"),
      ],
    },
  ];
}
