/**
 * What our own work adds to a small request.
 */
import { createClient, putObject } from "oss-fetch";
import { hash } from "oss-fetch/hash";
import { crc64 } from "../../../src/checksum/crc64.ts";
import { signV4 } from "../../../src/signing/v4.ts";
import { pattern } from "../frame/pattern.mjs";

const SIZE = 4096;
const AT_ONCE = 16;

export const part = {
  title: "Small objects: puts of 4 KiB, 16 at a time, against unsigned raw fetch with the same headers",
  servers: ["canned"],
};

const HEADERS = {
  authorization: `OSS4-HMAC-SHA256 Credential=LTAI5tExampleExampleKeyId/20261122/cn-hangzhou/oss/aliyun_v4_request,Signature=${"0123456789abcdef".repeat(4)}`,
  "content-type": "application/octet-stream",
  "x-oss-content-sha256": "UNSIGNED-PAYLOAD",
  "x-oss-date": "20261122T081500Z",
};

/** Calls `put` so many times, a few at once. */
async function many(count, put) {
  let next = 0;
  const worker = async () => {
    while (next < count) await put(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

export function groups({ servers, amount, runtime }) {
  const count = amount(2000, 40);
  const body = pattern(SIZE);
  const options = {
    region: "cn-hangzhou",
    endpoint: servers.canned,
    pathStyle: true,
    bucket: "bench",
    credentials: { accessKeyId: "LTAI5tExampleExampleKeyId", accessKeySecret: "ExampleExampleExampleExample12" },
  };
  const signedBy = (given) => {
    const client = createClient({ ...options, ...given });
    return () => many(count, (number) => putObject(client, { key: `${number % AT_ONCE}/object`, body }));
  };
  const raw = () =>
    many(count, async (number) => {
      const url = `${servers.canned}/bench/${number % AT_ONCE}/object`;
      const response = await fetch(url, { method: "PUT", headers: HEADERS, body });
      await response.text();
      if (!response.ok) throw new Error(`${response.status}`);
    });
  /** The least that a checked put can do: nothing is looked at, limited, sent again or told. */
  const floor = () =>
    many(count, async (number) => {
      const key = `${number % AT_ONCE}/object`;
      const headers = { "content-type": "application/octet-stream" };
      const { region, bucket, credentials } = options;
      const context = { credentials, region, time: new Date(), hash };
      Object.assign(headers, signV4({ method: "PUT", bucket, key, query: [], headers }, context));
      const pending = fetch(`${servers.canned}/${bucket}/${key}`, { method: "PUT", headers, body });
      const sum = `${crc64(body)}`;
      const response = await pending;
      await response.text();
      if (response.headers.get("x-oss-hash-crc64ecma") !== sum) throw new Error(`${response.status}`);
    });
  const cases = {
    raw,
    floor,
    hash: signedBy({ hash }),
    default: signedBy({}),
    unchecked: signedBy({ hash, integrity: "none" }),
  };
  if (runtime === "chromium") delete cases.unchecked;
  return [
    {
      title: `${count} puts`,
      // What runs once a request is compiled late.
      warmUp: 4,
      cases,
      rows: [
        { ours: "hash", peer: "raw", least: { node: 0.85, deno: 0.6, bun: 0.75 } },
        { ours: "default", peer: "raw", least: { node: 0.75, deno: 0.45, bun: 0.6 } },
        { title: "floor: signature and CRC-64 alone / raw", ours: "floor", peer: "raw" },
      ],
    },
  ];
}
