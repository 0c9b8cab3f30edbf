/** Files of any size with bytes that a seed makes, and hashes of what came back. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";

const BLOCK = 1 << 20;

/** Writes a file whose every MiB is different, and returns the SHA-256 of it. */
export async function writeSeeded(file: string, size: number, seed: number): Promise<string> {
  const handle = await open(file, "w");
  const hash = createHash("sha256");
  const block = Buffer.alloc(BLOCK);
  let state = seed | 1;
  const words = new Uint32Array(block.buffer, block.byteOffset, BLOCK / 4);
  for (let index = 0; index < words.length; index++) {
    // xorshift32
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[index] = state;
  }
  try {
    for (let written = 0; written < size; written += BLOCK) {
      block.writeUInt32LE(written / BLOCK, 0);
      const piece = block.subarray(0, Math.min(BLOCK, size - written));
      hash.update(piece);
      await handle.write(piece);
    }
  } finally {
    await handle.close();
  }
  return hash.digest("hex");
}

export async function hashOfFile(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file, { highWaterMark: BLOCK })) hash.update(chunk);
  return hash.digest("hex");
}

export async function hashOfUrl(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok || response.body === null) throw new Error(`The link answers ${response.status}`);
  const hash = createHash("sha256");
  for await (const chunk of response.body) hash.update(chunk);
  return hash.digest("hex");
}
