/**
 * A screen for browsers that want one.
 */
import { startGroup } from "./processes.mjs";
import { executables } from "./runtimes.mjs";

/** Starts Xvfb; gives its process group and the value of DISPLAY. */
export async function startDisplay(env) {
  const group = startGroup(
    executables.xvfb(),
    ["-displayfd", "3", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"],
    {
      env,
      stdio: ["ignore", "ignore", "ignore", "pipe"],
    },
  );
  const number = await new Promise((resolve, reject) => {
    group.child.stdio[3].once("data", (data) => resolve(String(data).trim()));
    group.exited.then((code) => reject(new Error(`Xvfb ended: ${code}`)));
  });
  return { group, display: `:${number}` };
}
