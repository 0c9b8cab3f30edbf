/**
 * The flags of a command; who asks for `--help`, or mistypes one, is told the usage.
 */
import { parseArgs } from "node:util";

/**
 * Reads the flags that the process was started with.
 * @param usage what to write behind "Usage:"
 * @param options as `parseArgs` takes them
 * @returns their values; with a flag that is none, the process ends
 */
export function readFlags(usage, options) {
  try {
    const { values } = parseArgs({ options: { ...options, help: { type: "boolean" } } });
    if (!values.help) return values;
    console.log(`Usage: ${usage}`);
    process.exit(0);
  } catch (error) {
    console.error(`${error.message}\nUsage: ${usage}`);
    process.exit(2);
  }
}
