/**
 * Runs the TypeScript compilers that applications use over the type programs.
 * @module
 */
import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";

/** A compile error: the file relative to the repository, and where. */
export interface Diagnostic {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** Folder in node_modules by version. */
export const COMPILERS = { "5.7": "typescript-5.7", "5.9": "typescript-5.9", "7": "typescript" } as const;

export type Target = "sources" | "declarations";

export interface Program {
  readonly root: string;
  readonly compiler: keyof typeof COMPILERS;
  /** What `oss-fetch` means: src/*.ts or dist/*.d.ts. */
  readonly target: Target;
  /** The library of globals beside Node's types. */
  readonly globals: "DOM" | "WebWorker" | "none";
  readonly files: readonly string[];
}

const SUBPATHS = {
  "oss-fetch": "mod",
  "oss-fetch/crc64": "checksum/mod",
  "oss-fetch/hash": "signing/sync_hash",
  "oss-fetch/node": "node/mod",
  "oss-fetch/page": "page/mod",
  "oss-fetch/stores/deno-kv": "stores/deno_kv",
  "oss-fetch/stores/file-system": "stores/file_system",
  "oss-fetch/stores/indexed-db": "stores/indexed_db",
  "oss-fetch/stores/key-value": "stores/key_value",
  "oss-fetch/stores/memory": "stores/memory",
  "oss-fetch/testing": "testing/mod",
  "oss-fetch/worker": "worker/mod",
  "oss-fetch/xhr": "transports/xhr",
} as const;

function configOf({ root, target, globals, files }: Program): object {
  const at = (module: string): string =>
    path.join(root, target === "sources" ? `src/${module}.ts` : `dist/${module}.d.ts`);
  return {
    compilerOptions: {
      target: "ES2022",
      lib: ["ES2023", ...(globals === "none" ? [] : [globals, `${globals}.Iterable`])],
      types: ["node"],
      typeRoots: [path.join(root, "node_modules/@types")],
      module: "preserve",
      moduleResolution: "bundler",
      paths: Object.fromEntries(Object.entries(SUBPATHS).map(([name, module]) => [name, [at(module)]])),
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noPropertyAccessFromIndexSignature: true,
      isolatedModules: true,
      isolatedDeclarations: true,
      declaration: true,
      verbatimModuleSyntax: true,
      allowImportingTsExtensions: true,
      noEmit: true,
      // Declarations are what npm delivers, so they are checked; the compiler's own need not be.
      skipDefaultLibCheck: true,
    },
    files: files.map((file) => path.join(root, file)),
  };
}

/** Runs a command to its end. */
export function execute(
  command: string,
  args: readonly string[],
  cwd: string,
): Promise<{ code: number | null; output: string }> {
  const child = spawn(command, args, {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NO_COLOR: "1" },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output }));
  });
}

function parse(output: string, cwd: string, root: string): Diagnostic[] {
  const rows = [...output.matchAll(/^(\S[^(\n]*)\((\d+),\d+\): error (TS\d+: .*)$/gm)];
  return rows.map(([, file = "", line, message = ""]) => ({
    file: path.relative(root, path.resolve(cwd, file)),
    line: Number(line),
    message,
  }));
}

/** The errors of a program; those inside other packages are not ours. */
export async function compile(program: Program): Promise<Diagnostic[]> {
  const { root, compiler } = program;
  const cache = path.join(root, ".cache");
  const folder = await mkdtemp(path.join(cache, "types-"));
  try {
    await writeFile(path.join(folder, "tsconfig.json"), JSON.stringify(configOf(program)));
    const tsc = path.join(root, "node_modules", COMPILERS[compiler], "bin/tsc");
    const { code, output } = await execute(process.execPath, [tsc, "-p", folder, "--pretty", "false"], folder);
    const found = parse(output, folder, root);
    if ((code === 0) !== (found.length === 0)) throw new Error(`tsc ended with ${code}:\n${output}`);
    return found.filter(({ file }) => !file.includes("node_modules/"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Programs of a folder below test/types. */
export async function programs(root: string, folder: string): Promise<string[]> {
  const names = await readdir(path.join(root, "test/types", folder));
  return names
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `test/types/${folder}/${name}`)
    .sort();
}

/** A promised error: from its comment to the next blank line. */
export interface Promised {
  readonly file: string;
  readonly first: number;
  readonly last: number;
  readonly why: string;
}

/** Reads the `// Error: ...` comments of a failing program. */
export async function promisedErrors(root: string, file: string): Promise<Promised[]> {
  const lines = (await readFile(path.join(root, file), "utf8")).split("\n");
  return lines.flatMap((text, index) => {
    const [, why] = /^\s*\/\/ Error: (.*)$/.exec(text) ?? [];
    if (why === undefined) return [];
    const end = lines.findIndex((line, at) => at > index && line.trim() === "");
    return [{ file, first: index + 1, last: end === -1 ? lines.length : end, why }];
  });
}
