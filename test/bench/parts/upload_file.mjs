/**
 * A large file in parts: from the disk in Node, against ali-oss, which checks nothing; from a Blob in Chromium, against
 * raw fetch of the same parts.
 */
import { createClient, upload } from "oss-fetch";
import { composedBlob } from "../frame/composed_blob.mjs";
import { pattern } from "../frame/pattern.mjs";

const MIB = 1 << 20;
const PART = 8 * MIB;
const AT_ONCE = 4;
const KEYS = { accessKeyId: "LTAI5tExampleExampleKeyId", accessKeySecret: "ExampleExampleExampleExample12" };

export const part = {
  title: "A large file in parts of 8 MiB, 4 at a time",
  servers: ["canned"],
  runtimes: ["node", "deno", "bun", "chromium"],
};

let lastRaw = 0;

/** Parts of a Blob by raw fetch; to an upload of its own, since a page asks for leave for each URL. */
async function rawParts(blob, url) {
  const id = `raw${++lastRaw}`;
  let next = 0;
  const lane = async () => {
    while (next < blob.size) {
      const body = blob.slice(next, Math.min(blob.size, next + PART));
      next += PART;
      const response = await fetch(`${url}/bench/raw?partNumber=${next / PART}&uploadId=${id}`, {
        method: "PUT",
        body,
      });
      await response.text();
      if (!response.ok) throw new Error(`${response.status}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

/** A file of the pattern. */
async function makeFile(size) {
  const { mkdtemp, open } = await import("node:fs/promises");
  const folder = await mkdtemp("oss-fetch-bench-");
  const file = `${folder}/file.bin`;
  const handle = await open(file, "w");
  const block = pattern(MIB);
  for (let at = 0; at < size; at += MIB) await handle.write(block);
  await handle.close();
  return { file, folder };
}

/** A file of the pattern on the disk of the browser, as one is that somebody picks. */
async function makeOriginFile(size) {
  const root = await navigator.storage.getDirectory();
  const handle = await root.getFileHandle("file.bin", { create: true });
  const writable = await handle.createWritable();
  const block = pattern(MIB);
  for (let at = 0; at < size; at += MIB) await writable.write(block);
  await writable.close();
  return { file: await handle.getFile(), remove: () => root.removeEntry("file.bin") };
}

export async function groups({ servers, amount, runtime }) {
  const size = amount(256, 16) * MIB;
  const url = servers.canned;
  const client = createClient({
    ...{ region: "cn-hangzhou", endpoint: url, pathStyle: true, bucket: "bench", credentials: KEYS },
  });
  const options = { partSize: PART, concurrency: AT_ONCE };
  const none = { ...options, integrity: "none" };
  const ours = (body) => ({
    checked: () => upload(client, { key: "ours", body }, options),
    unchecked: () => upload(client, { key: "ours", body }, none),
  });
  if (runtime === "chromium") {
    const group = (title, blob, [checked, unchecked], close) => ({
      title: `${title} of ${blob.size / MIB} MiB`,
      rounds: 7,
      cases: { "raw fetch": () => rawParts(blob, url), ...ours(blob), "raw fetch again": () => rawParts(blob, url) },
      rows: [
        { ours: "checked", peer: "raw fetch", least: checked },
        { ours: "unchecked", peer: "raw fetch", least: unchecked },
        // How far two equal programs are apart.
        { ours: "raw fetch again", peer: "raw fetch" },
      ],
      close,
    });
    const { file, remove } = await makeOriginFile(amount(512, 16) * MIB);
    // The bounds are those of bytes that the browser holds; of a file the check reads every byte a second time.
    return [group("a Blob", await composedBlob(size), [0.75, 1]), group("a File", file, [], remove)];
  }
  const { file, folder } = await makeFile(size);
  const { fileSource } = await import("oss-fetch/node");
  const close = async () => (await import("node:fs/promises")).rm(folder, { recursive: true });
  const title = `a file of ${size / MIB} MiB`;
  const blob = await (await import("node:fs")).openAsBlob(file);
  const cases = { ...ours(fileSource(file)), "raw fetch of its Blob": () => rawParts(blob, url) };
  const rows = ["checked", "unchecked"].map((name) => ({ ours: name, peer: "raw fetch of its Blob" }));
  if (runtime !== "node") return [{ title, rounds: 7, cases, rows, close }];
  const { default: AliOSS } = await import("ali-oss");
  const peer = new AliOSS({
    ...{ region: "oss-cn-hangzhou", endpoint: url, cname: true, secure: false, bucket: "bench" },
    ...KEYS,
  });
  return [
    {
      title,
      rounds: 7,
      cases: { ...cases, "ali-oss": () => peer.multipartUpload("peer", file, { partSize: PART, parallel: AT_ONCE }) },
      rows: [
        { ours: "checked", peer: "ali-oss", least: 0.8 },
        { ours: "unchecked", peer: "ali-oss", least: 1 },
        ...rows,
      ],
      close,
    },
  ];
}
