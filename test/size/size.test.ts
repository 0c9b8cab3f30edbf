/**
 * What a page loads first is small, and holds nothing that it does not use.
 */
import * as catalogue from "../../src/operations/mod.ts";
import { assert, environment, test } from "../harness.ts";
import { firstLoad, leastLoad, leastOf, unusedCode } from "./bundles.ts";

interface Budget {
  readonly title: string;
  readonly names: readonly string[];
  /** Bytes of gzip. */
  readonly limit: number;
  /** The same with what the splitting of esbuild moves in front of it. */
  readonly split: number;
  /** Operations whose rows may be inside. */
  readonly operations: readonly string[];
}

const UPLOAD = [
  "InitiateMultipartUpload",
  "UploadPart",
  "CompleteMultipartUpload",
  "AbortMultipartUpload",
  "ListParts",
];
const BUDGETS: readonly Budget[] = [
  { title: "put", names: ["createClient", "putObject"], limit: 6_500, split: 7_600, operations: ["PutObject"] },
  {
    title: "put, get, head, delete",
    names: ["createClient", "putObject", "getObject", "headObject", "deleteObject"],
    limit: 7_500,
    split: 8_600,
    operations: ["PutObject", "GetObject", "HeadObject", "DeleteObject"],
  },
  {
    title: "upload",
    names: ["createClient", "upload"],
    limit: 11_000,
    split: 11_900,
    operations: ["PutObject", "HeadObject", ...UPLOAD],
  },
  { title: "download", names: ["createClient", "download"], limit: 8_500, split: 9_600, operations: ["GetObject"] },
];

/** What is loaded on demand or not at all. */
const FOREIGN_INPUT =
  /node_modules|signing\/(noble|v1|hmac_v1)\.ts|xml_tree|operations\/bucket|src\/(testing|node|page|stores)\//;
const FOREIGN_NAME = /XMLParser|XMLBuilder|@noble|\b[A-Z][A-Za-z]+Configuration\b/;

/** All that `import("./checksum/crc64.ts")` loads: its every export is kept. */
const CHECKSUM = `export * from "./src/checksum/crc64.ts";`;

/** Comments, imports of packages, and arithmetic on numbers, which esbuild could drop but does not. */
const NOTHING = /^(\/\/|import |var [\w\s*<+,=-]+;$)/;

for (const { title, names, limit, split, operations } of BUDGETS) {
  test(`first load of ${title}`, async (t) => {
    const { gzip, code, inputs, heaviest } = await firstLoad(environment.root, names);
    const least = await leastLoad(environment.root, names);
    t.note(
      `${least.gzip} of ${limit} bytes (${gzip} with what esbuild's splitting adds: files shared with parts on demand)`,
    );
    if (least.gzip > limit) t.note(`heaviest, minified: ${heaviest}`);
    assert.include(code, operations[0] ?? "");
    assert.deepEqual(
      inputs.filter((input) => FOREIGN_INPUT.test(input)),
      [],
    );
    assert.isNull(FOREIGN_NAME.exec(code));
    const foreign = Object.values(catalogue).flatMap((value) => {
      const name = typeof value === "function" && "operationName" in value ? String(value.operationName) : "";
      return name !== "" && !operations.includes(name) && new RegExp(`\\bname:["'\`]${name}["'\`]`).test(least.code)
        ? [name]
        : [];
    });
    assert.deepEqual(foreign, [], "rows of other operations");
    // All code that runs before anything is loaded on demand. esbuild moves code of the parts on demand in front of it
    // when both stand in one file of the library; Rollup and webpack do not.
    assert.isAtMost(least.gzip, limit);
    // What it adds grows when a chunk on demand imports what `mod.ts` exports; see ARCHITECTURE.md.
    assert.isAtMost(gzip, split);
  });
}

/** What a transfer loads until it has summed its first bytes: its first load, and the checksum, a chunk of its own. */
const WITH_CHECKSUM: readonly Pick<Budget, "names" | "limit">[] = [
  { names: ["createClient", "upload"], limit: 12_500 },
  { names: ["createClient", "download"], limit: 10_000 },
  { names: ["createClient", "downloadTo"], limit: 10_000 },
];

for (const { names, limit } of WITH_CHECKSUM) {
  test(`${names.join(" and ")} with the CRC-64`, async (t) => {
    const { root } = environment;
    const [least, checksum] = [await leastLoad(root, names), await leastOf(root, CHECKSUM)];
    const gzip = least.gzip + checksum.gzip;
    t.note(`${gzip} of ${limit} bytes: ${least.gzip} and ${checksum.gzip}`);
    assert.isFalse(
      least.inputs.some((input) => input.includes("src/checksum/")),
      "the checksum is loaded on demand",
    );
    assert.isAtMost(gzip, limit);
  });
}

test("the CRC-64 with its kernels is small", async () => {
  const { gzip, inputs } = await leastOf(environment.root, CHECKSUM);
  assert.isAtMost(gzip, 1600);
  assert.includeMembers([...inputs], ["src/checksum/crc64_module.ts", "src/checksum/crc64_slicing.ts"]);
});

test("checkpoints in IndexedDB, with lock and channel, are small", async (t) => {
  const { gzip } = await leastOf(environment.root, `export * from "./src/stores/indexed_db.ts";`);
  t.note(`${gzip} of 1,300 bytes`);
  assert.isAtMost(gzip, 1300);
});

/**
 * What an upload loads that goes on from its record in IndexedDB, and whose parts are there: its first load, the
 * checksum, the store, and the chunk that begins it, with ListParts and what tells other tabs. Left out, as in the other
 * limits, is what only some need: what rescues a failure or stands in for an upload that is gone, lists what is open,
 * and reads the XML of answers, which every upload in parts loads on demand.
 */
const RESUMED = `
  export { createClient, upload } from "./src/mod.ts";
  export { indexedDBStore } from "./src/stores/indexed_db.ts";
  export { begin } from "./src/transfer/resume/begin.ts";
  ${CHECKSUM}`;

/** Parts of `resume/` that only some uploads need. */
const RARE = [
  "accept",
  "adopt",
  "broadcast_progress",
  "check_left",
  "followers",
  "give_up",
  "has_md5",
  "other_body",
  "put_back",
  "rare",
  "rare_fields",
  "recognise",
  "replace",
  "warnings",
];

const RESUMED_LIMIT = 16_000;

test("upload that resumes from IndexedDB", async (t) => {
  const { root } = environment;
  const least = await leastOf(root, RESUMED);
  const xml = await leastOf(root, `${RESUMED} export * from "./src/codec/xml_scan.ts";`);
  t.note(`${least.gzip} of ${RESUMED_LIMIT} bytes, ${xml.gzip} with what reads the XML of answers`);
  for (const rare of RARE) assert.notInclude(least.inputs, `src/transfer/resume/${rare}.ts`);
  assert.includeMembers([...least.inputs], ["src/transfer/upload/part_list.ts", "src/transfer/resume/take_up.ts"]);
  assert.isAtMost(least.gzip, RESUMED_LIMIT);
});

test("nothing of the library is left when nothing is used", async () => {
  const code = await unusedCode(environment.root);
  const left = code.split("\n").filter((line) => line.trim() !== "" && !NOTHING.test(line));
  assert.deepEqual(left, []);
});
