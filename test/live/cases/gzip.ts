/** Gzip, on the fly and stored: what arrives is what was put. */
import { crc64 } from "../../../src/checksum/crc64.ts";
import { type Fetch, getObject, getObjectMeta, headObject, putObject } from "../../../src/mod.ts";
import { assert, runtime } from "../../harness.ts";
import { bytesOf } from "../checks.ts";
import type { LiveCase, Site } from "../site.ts";

const plain = new TextEncoder().encode(JSON.stringify({ text: "x".repeat(1000), more: "\uFF5E".repeat(345) }));

async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const { body } = new Response(bytes);
  const zip: ReadableWritablePair<Uint8Array<ArrayBuffer>, BufferSource> = new CompressionStream("gzip");
  return new Uint8Array(await new Response(body?.pipeThrough(zip) ?? null).arrayBuffer());
}

async function onTheFly({ client, connect, prefix, target, saw }: Site): Promise<void> {
  const answers: Headers[] = [];
  // Leaves the coding to the runtime, as every browser does.
  const likeAPage =
    (next: Fetch): Fetch =>
    async (url, init) => {
      const headers = new Headers(init.headers);
      headers.delete("accept-encoding");
      const answer = await next(url, { ...init, headers });
      answers.push(answer.headers);
      return answer;
    };
  const page = connect({ use: [likeAPage] });
  const key = `${prefix}a.json`;
  const sum = crc64(plain);
  await putObject(client, { key, body: plain });
  for (const reader of [client, page]) {
    answers.length = 0;
    const head = await headObject(reader, { key });
    assert.equal(head.contentType, "application/json");
    assert.include([undefined, plain.length], head.contentLength);
    assert.deepEqual(await bytesOf(await getObject(reader, { key })), plain);
    const part = await getObject(reader, { key, range: [10, 1499] });
    assert.deepEqual(await bytesOf(part), plain.slice(10, 1500));
    assert.equal((await getObjectMeta(reader, { key })).contentLength, plain.length);
  }
  const zipped = answers.filter((headers) => headers.get("content-encoding") === "gzip");
  saw(`${zipped.length} of ${answers.length} answers came compressed`);
  // Not every runtime offers gzip by itself; these do.
  if (target === "in-process" || runtime === "node") assert.isAtLeast(zipped.length, 2, "HEAD and GET");
  for (const headers of zipped) {
    assert.isNull(headers.get("etag"));
    const told = headers.get("x-oss-hash-crc64ecma");
    saw(
      `compressed: CRC-64 ${told === null ? "left out" : told === String(sum) ? "of the plain bytes" : "of other bytes"}`,
    );
    if (target === "in-process") assert.equal(told, String(sum));
  }
}

async function stored({ client, prefix }: Site): Promise<void> {
  const zipped = await gzip(plain);
  for (const name of ["b.json", "b.html", "b.png"]) {
    const key = prefix + name;
    await putObject(client, { key, body: zipped, contentEncoding: "gzip" });
    assert.equal((await getObjectMeta(client, { key })).contentLength, zipped.length);
    const { contentEncoding, contentLength } = await headObject(client, { key });
    assert.deepEqual([contentEncoding, contentLength], ["gzip", zipped.length], name);
    // Every runtime decodes it.
    assert.deepEqual(await bytesOf(await getObject(client, { key })), plain, name);
  }
}

export const gzipCases: readonly LiveCase[] = [
  { name: "compressed on the fly", run: onTheFly },
  { name: "stored compressed", run: stored },
];
