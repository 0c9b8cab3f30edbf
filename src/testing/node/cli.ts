/**
 * Starts the program of `npm run oss`: the only module here that runs when it is loaded.
 * @module
 */
import process from "node:process";
import { main } from "./cli_run.ts";

process.exitCode = await main(process.argv.slice(2));
