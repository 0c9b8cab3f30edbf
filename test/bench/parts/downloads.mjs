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

export function groups({ servers, amount, runtime }) {
  const size = amount(runtime === "chromium" ? 128 : 256, 16) * 2 ** 20;
  const key = `${size}/object`;
  const client = createClient({
    ...{ region: "cn-hangzhou", endpoint: servers.canned, pathStyle: true, bucket: "bench" },
    credentials: { accessKeyId: "LTAI5tExampleExampleKeyId", accessKeySecret: "ExampleExampleExampleExample12" },
  });
  const parts = (options) => async () => drain((await download(client, { key }, options)).body, size);
  const plain = (options) => async () => drain((await getObject(client, { key }, options)).body, size);
  const cases = {
    raw: async () => drain((await fetch(`${servers.canned}/bench/${key}`)).body, size),
    download: parts({}),
    unchecked: parts({ integrity: "none" }),
    getObject: plain({}),
    getObjectUnchecked: plain({ integrity: "none" }),
    inTurn: parts({ concurrency: 1 }),
    downloadTo: async () => {
      const sink = { write: async () => {}, close: async () => {}, abort: async () => {} };
      if ((await downloadTo(client, { key }, sink)).size !== size) throw new Error("truncated");
    },
  };
  return [
    {
      title: `${size / 2 ** 20} MiB`,
      cases,
      rows: [
        { ours: "download", peer: "raw", least: { node: 0.75 } },
        { ours: "unchecked", peer: "raw", least: { node: 0.92 } },
        { ours: "download", peer: "getObject", least: { node: 0.9 } },
        { ours: "unchecked", peer: "getObjectUnchecked" },
        { ours: "getObject", peer: "raw" },
        { ours: "getObjectUnchecked", peer: "raw" },
        { ours: "inTurn", peer: "raw" },
        { ours: "downloadTo", peer: "raw" },
      ],
    },
  ];
}
