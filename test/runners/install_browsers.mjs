/**
 * Makes sure that the browsers of the tests are there: Chromium, Firefox, WebKitGTK's MiniBrowser and Xvfb.
 * They come from Debian's packages, and only root can install them.
 */
import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { executables } from "./runtimes.mjs";

const NEEDED = ["chromium", "firefox", "webkit", "xvfb"];
const PACKAGES = [
  "chromium",
  "firefox-esr",
  "webkit2gtk-driver",
  "libwebkit2gtk-4.1-0",
  "xvfb",
  "libgl1-mesa-dri",
  "fonts-dejavu-core",
];
const APT = ["-o", "DPkg::Lock::Timeout=500", "-o", "Acquire::Retries=3"];
const LIMIT = 15 * 60_000;

const missing = () => NEEDED.filter((name) => executables[name]() === undefined);

function apt(...args) {
  const { status, error, stdout, stderr } = spawnSync("apt-get", [...APT, ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
    timeout: LIMIT,
  });
  if (status === 0) return true;
  console.error(`apt-get ${args.join(" ")} failed: ${error ?? `${stdout}\n${stderr}`.trim().slice(-2000)}`);
  return false;
}

/**
 * Installs what is missing, where that is possible.
 * @returns the names that are still missing
 */
export function installBrowsers() {
  const before = missing();
  if (before.length === 0) return [];
  const command = `apt-get update && apt-get install -y --no-install-recommends ${PACKAGES.join(" ")}`;
  if (process.getuid?.() === 0) {
    console.log(`Installing ${before.join(", ")}: ${command}`);
    if (apt("update")) apt("install", "-y", "--no-install-recommends", ...PACKAGES);
  }
  const after = missing();
  if (after.length > 0) console.error(`MISSING BROWSERS: ${after.join(", ")}. As root: ${command}`);
  return after;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  process.exitCode = installBrowsers().length > 0 ? 1 : 0;
}
