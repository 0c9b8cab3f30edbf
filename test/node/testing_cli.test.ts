import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import * as esbuild from "esbuild";
import { hash } from "../../src/signing/noble.ts";
import { signV4 } from "../../src/signing/v4.ts";
import { readOptions } from "../../src/testing/node/cli_options.ts";
import { assert, test } from "../harness.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");

/** Runs a test with the program in one file. */
async function withProgram(run: (start: (...args: string[]) => Program) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "oss-fetch-"));
  const outfile = path.join(folder, "cli.mjs");
  const programs: Program[] = [];
  try {
    const entryPoints = [path.join(ROOT, "src/testing/node/cli.ts")];
    await esbuild.build({ entryPoints, outfile, bundle: true, platform: "node", format: "esm", target: "es2022" });
    await run((...args) => {
      const program = new Program(spawn(process.execPath, [outfile, ...args]));
      programs.push(program);
      return program;
    });
  } finally {
    for (const program of programs) program.child.kill("SIGKILL");
    await rm(folder, { recursive: true });
  }
}

class Program {
  readonly child: ChildProcess;
  output = "";

  constructor(child: ChildProcess) {
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (this.output += String(chunk)));
  }

  /** The address it prints. */
  async url(): Promise<string> {
    for (;;) {
      const [url] = /http:\/\/\S+/.exec(this.output) ?? [];
      if (url !== undefined) return url;
      if (this.child.exitCode !== null) throw new Error(this.output);
      await once(this.child.stdout ?? this.child, "data");
    }
  }

  async exit(): Promise<number | null> {
    if (this.child.exitCode === null) await once(this.child, "close");
    return this.child.exitCode;
  }
}

async function get(url: string, target: string, credentials: object, time = new Date()): Promise<Response> {
  const [, bucket, key] = target.split("/");
  const context = {
    credentials: credentials as { accessKeyId: string; accessKeySecret: string },
    region: "us-west-1",
    time,
    hash,
  };
  const headers = await signV4({ method: "GET", bucket, key: key || undefined, query: [], headers: {} }, context);
  return fetch(url + target, { headers });
}

test("testing/cli: serves as told, prints its address, stops cleanly", { timeout: 60_000 }, async () => {
  await withProgram(async (start) => {
    const id = { accessKeyId: "my-id", accessKeySecret: "my-secret" };
    const keys = ["--access-key-id", "my-id", "--access-key-secret", "my-secret"];
    const places = [
      "--port",
      "0",
      "--bucket",
      "photos",
      "--bucket",
      "other",
      "--region",
      "us-west-1",
      "--clock",
      "2026-01-02T03:04:05Z",
    ];
    const time = new Date("2026-01-02T03:04:30Z");
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      const program = start(
        ...keys,
        ...places,
        "--account",
        "second:s:3",
        "--fault",
        "ListObjects 503",
        "--lenient",
        "max-keys",
      );
      const url = await program.url();
      assert.equal((await get(url, "/photos/", id, time)).status, 503);
      const list = await get(url, "/photos/", id, time);
      assert.equal(list.status, 200, await list.text());
      assert.equal((await get(url, "/other/", id, time)).status, 200);
      assert.equal((await get(url, "/other/", { accessKeyId: "second", accessKeySecret: "s:3" }, time)).status, 403);
      assert.equal((await get(url, "/photos/", id)).status, 403, "the clock is another");
      program.child.kill(signal);
      assert.equal(await program.exit(), 0);
      assert.equal(program.output, `OSS is listening on ${url}\n`);
    }
    const temporary = start(
      ...keys,
      "--port",
      "0",
      "--bucket",
      "photos",
      "--region",
      "us-west-1",
      "--security-token",
      "T",
    );
    const url = await temporary.url();
    assert.equal((await get(url, "/photos/", { ...id, securityToken: "T" })).status, 200);
    assert.equal((await get(url, "/photos/", id)).status, 403);
  });
});

test("testing/cli: says what is wrong: a taken port, an unknown option; and helps", { timeout: 60_000 }, async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const address = other.address();
  const port = typeof address === "object" ? String(address?.port) : "";
  await withProgram(async (start) => {
    const taken = start("--port", port);
    assert.deepEqual(
      [await taken.exit(), taken.output],
      [1, `Cannot listen on port ${port}: it is in use. Choose another one with --port.\n`],
    );
    const unknown = start("--lenient", "everything");
    assert.deepEqual(
      [await unknown.exit(), unknown.output.slice(0, 48)],
      [1, 'Cannot be lenient on "everything": choose from s'],
    );
    const help = start("--help");
    assert.equal(await help.exit(), 0);
    for (const option of ["--security-token", "--clock", "--dir", "--fault", "part-size"])
      assert.include(help.output, option);
  });
  other.close();
});

test("testing/cli: the command line is read strictly", () => {
  assert.deepInclude(readOptions([]), {
    port: 9000,
    host: "127.0.0.1",
    v1: true,
    region: "cn-hangzhou",
    folder: undefined,
  });
  assert.deepInclude(readOptions(["--no-v1", "--dir", "x", "--security-token", "T"]), {
    v1: false,
    folder: "x",
    securityToken: "T",
  });
  assert.isUndefined(readOptions(["-h"]));
  for (const args of [
    ["--port", "x"],
    ["--port", "70000"],
    ["--account", "id"],
    ["--clock", "noon"],
    ["--fault", "x"],
    ["--what"],
    ["extra"],
  ]) {
    assert.throws(() => readOptions(args), TypeError, undefined, args.join(" "));
  }
});
