/**
 * The memory of a process that uploads far more than it may hold. For the full measure:
 * `node --max-old-space-size=64 test/node/memory/upload_client.mjs 2048 stream`
 */
import path from "node:path";
import { assert, environment, test } from "../harness.ts";
import { execute } from "../types/compilers.ts";

const { root } = environment;

for (const [title, ...args] of [
  ["a stream of unknown length", "stream"],
  ["a Blob", "blob"],
  ["a stream that is paused again and again", "stream", "4", "8", "5"],
] as const) {
  test(`memory: ${title} of 256 MiB costs no more than its parts in flight`, { timeout: 120_000 }, async (t) => {
    const script = path.join(root, "test/node/memory/upload_client.mjs");
    const { code, output } = await execute(process.execPath, ["--max-old-space-size=64", script, "256", ...args], root);
    assert.equal(code, 0, output);
    const { size, grown, allowed } = JSON.parse(output.trim().split("\n").at(-1) ?? "");
    t.note(`${grown} MiB of ${allowed} allowed`);
    assert.equal(size, 256 * 2 ** 20);
    assert.isAtMost(grown, allowed);
  });
}
