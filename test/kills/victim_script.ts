/**
 * What a victim has in Node, Deno and Bun.
 * @module
 */
import { readFile } from "node:fs/promises";
import { fileSink, fileSource } from "../../src/node/mod.ts";
import { fileSystemStore } from "../../src/stores/file_system.ts";
import { type Kit, type Orders, play, type Report } from "./victim.ts";

async function makeKit({ file, folder }: Orders): Promise<Kit> {
  return {
    checkpoints: fileSystemStore(`${folder}/checkpoints`),
    source: async () => fileSource(file),
    sink: async (name) => fileSink(`${folder}/${name}`),
    stored: async (name) => {
      const bytes = await readFile(`${folder}/${name}`).catch(() => undefined);
      return bytes && new Blob([bytes]);
    },
  };
}

export async function start(orders: Orders, send: Report): Promise<void> {
  await play(orders, send, await makeKit(orders));
}
