/**
 * How each runtime is found and started.
 */
import { existsSync } from "node:fs";
import { copyFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "./bundle.mjs";

const MINI_BROWSER_FOLDERS = ["x86_64-linux-gnu", "aarch64-linux-gnu"];
const ENTRY = path.join(import.meta.dirname, "entry_cli.mjs");

const firstFile = (candidates) => candidates.find((file) => existsSync(file));
const inModules = (...names) => firstFile(names.map((name) => path.join(ROOT, "node_modules", name)));

function onPath(name) {
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter((folder) => !folder.includes("node_modules"));
  return firstFile(folders.map((folder) => path.join(folder, name)));
}

/** The executable of each runtime; `undefined` where it is not installed. */
export const executables = {
  node: () => process.execPath,
  deno: () => inModules(".bin/deno"),
  // Its bin is wired by an install script; without that, the platform package has the binary.
  bun: () => inModules("bun/bin/bun.exe", "@oven/bun-linux-x64/bin/bun"),
  workerd: () => inModules(".bin/workerd"),
  chromium: () => onPath("chromium"),
  firefox: () => onPath("firefox-esr"),
  webkit: () => firstFile(MINI_BROWSER_FOLDERS.map((folder) => `/usr/lib/${folder}/webkit2gtk-4.1/MiniBrowser`)),
  xvfb: () => onPath("Xvfb"),
};

const CHROMIUM_FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
  "--host-resolver-rules=MAP insecure.test 127.0.0.1",
];

const FIREFOX_PREFERENCES = {
  "app.update.enabled": false,
  "browser.safebrowsing.malware.enabled": false,
  "browser.safebrowsing.phishing.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.aboutwelcome.enabled": false,
  // For a thumbnail it loads a page a second time, hidden, with a storage and locks of its own: what begins by itself begins twice.
  "browser.pagethumbnails.capturing_disabled": true,
  "datareporting.policy.dataSubmissionEnabled": false,
  "extensions.update.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "network.proxy.type": 0,
  "services.settings.server": "data:,",
  "toolkit.telemetry.enabled": false,
  "toolkit.telemetry.server": "data:,",
};

function workerdConfig(base) {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [ (name = "main", worker = .suite), (name = "internet", network = (allow = ["public", "private"])) ] );
const suite :Workerd.Worker = (
  modules = [
    (name = "entry.mjs", esModule = embed "entry_worker.mjs"),
    (name = "session.mjs", esModule = embed "session.mjs"),
    (name = "suite.mjs", esModule = embed "suite.mjs") ],
  bindings = [ (name = "BASE", text = "${base}") ],
  compatibilityDate = "2026-11-01" );
`;
}

/** Command line of a run: `base` is its address, `suite` the bundle, `folder` its own empty folder, `flags` are the runtime's. */
export const commands = {
  node: ({ base, suite, flags = [] }) => [executables.node(), [...flags, ENTRY, pathToFileURL(suite).href, base]],
  deno: ({ base, suite, flags = [] }) => [
    executables.deno(),
    ["run", "-A", "--no-lock", "--no-config", ...flags, ENTRY, pathToFileURL(suite).href, base],
  ],
  bun: ({ base, suite, flags = [] }) => [executables.bun(), [...flags, ENTRY, pathToFileURL(suite).href, base]],
  workerd: async ({ base, suite, folder }) => {
    for (const name of ["entry_worker.mjs", "session.mjs"]) {
      await copyFile(path.join(import.meta.dirname, name), path.join(folder, name));
    }
    await copyFile(suite, path.join(folder, "suite.mjs"));
    await writeFile(path.join(folder, "suite.capnp"), workerdConfig(base));
    return [executables.workerd(), ["test", path.join(folder, "suite.capnp")]];
  },
  chromium: ({ base, folder, flags = [] }) => [
    executables.chromium(),
    [...CHROMIUM_FLAGS, ...flags, `--user-data-dir=${path.join(folder, "profile")}`, `${base}/page.html`],
  ],
  firefox: async ({ base, folder }) => {
    const lines = Object.entries(FIREFOX_PREFERENCES).map(
      ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
    );
    await writeFile(path.join(folder, "user.js"), lines.join(""));
    return [executables.firefox(), ["--headless", "--no-remote", "--profile", folder, `${base}/page.html`]];
  },
  webkit: ({ base }) => [executables.webkit(), [`${base}/page.html`]],
};

/** A folder of its own for everything a browser would leave behind. */
export function environmentOf(folder) {
  return {
    HOME: folder,
    TMPDIR: folder,
    XDG_DATA_HOME: folder,
    XDG_CACHE_HOME: folder,
    XDG_CONFIG_HOME: folder,
    NO_COLOR: "1",
    DENO_NO_UPDATE_CHECK: "1",
    DENO_DIR: path.join(folder, "deno"),
  };
}
