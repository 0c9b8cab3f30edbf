/**
 * What large transfers add to the memory of a process: the figures of `npm run bench:memory` and `bench:memory:page`.
 */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

export const part = {
  title: "Memory: what a transfer adds to what is resident, in Node with a heap of 64 MB, and to a page",
  runtimes: ["node", "chromium"],
};

/** The commands, and the megabytes that each sends: full, and in a short sample. */
const COMMANDS = { node: ["bench:memory", 2000, 200], chromium: ["bench:memory:page", 1000, 100] };

/** What a command prints, which fails where a bound does not hold. */
async function figuresOf(command, size, root) {
  const args = ["run", "--silent", command, "--", "--size", `${size}`, "--json"];
  const { stdout } = await promisify(execFile)("npm", args, { cwd: root }).catch((error) => {
    if (!error.stdout) throw error;
    return error;
  });
  return JSON.parse(stdout);
}

export async function measure({ root, runtimes, amount }) {
  const rows = [];
  for (const runtime of runtimes) {
    const [command, ...sizes] = COMMANDS[runtime];
    const size = amount(...sizes);
    for (const { job, growth, most } of await figuresOf(command, size, root))
      rows.push({ title: `${size} MB: ${job}`, runtime, value: growth, unit: "MiB", most });
  }
  return rows;
}
