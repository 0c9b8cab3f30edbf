/**
 * What is done is let go of: memory does not grow with what was sent. A process of its own collects its garbage.
 */
import path from "node:path";
import { assert, environment, test } from "../harness.ts";
import { execute } from "../types/compilers.ts";

const { root } = environment;

/** Prints the megabytes of buffers that are left after each step. */
async function measure(steps: string): Promise<number[]> {
  const code = `
import { createClient, putObject, upload } from ${JSON.stringify(path.join(root, "dist/mod.js"))};
const client = createClient({
  region: "cn-hangzhou", bucket: "photos", credentials: { accessKeyId: "id", accessKeySecret: "secret" }, integrity: "none",
  async fetch(url, { method, body }) {
    if (body) await new Response(body).arrayBuffer();
    const root = url.includes("uploads") ? "InitiateMultipartUploadResult" : "CompleteMultipartUploadResult";
    const xml = method === "POST" ? \`<\${root}><UploadId>1</UploadId><ETag>e</ETag></\${root}>\` : "";
    return new Response(xml, { headers: { etag: '"e"', "x-oss-hash-crc64ecma": "0" } });
  },
});
const left = () => { gc(); gc(); return Math.round(process.memoryUsage().arrayBuffers / 2 ** 20); };
const signal = new AbortController().signal;
${steps}`;
  const { code: exit, output } = await execute(
    process.execPath,
    ["--expose-gc", "--input-type=module", "-e", code],
    root,
  );
  assert.equal(exit, 0, output);
  return JSON.parse(output.trim().split("\n").at(-1) ?? "");
}

test("a thousand puts leave nothing behind, though one signal outlives them all", { timeout: 120_000 }, async () => {
  const [before = 0, after = 0] = await measure(`
const before = left();
for (let at = 0; at < 1000; at++) await putObject(client, { key: "k", body: new Uint8Array(200_000) }, { signal });
console.log(JSON.stringify([before, left()]));`);
  assert.isAtMost(after - before, 8, "of 190 MiB that were sent");
});

test("an upload holds no more than its parts in flight", { timeout: 120_000 }, async () => {
  const held = await measure(`
const held = [];
let sent = 0;
const body = new ReadableStream({ pull(controller) {
  if (++sent % 32 === 0) held.push(left());
  if (sent > 400) controller.close(); else controller.enqueue(new Uint8Array(2 ** 20));
} }, { highWaterMark: 0 });
await upload(client, { key: "k", body }, { signal, partSize: 4 * 2 ** 20, concurrency: 3 });
console.log(JSON.stringify(held));`);
  assert.isAtLeast(held.length, 10);
  // Four parts of 4 MiB, what fetch holds of each, and the chunk that is being read.
  assert.isAtMost(Math.max(...held), 40, `MiB held: ${held}`);
});
