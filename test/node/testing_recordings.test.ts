/**
 * What official clients really sent, answered in order by one strict service: everything is understood, and what is
 * refused is refused for a reason of state (the recordings were made against canned answers).
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createTestOSS, type HeaderLine, type TestOSS } from "../../src/testing/mod.ts";
import { nodeMd5 } from "../../src/testing/node/mod.ts";
import { assert, test } from "../harness.ts";

interface Recording {
  readonly sts: boolean;
  readonly requests: readonly {
    readonly op: string;
    readonly method: string;
    readonly target: string;
    readonly headers: HeaderLine[];
  }[];
}

interface Bodies {
  /** A text, base64 after `base64:`, or only a length. */
  readonly bodies: readonly (string | number)[];
  readonly files: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

const VECTORS = path.resolve(import.meta.dirname, "../vectors");
const NOW = Date.parse("2026-01-02T03:04:05Z");
const KEYS = { accessKeyId: "LTAItestAccessKeyId", accessKeySecret: "testAccessKeySecret0123456789" };

/** The upload id and the order of the recordings are those of a canned server: what is refused, and with which code. */
const REFUSED: readonly [RegExp, string][] = [
  // The tags of that client are not escaped: no document.
  [/^ali-oss.* bucket-tagging-put$/, "MalformedXML"],
  [/ (copy-cross-bucket|get-process|presign-process|presign-get(-special-key|-overrides|-slash-safe)?)$/, "NoSuchKey"],
  [/ get-version$/, "NoSuchVersion"],
  [/ multipart-(part|list-parts|complete|abort)/, "NoSuchUpload"],
  [/ presign-(upload-part|complete|abort|subresource)$/, "NoSuchUpload"],
  [/ restore/, "OperationNotSupported"],
];

function refusal(name: string, op: string): string | undefined {
  return REFUSED.find(([pattern]) => pattern.test(`${name} ${op}`))?.[1];
}

function read<T>(...names: string[]): T {
  return JSON.parse(readFileSync(path.join(VECTORS, ...names), "utf8"));
}

function bytesOf(body: string | number | undefined): Uint8Array<ArrayBuffer> | undefined {
  if (body === undefined || typeof body === "number") return body === undefined ? undefined : new Uint8Array(body);
  const [, base64] = /^base64:(.*)$/s.exec(body) ?? [];
  return new Uint8Array(base64 === undefined ? Buffer.from(body) : Buffer.from(base64, "base64"));
}

function service(sts: boolean): TestOSS {
  const oss = createTestOSS({
    accounts: [sts ? {} : KEYS],
    buckets: ["demo-bucket", "demo-bucket-2"],
    lenient: ["path-style"],
    md5: nodeMd5,
    now: () => NOW,
  });
  if (sts) oss.issueToken({ seconds: 3600, fixed: { ...KEYS, securityToken: "CAIStestSecurityToken" } });
  return oss;
}

const { bodies, files } = read<Bodies>("recorded-bodies.json");

for (const name of readdirSync(path.join(VECTORS, "recordings"))) {
  test(`testing/recordings: ${name} is understood`, async () => {
    const { sts, requests } = read<Recording>("recordings", name);
    const oss = service(sts);
    for (const [i, { op, method, target, headers }] of requests.entries()) {
      const body = bytesOf(bodies[files[name]?.[i] ?? -1]);
      const answer = await oss.serve({
        method,
        target,
        headers,
        body: body === undefined ? null : new Response(body).body,
      });
      await new Response(answer.body).arrayBuffer();
      const code = oss.requests[oss.requests.length - 1]?.code;
      // Of a whole upload only the beginning finds what it names.
      const expected = op === "multipart-managed" && target.includes("uploadId") ? "NoSuchUpload" : refusal(name, op);
      assert.equal(code, expected, `${op} ${method} ${target}`);
    }
  });
}
