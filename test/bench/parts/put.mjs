/**
 * One large object in one request: bytes, and streams as they come.
 */
import { createClient, putObject } from "oss-fetch";
import { pattern } from "../frame/pattern.mjs";

const MIB = 1 << 20;

export const part = {
  title: "Large puts in one request, checked unless said",
  servers: ["canned"],
  runtimes: ["node", "deno", "bun"],
};

/** A stream of views; `length` is that of its chunks. */
function streamOf(bytes, length) {
  let position = 0;
  return new ReadableStream(
    {
      pull(controller) {
        controller.enqueue(bytes.subarray(position, position + length));
        position += length;
        if (position >= bytes.length) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

export function groups({ servers, amount }) {
  const client = createClient({
    ...{ region: "cn-hangzhou", endpoint: servers.canned, pathStyle: true, bucket: "bench" },
    credentials: { accessKeyId: "LTAI5tExampleExampleKeyId", accessKeySecret: "ExampleExampleExampleExample12" },
  });
  const none = { integrity: "none" };
  const raw = async (body, length) => {
    const headers = { "content-type": "application/octet-stream", "content-length": `${length}` };
    const response = await fetch(`${servers.canned}/bench/raw`, { method: "PUT", body, headers, duplex: "half" });
    await response.text();
    if (!response.ok) throw new Error(`${response.status}`);
  };
  const put = (body, contentLength, options) => putObject(client, { key: "ours", body, contentLength }, options);

  const bytesGroup = (size, times, least) => {
    const bytes = pattern(size);
    const repeat = (send) => async () => {
      for (let time = 0; time < times; time++) await send();
    };
    return {
      title: `${size >= MIB ? `${size / MIB} MiB` : `${size / 1024} KiB`} of bytes`,
      cases: {
        "raw fetch": repeat(() => raw(bytes, size)),
        checked: repeat(() => put(bytes)),
        unchecked: repeat(() => put(bytes, undefined, none)),
      },
      rows: [
        { ours: "checked", peer: "raw fetch", least },
        { ours: "unchecked", peer: "raw fetch" },
      ],
    };
  };
  const large = amount(64, 4) * MIB;
  const bytes = pattern(large);
  const streams = (length) => ({
    title: `${large / MIB} MiB as a stream of ${length / 1024} KiB chunks`,
    cases: {
      "raw fetch": () => raw(streamOf(bytes, length), large),
      checked: () => put(streamOf(bytes, length), large),
      unchecked: () => put(streamOf(bytes, length), large, none),
    },
    rows: [
      { ours: "checked", peer: "raw fetch" },
      { ours: "unchecked", peer: "raw fetch" },
    ],
  });
  return [
    bytesGroup(large, 1, { node: 2 }),
    bytesGroup(8 * MIB, amount(8, 1)),
    bytesGroup(MIB, amount(32, 1)),
    bytesGroup(256 * 1024, amount(64, 1)),
    streams(64 * 1024),
    streams(MIB),
  ];
}
