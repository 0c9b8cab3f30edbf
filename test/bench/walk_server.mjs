/** Serves a seeded bucket over a socket: `node test/bench/walk_server.mjs COUNT SEED` prints its address and keys. */
import { listen } from "../../dist/testing/node/mod.js";
import { BUCKET, seededOSS } from "./seeded_oss.mjs";

const [count, seed] = process.argv.slice(2).map(Number);
const oss = seededOSS(count, seed);
const { url } = await listen(oss);
// Whoever started it ends it, by closing its input.
process.stdin.resume().once("end", () => process.exit());
console.log(JSON.stringify({ endpoint: url, bucket: BUCKET, credentials: oss.credentials }));
