/**
 * Makes the WebAssembly module of the CRC-64 from its text: `node test/structure/crc64_module.mjs --write` after a change.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { assemble } from "./wasm_text.mjs";

const FOLDER = path.resolve(import.meta.dirname, "../../src/checksum");

const embedded = (bytes) => `/**
 * The module of crc64.wat, made by \`node test/structure/crc64_module.mjs --write\`.
 * @module
 */

/** Its bytes (the file crc64.wasm) in base64. */
export const MODULE: string =
  "${Buffer.from(bytes).toString("base64")}";
`;

/** The generated files, by name, with what must be in them and what is. */
export function moduleFiles() {
  const bytes = assemble(readFileSync(path.join(FOLDER, "crc64.wat"), "utf8"));
  const made = { "crc64.wasm": Buffer.from(bytes), "crc64_module.ts": Buffer.from(embedded(bytes)) };
  return Object.entries(made).map(([name, content]) => ({ name, content, file: path.join(FOLDER, name) }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!process.argv.includes("--write"))
    throw new Error("Say --write to write src/checksum/crc64.wasm and crc64_module.ts");
  for (const { file, content } of moduleFiles()) writeFileSync(file, content);
}
