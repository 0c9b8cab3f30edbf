/**
 * Which files make which suite.
 */
import { readdirSync } from "node:fs";
import path from "node:path";
import { ROOT } from "./bundle.mjs";

const PORTABLE = ["test/unit", "test/conformance", "test/faults"];
const NODE_ONLY = ["test/node", "test/size", "test/types"];

function testFiles(folder) {
  const found = [];
  for (const entry of safeList(folder)) {
    const file = `${folder}/${entry.name}`;
    if (entry.isDirectory()) found.push(...testFiles(file));
    else if (entry.name.endsWith(".test.ts")) found.push(file);
  }
  return found.sort();
}

function safeList(folder) {
  try {
    return readdirSync(path.join(ROOT, folder), { withFileTypes: true });
  } catch (error) {
    if (error.code === "ENOENT") return [];
    throw error;
  }
}

/** Runs in every runtime. */
export function portableFiles() {
  return PORTABLE.flatMap(testFiles);
}

/** Runs in Node alone. */
export function nodeOnlyFiles() {
  const top = safeList("test").filter((entry) => entry.isFile() && entry.name.endsWith(".test.ts"));
  return [...top.map((entry) => `test/${entry.name}`).sort(), ...NODE_ONLY.flatMap(testFiles)];
}

/** Does a file run in every runtime? */
export function isPortable(file) {
  return PORTABLE.some((folder) => file.startsWith(`${folder}/`));
}
