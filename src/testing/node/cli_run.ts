/**
 * The program behind `npm run oss`.
 * @module
 */
import process from "node:process";
import { createTestOSS, type TestOSS } from "../create_test_oss.ts";
import { type CliOptions, readOptions, usage } from "./cli_options.ts";
import { folderStore } from "./folder_store.ts";
import { type Listener, listen } from "./listen.ts";
import { nodeMd5 } from "./node_md5.ts";

/** A hundred years in seconds: given tokens do not expire while the program runs. */
const AGES = 100 * 365 * 86_400;

/** Sets an OSS up as the command line says. */
function createOSS(options: CliOptions): TestOSS {
  const { accessKeyId, accessKeySecret, securityToken, clock, folder } = options;
  const started = Date.now();
  // Temporary keys belong to an account whose own keys nobody has.
  const first =
    securityToken === undefined ? { accessKeyId, accessKeySecret } : { accessKeySecret: crypto.randomUUID() };
  const oss = createTestOSS({
    region: options.region,
    accounts: [first, ...options.accounts],
    buckets: options.buckets,
    lenient: options.lenient,
    v1: options.v1,
    md5: nodeMd5,
    now: clock === undefined ? undefined : () => clock + Date.now() - started,
    store: folder === undefined ? undefined : folderStore(folder),
  });
  if (securityToken !== undefined) {
    oss.issueToken({ seconds: AGES, fixed: { accessKeyId, accessKeySecret, securityToken } });
  }
  for (const fault of options.faults) oss.faults.add(fault);
  return oss;
}

/** Waits until the process is told to stop. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => resolve());
  });
}

async function start(options: CliOptions): Promise<Listener> {
  try {
    return await listen(createOSS(options), options);
  } catch (error) {
    const taken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
    if (!taken) throw error;
    throw new Error(`Cannot listen on port ${options.port}: it is in use. Choose another one with --port.`);
  }
}

/**
 * Runs the program until it is told to stop.
 * @param args the command line, without the program's name
 * @returns the exit code
 */
export async function main(args: readonly string[]): Promise<number> {
  try {
    const options = readOptions(args);
    if (options === undefined) {
      process.stdout.write(usage());
      return 0;
    }
    const stopped = stopSignal();
    const listener = await start(options);
    process.stdout.write(`OSS is listening on ${listener.url}\n`);
    await stopped;
    await listener.close();
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}
