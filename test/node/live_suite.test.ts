/** The live suite from its command line to its last line, against the in-process OSS on a socket. */
import { spawn } from "node:child_process";
import path from "node:path";
import { createClient, listMultipartUploads, listObjectsV2 } from "../../src/mod.ts";
import { createTestOSS, type TestOSS, type TestOSSOptions } from "../../src/testing/mod.ts";
import { listen, nodeMd5 } from "../../src/testing/node/mod.ts";
import { assert, environment, test } from "../harness.ts";
import { CASES } from "../live/cases.ts";

const ACCOUNT = { accessKeyId: "LTAI5tLiveSuiteKeyId0000", accessKeySecret: "live-suite-secret-0123456789" };
const BUCKET = "live-bucket";

interface Run {
  readonly code: number | null;
  readonly output: string;
  readonly lines: readonly string[];
}

/** Runs the suite with these variables and no others of its kind. */
function live(variables: Readonly<Record<string, string>>, ...args: string[]): Promise<Run> {
  const runner = path.join(environment.root, "test/runners/run_live.mjs");
  const clean = Object.entries(process.env).filter(([name]) => !name.startsWith("OSS_"));
  const env = { ...Object.fromEntries(clean), ...variables };
  const child = spawn(process.execPath, [runner, ...args], { cwd: environment.root, env });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  return new Promise((resolve) => {
    child.once("close", (code) => resolve({ code, output, lines: output.trim().split("\n") }));
  });
}

function variablesFor(url: string): Record<string, string> {
  return {
    OSS_REGION: "cn-hangzhou",
    OSS_BUCKET: BUCKET,
    OSS_ACCESS_KEY_ID: ACCOUNT.accessKeyId,
    OSS_ACCESS_KEY_SECRET: ACCOUNT.accessKeySecret,
    OSS_ENDPOINT: url,
  };
}

async function serving(options: TestOSSOptions, run: (oss: TestOSS, url: string) => Promise<void>): Promise<void> {
  const oss = createTestOSS({ accounts: [ACCOUNT], buckets: [BUCKET], md5: nodeMd5, ...options });
  const server = await listen(oss);
  try {
    await run(oss, server.url);
  } finally {
    await server.close();
  }
}

function assertAllPassed({ code, lines, output }: Run): void {
  assert.equal(lines.at(-1), `${CASES.length} passed, 0 failed`, output);
  assert.equal(code, 0);
}

function assertSecretFree({ output }: Run, ...secrets: readonly string[]): void {
  for (const secret of [ACCOUNT.accessKeyId, ACCOUNT.accessKeySecret, ...secrets]) assert.notInclude(output, secret);
  assert.notMatch(output, /signature=(?!\*)/i);
}

test("every case passes over a socket with temporary keys, and nothing is left", { timeout: 120_000 }, async () => {
  await serving({ v1: false }, async (oss, url) => {
    const { accessKeyId, accessKeySecret, securityToken } = oss.issueToken({ seconds: 3600 });
    const run = await live({
      ...variablesFor(url),
      OSS_ACCESS_KEY_ID: accessKeyId,
      OSS_ACCESS_KEY_SECRET: accessKeySecret,
      OSS_SECURITY_TOKEN: securityToken,
    });
    assertAllPassed(run);
    assert.include(run.output, "the legacy signature, V1: V1 is closed for this account or bucket");
    assertSecretFree(run, accessKeyId, accessKeySecret, securityToken);
    const client = createClient({ ...oss.clientOptions, bucket: BUCKET });
    assert.deepEqual((await listObjectsV2(client, {})).objects, []);
    assert.deepEqual((await listMultipartUploads(client, {})).uploads, []);
    assert.isAbove(oss.requests.length, 500);
  });
});

test("permanent keys do, too, and it tells what it saw", { timeout: 60_000 }, async () => {
  await serving({}, async (_, url) => {
    const run = await live(variablesFor(url), "--filter", "legacy");
    assert.equal(run.lines.at(-1), "1 passed, 0 failed", run.output);
    assert.include(run.output, "the legacy signature, V1: V1 is open");
    assertSecretFree(run);
  });
});

test("what limited keys may not do is skipped with the reason", { timeout: 120_000 }, async () => {
  await serving({}, async (oss, url) => {
    const { accessKeyId, accessKeySecret, securityToken } = oss.issueToken({ seconds: 3600, bucket: BUCKET });
    const run = await live(
      {
        ...variablesFor(url),
        OSS_ACCESS_KEY_ID: accessKeyId,
        OSS_ACCESS_KEY_SECRET: accessKeySecret,
        OSS_SECURITY_TOKEN: securityToken,
      },
      "--filter",
      "Buckets",
    );
    assert.equal(run.lines.at(-1), "0 passed, 0 failed, 1 skipped", run.output);
    assert.match(run.output, /listBuckets names the bucket: the keys may not call ListBuckets/);
    assert.equal(run.code, 1, "nothing was tested, although it should have been");
  });
});

test("without the variables nothing is tested, which nobody can overlook", { timeout: 60_000 }, async () => {
  for (const variables of [{}, { OSS_REGION: "cn-hangzhou", OSS_BUCKET: " ", OSS_ACCESS_KEY_ID: "LTAI5tOnly" }]) {
    const { code, output, lines } = await live(variables);
    assert.equal(code, 0);
    assert.equal(lines.at(-1), `0 passed, 0 failed, ${CASES.length} skipped`);
    assert.include(output, "NOTHING WAS TESTED");
    const missing = /not set are (.*)/.exec(output)?.[1]?.split(", ") ?? [];
    const all = ["OSS_REGION", "OSS_BUCKET", "OSS_ACCESS_KEY_ID", "OSS_ACCESS_KEY_SECRET"];
    assert.deepEqual(missing, "OSS_REGION" in variables ? ["OSS_BUCKET", "OSS_ACCESS_KEY_SECRET"] : all);
  }
});

test("wrong keys fail once, without secrets", { timeout: 60_000 }, async () => {
  await serving({}, async (_, url) => {
    const secret = "another-secret-0123456789";
    const run = await live({ ...variablesFor(url), OSS_ACCESS_KEY_SECRET: secret });
    assert.equal(run.lines.at(-1), "0 passed, 1 failed", run.output);
    assert.equal(run.code, 1);
    assert.include(run.output, "SignatureDoesNotMatch");
    assertSecretFree(run, secret);
  });
});

test("variables that are mixed up show no secrets", { timeout: 60_000 }, async () => {
  const { accessKeySecret } = ACCOUNT;
  const variables = { ...variablesFor("http://127.0.0.1:1"), OSS_REGION: `${accessKeySecret}!` };
  const run = await live(variables);
  assert.equal(run.lines.at(-1), "0 passed, 1 failed", run.output);
  assert.include(run.output, 'region must look like "cn-hangzhou", got "***!"');
  assertSecretFree(run);
});

test("a service that is wrong is found out", { timeout: 60_000 }, async () => {
  await serving({ lenient: ["gzip"] }, async (_, url) => {
    const { code, output, lines } = await live(variablesFor(url), "--filter", "compressed");
    assert.equal(code, 1);
    assert.equal(lines.at(-1), "1 passed, 1 failed", output);
    assert.include(output, "FAILED [node] test/live/live.test.ts > compressed on the fly");
  });
});

test("OSS_CNAME must be understood, and needs the domain", { timeout: 60_000 }, async () => {
  const variables = variablesFor("http://img.example.com");
  const maybe = await live({ ...variables, OSS_CNAME: "maybe" });
  assert.deepEqual([maybe.code, maybe.output.trim()], [2, "OSS_CNAME must be true or false"]);
  const alone = await live({ ...variables, OSS_ENDPOINT: "", OSS_CNAME: "true" });
  assert.deepEqual([alone.code, alone.output.trim()], [2, "OSS_CNAME needs OSS_ENDPOINT, the bucket's own domain"]);
});
