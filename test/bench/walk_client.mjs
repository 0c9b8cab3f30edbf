/**
 * Walks a bucket in a process of its own and tells how much memory that takes:
 * `node --expose-gc --max-old-space-size=64 test/bench/walk_client.mjs COUNT ADDRESS` prints JSON.
 */
import { createClient, deletePrefix, each, folderSize, listObjectsV2 } from "../../dist/mod.js";

const [count, address] = [Number(process.argv[2]), JSON.parse(process.argv[3])];
const client = createClient({ ...address, region: "cn-hangzhou", pathStyle: true });

/** Times that memory is looked at in a walk. */
const LOOKS = 20;

/** Mebibytes in use, garbage included. */
function inUse() {
  const { heapUsed, external } = process.memoryUsage();
  return Math.round(((heapUsed + external) / 2 ** 20) * 10) / 10;
}

/** Mebibytes in use at most, what is kept when the garbage is gone, and by how much that grows in the second half. */
async function measure(walk) {
  const kept = [];
  let used = 0;
  const start = performance.now();
  const seen = await walk((objects) => {
    if (objects < ((kept.length + 1) * count) / LOOKS) return;
    used = Math.max(used, inUse());
    globalThis.gc();
    kept.push(inUse());
  });
  if (seen !== count) throw new Error(`${seen} objects were seen of ${count}`);
  const half = kept.length >> 1;
  const growth = Math.max(...kept.slice(half)) - Math.max(...kept.slice(0, half));
  const seconds = Math.round((performance.now() - start) / 1000);
  return { kept: Math.max(...kept), growth: Math.round(growth * 10) / 10, used, seconds };
}

const walks = {
  async each(seen) {
    let objects = 0;
    for await (const _ of each(client, listObjectsV2, { maxKeys: 1000 })) seen(++objects);
    return objects;
  },
  async folderSize(seen) {
    const onProgress = ({ objects }) => seen(objects);
    return (await folderSize(client, { prefix: "" }, { delimiter: "/", onProgress })).objects;
  },
  async deletePrefix(seen) {
    const onProgress = ({ done }) => seen(done);
    return (await deletePrefix(client, { prefix: "folder-" }, { onProgress })).deleted;
  },
};
globalThis.gc();
const result = { idle: inUse() };
for (const [name, walk] of Object.entries(walks)) result[name] = await measure(walk);
console.log(JSON.stringify(result));
