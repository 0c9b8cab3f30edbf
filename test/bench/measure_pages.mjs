/**
 * What a page costs in small and in large buckets: `node test/bench/measure_pages.mjs LARGE SMALL SEED` prints JSON.
 */
import { createClient, deletePrefix, listObjectsV2, pages } from "../../dist/mod.js";
import { BUCKET, FOLDERS, SIZE, seededOSS } from "./seeded_oss.mjs";

function median(times) {
  const sorted = [...times].sort((left, right) => left - right);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

async function open(count, seed) {
  const oss = seededOSS(count, seed);
  const client = createClient({ ...oss.clientOptions, bucket: BUCKET });
  await listObjectsV2(client, { maxKeys: 1 });
  return { oss, client };
}

/** Milliseconds of computing: unlike those of the clock, they leave out what else the machine does. */
function spent() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Milliseconds of each step of an iteration. */
async function stopwatch(steps) {
  const times = [];
  let last = spent();
  for await (const _ of steps) {
    times.push(spent() - last);
    last = spent();
  }
  return times;
}

/** Milliseconds of each full page of a walk over everything. */
async function walk(client, count, maxKeys) {
  let objects = 0;
  const counted = async function* () {
    for await (const page of pages(client, listObjectsV2, { maxKeys })) {
      objects += page.objects.length;
      yield;
    }
  };
  const times = await stopwatch(counted());
  if (objects !== count) throw new Error(`${objects} objects were listed of ${count}`);
  return times;
}

/** Milliseconds of a page of folders. */
async function fold(client) {
  const start = spent();
  const { commonPrefixes, isTruncated } = await listObjectsV2(client, { delimiter: "/", maxKeys: 1000 });
  if (commonPrefixes.length !== FOLDERS || isTruncated)
    throw new Error(`${commonPrefixes.length} prefixes were listed`);
  return spent() - start;
}

/** Milliseconds of each request that deletes, its share of the listing included. */
async function empty(client, count) {
  const times = [];
  let last = spent();
  const onDeleted = () => {
    times.push(spent() - last);
    last = spent();
  };
  const { deleted, size } = await deletePrefix(client, { prefix: "folder-" }, { concurrency: 1, onDeleted });
  if (deleted !== count || size !== count * SIZE) throw new Error(`${deleted} objects were deleted of ${count}`);
  return times;
}

/** Medians for one size; buckets that are too small for a median are measured several times. */
async function measure(count, seed, rounds) {
  const [list, delimiter, remove] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    const { client } = await open(count, seed + round);
    for (let again = 0; again < (round ? 1 : 3); again++) list.push(...(await walk(client, count, 1000)));
    for (let again = 0; again < 20; again++) delimiter.push(await fold(client));
    remove.push(...(await empty(client, count)));
    if ((await listObjectsV2(client, {})).objects.length > 0) throw new Error("Something is left");
  }
  return { objects: count, list: median(list), delimiter: median(delimiter), delete: median(remove) };
}

const [most, few, seed] = process.argv.slice(2).map(Number);
const rounds = Math.max(3, Math.ceil(10_000 / few));
await measure(few, seed, 1); // the compilers warm up
const before = await measure(few, seed, rounds);
const large = await measure(most, seed, 1);
const after = await measure(few, seed, rounds);
const small = { objects: few };
const ratios = {};
for (const name of ["list", "delimiter", "delete"]) {
  // The machine may have had something else to do.
  small[name] = Math.min(before[name], after[name]);
  ratios[name] = large[name] / small[name];
}
console.log(JSON.stringify({ small, large, ratios }));
