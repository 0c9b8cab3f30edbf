/**
 * What a page loads: gzipped bytes of minified bundles.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as library from "oss-fetch";
import { leastOf } from "../../size/bundles.ts";

export const part = { title: "Sizes: minified, gzipped bytes of what a page loads at first", runtimes: ["node"] };

const gzipped = (code) => gzipSync(code, { level: 9 }).length;

/** A page with some of the library and, on request, what computes checksums, which is loaded with the first body. */
async function ours(root, names, withChecksum) {
  const lines = [`export { ${names.join(", ")} } from "./src/mod.ts";`];
  if (withChecksum) lines.push(`export * from "./src/checksum/crc64.ts";`);
  return (await leastOf(root, lines.join("\n"))).gzip;
}

async function bundleOf(root, contents) {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    bundle: true,
    format: "esm",
    logLevel: "silent",
    minify: true,
    platform: "browser",
    stdin: { contents, resolveDir: root },
    target: "es2022",
    write: false,
  });
  return gzipped(outputFiles[0].contents);
}

export async function measure({ root }) {
  const rows = [];
  const sdk = gzipped(readFileSync(path.join(root, "node_modules/ali-oss/dist/aliyun-oss-sdk.min.js")));
  const signer = await bundleOf(root, `export * from "aws4fetch";`);
  const add = (title, value, most) => {
    rows.push({ title, value, unit: "B", most });
    rows.push({ title: `ali-oss / ${title}`, value: sdk / value });
  };
  add("createClient, putObject", await ours(root, ["createClient", "putObject"], false), 7500);
  for (const [name, most] of [
    ["upload", 12_500],
    ["download", 10_000],
  ]) {
    if (name in library)
      add(`createClient, ${name}, with CRC-64`, await ours(root, ["createClient", name], true), most);
  }
  rows.push({ title: "peer: aws4fetch, which only signs and repeats", value: signer, unit: "B" });
  rows.push({ title: "peer: ali-oss, as it is shipped for browsers", value: sdk, unit: "B" });
  return rows;
}
