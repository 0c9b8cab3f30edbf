/**
 * Servers of the benchmarks, each in a process of its own: what they compute is not what is measured.
 */
import { startGroup } from "../../runners/processes.mjs";
import { bundleServer } from "./bundle.mjs";

const LIMIT = 30_000;

/**
 * Starts `test/bench/servers/NAME.mjs`, which prints its address as its first line.
 * @returns its address, and how to end it
 */
export async function startServer(file, folder) {
  const group = startGroup(process.execPath, [await bundleServer(file, folder)]);
  const url = await new Promise((resolve, reject) => {
    let output = "";
    group.child.stdout.on("data", (text) => {
      output += text;
      if (output.includes("\n")) resolve(output.slice(0, output.indexOf("\n")));
    });
    group.exited.then((code) => reject(new Error(`${file} ended (${code}): ${group.output()}`)));
    setTimeout(() => reject(new Error(`${file} printed no address`)), LIMIT).unref();
  });
  return { url, stop: group.stop };
}
