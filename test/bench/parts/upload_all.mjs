/**
 * What many small files cost: walked, opened, checked, counted and uploaded, against a loop that does none of it.
 */
import { createClient, putObject, uploadAll } from "oss-fetch";
import { hash } from "oss-fetch/hash";
import { pattern } from "../frame/pattern.mjs";

const SIZE = 4096;

export const part = {
  title: "Many small files: uploadAll of 4 KiB Blobs against loops over unsigned raw fetch and over putObject",
  servers: ["canned"],
};

const HEADERS = {
  authorization: `OSS4-HMAC-SHA256 Credential=LTAI5tExampleExampleKeyId/20261122/cn-hangzhou/oss/aliyun_v4_request,Signature=${"0123456789abcdef".repeat(4)}`,
  "content-type": "application/octet-stream",
  "x-oss-content-sha256": "UNSIGNED-PAYLOAD",
  "x-oss-date": "20261122T081500Z",
};

/** Calls `put` for each file, so many at once. */
async function loop(files, atOnce, put) {
  let next = 0;
  const worker = async () => {
    while (next < files.length) await put(files[next++]);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

export function groups({ servers, amount, runtime }) {
  // A browser has six connections to a host, and uploadAll leaves one to the page.
  const concurrency = runtime === "chromium" ? 5 : 16;
  const bytes = pattern(SIZE);
  const files = Array.from({ length: amount(2000, 40) }, (_, number) => ({
    path: `${number % 10}/${number}`,
    file: new Blob([bytes]),
  }));
  const options = {
    region: "cn-hangzhou",
    endpoint: servers.canned,
    pathStyle: true,
    bucket: "bench",
    credentials: { accessKeyId: "LTAI5tExampleExampleKeyId", accessKeySecret: "ExampleExampleExampleExample12" },
  };
  const client = createClient({ ...options, hash });
  const all = (given) => () => uploadAll(createClient({ ...options, ...given }), { files }, { concurrency });
  return [
    {
      title: `${files.length} files, ${concurrency} at a time`,
      cases: {
        raw: () =>
          loop(files, concurrency, async ({ path, file }) => {
            const url = `${servers.canned}/bench/${path}`;
            const response = await fetch(url, { method: "PUT", headers: HEADERS, body: file });
            await response.text();
            if (!response.ok) throw new Error(`${response.status}`);
          }),
        putObject: () => loop(files, concurrency, ({ path, file }) => putObject(client, { key: path, body: file })),
        hash: all({ hash }),
        webcrypto: all({}),
        progress: () => uploadAll(client, { files }, { concurrency, onProgress() {} }),
      },
      rows: [
        { ours: "hash", peer: "raw" },
        { ours: "webcrypto", peer: "raw" },
        { ours: "hash", peer: "putObject" },
        { ours: "progress", peer: "hash" },
      ],
    },
  ];
}
