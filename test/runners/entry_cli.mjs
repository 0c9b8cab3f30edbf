/** Runs a suite in Node, Deno or Bun: entry_cli.mjs SUITE_URL BASE. */
import { runSuite } from "./session.mjs";

const args = globalThis.Deno?.args ?? globalThis.process.argv.slice(2);
const { start } = await import(args[0]);
await runSuite(args[1], start);
