/**
 * One upload of a Blob in a page, for test/bench/memory_chromium.mjs. Blobs are a `file` of the page's own file system or
 * `composed` of pieces; both begin on the disk or end there, so that the page itself holds none of it.
 */
import { createClient, upload } from "oss-fetch";
import { composedBlob } from "./frame/composed_blob.mjs";
import { pattern } from "./frame/pattern.mjs";

const MIB = 2 ** 20;
const PATIENCE = 300_000;
/** So fast that nothing but the machine limits. */
const BUCKET = "link-100000-0";

const makers = {
  async file(size) {
    const root = await navigator.storage.getDirectory();
    const handle = await root.getFileHandle("blob", { create: true });
    const writable = await handle.createWritable();
    // The same buffer again and again: no garbage is left behind.
    const piece = pattern(MIB);
    for (let at = 0; at < size; at += MIB) await writable.write(piece.subarray(0, size - at));
    await writable.close();
    return handle.getFile();
  },
  composed: composedBlob,
};

export async function start({ url, size, from, options }, send) {
  await send({ results: [], running: { file: "memory", name: from, timeout: PATIENCE } });
  const client = createClient({
    ...{ region: "cn-hangzhou", endpoint: url, pathStyle: true, bucket: BUCKET, timeout: 600_000 },
    credentials: { accessKeyId: "LTAI5tExampleExampleKeyId", accessKeySecret: "ExampleExampleExampleExample12" },
  });
  const body = await makers[from](size);
  if (body.size !== size) throw new Error(`The Blob has ${body.size} bytes`);
  // Garbage of what came before must not make room for what comes.
  for (let again = 0; again < 3; again++) await globalThis.gc({ type: "major", execution: "async" });
  await send({ results: [], ready: true, running: { file: "memory", name: "upload", timeout: PATIENCE } });
  const began = performance.now();
  const result = await upload(client, { key: "blob", body }, options);
  const speed = size / 1000 / (performance.now() - began);
  if (result.size !== size) throw new Error(`${result.size} bytes were sent`);
  await send({ results: [{ state: "measured", speed }], done: true });
}
