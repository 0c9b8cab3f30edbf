/**
 * Bundles the victim for a runtime, and the stage for this process.
 */
import path from "node:path";
import * as esbuild from "esbuild";
import { ROOT } from "../runners/bundle.mjs";

const SCRIPTS = ["node", "deno", "bun"];
const COMMON = { absWorkingDir: ROOT, bundle: true, format: "esm", target: "es2022", logLevel: "silent" };

/** Gives the files: `suite` is the victim, `stage` the service. */
export async function bundleKills(runtime, folder) {
  const script = SCRIPTS.includes(runtime);
  const [suite, stage] = ["suite.mjs", "stage.mjs"].map((name) => path.join(folder, name));
  await esbuild.build({
    ...COMMON,
    ...(script ? { platform: "node" } : { platform: "neutral", mainFields: ["module", "main"] }),
    entryPoints: [path.join(import.meta.dirname, script ? "victim_script.ts" : "victim_page.ts")],
    outfile: suite,
  });
  await esbuild.build({
    ...{ ...COMMON, platform: "node" },
    entryPoints: [path.join(import.meta.dirname, "stage.ts")],
    outfile: stage,
  });
  return { suite, stage };
}
