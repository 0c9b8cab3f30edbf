/**
 * The command line of `npm run oss`, read into options.
 * @module
 */
import { parseArgs } from "node:util";
import type { Fault } from "../faults.ts";
import { LENIENCE_NOTES, LENIENCES, type Lenience } from "../leniences.ts";
import { parseFaults } from "../parse_faults.ts";

/** What the command line asks for. */
export interface CliOptions {
  readonly port: number;
  readonly host: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** With it the keys are temporary. */
  readonly securityToken: string | undefined;
  /** Further accounts. */
  readonly accounts: readonly { readonly accessKeyId: string; readonly accessKeySecret: string }[];
  readonly buckets: readonly string[];
  readonly lenient: readonly Lenience[];
  readonly v1: boolean;
  readonly region: string;
  /** The server's clock at its start, in milliseconds; it goes on from there. */
  readonly clock: number | undefined;
  /** The folder to keep everything in; none = memory. */
  readonly folder: string | undefined;
  readonly faults: readonly Fault[];
}

/** The text of `--help`. */
export function usage(): string {
  const notes = LENIENCES.map((name) => `    ${name.padEnd(20)}${LENIENCE_NOTES[name]}`);
  return `An OSS for tests on this machine: strict, in memory, verifying every signature.

Usage: npm run oss -- [OPTION]...

  --port N                    port to listen on (default 9000; 0 = any free one)
  --host ADDRESS              address to listen on (default 127.0.0.1)
  --access-key-id ID          AccessKeyId (default test-id)
  --access-key-secret SECRET  its secret (default test-secret)
  --security-token T          makes these keys temporary: requests must carry this STS token
  --account ID:SECRET         a further account; may be repeated
  --bucket NAME               a bucket that exists from the start; may be repeated
  --region REGION             region of buckets and signatures (default cn-hangzhou)
  --no-v1                     refuse V1 signatures
  --clock ISO                 the server's clock at its start, such as 2026-01-02T03:04:05Z
  --dir FOLDER                keep everything in a folder instead of memory
  --fault SCRIPT              what goes wrong: "UploadPart 503 times=2; GetObject cut at=0.5"; may be repeated
  --lenient OPTION            a strict rule to switch off; may be repeated
  --help                      this text

Buckets are named by the first label of the host (http://photos.localhost:9000/key), or by the path on IP addresses
and localhost (http://127.0.0.1:9000/photos/key).

Leniencies:
${notes.join("\n")}
`;
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new TypeError(`Cannot listen on port ${JSON.stringify(text)}: give a number from 0 to 65535`);
}

function readAccount(text: string): { accessKeyId: string; accessKeySecret: string } {
  const [accessKeyId = "", ...secret] = text.split(":");
  if (accessKeyId === "" || secret.join(":") === "") throw new TypeError("Cannot read --account: give ID:SECRET");
  return { accessKeyId, accessKeySecret: secret.join(":") };
}

function readLenience(text: string): Lenience {
  const name = LENIENCES.find((known) => known === text);
  if (name !== undefined) return name;
  throw new TypeError(`Cannot be lenient on ${JSON.stringify(text)}: choose from ${LENIENCES.join(", ")}`);
}

function readClock(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new TypeError(`Cannot set the clock to ${JSON.stringify(text)}: give an ISO 8601 time`);
  return time;
}

/**
 * Reads a command line.
 * @param args without the program's name
 * @returns the options, or `undefined` when help is asked for
 * @throws TypeError that says what is wrong
 */
export function readOptions(args: readonly string[]): CliOptions | undefined {
  const text = { type: "string" } as const;
  const list = { type: "string", multiple: true } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { ...text, default: "9000" },
      host: { ...text, default: "127.0.0.1" },
      "access-key-id": { ...text, default: "test-id" },
      "access-key-secret": { ...text, default: "test-secret" },
      "security-token": text,
      account: list,
      bucket: list,
      lenient: list,
      "no-v1": { type: "boolean", default: false },
      region: { ...text, default: "cn-hangzhou" },
      clock: text,
      dir: text,
      fault: list,
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return undefined;
  return {
    port: readPort(values.port),
    host: values.host,
    accessKeyId: values["access-key-id"],
    accessKeySecret: values["access-key-secret"],
    securityToken: values["security-token"],
    accounts: (values.account ?? []).map(readAccount),
    buckets: values.bucket ?? [],
    lenient: (values.lenient ?? []).map(readLenience),
    v1: !values["no-v1"],
    region: values.region,
    clock: readClock(values.clock),
    folder: values.dir,
    faults: (values.fault ?? []).flatMap(parseFaults),
  };
}
