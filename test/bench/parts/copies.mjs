/**
 * What many small copies cost, which the service makes: listed, asked for, counted, against loops that do the least.
 */
import { copyPrefix, createClient } from "oss-fetch";
import { hash } from "oss-fetch/hash";

const KEYS = { accessKeyId: "LTAI5tExampleExampleKeyId", accessKeySecret: "ExampleExampleExampleExample12" };
const FROM = "photos/";
const TO = "copies/";
/** The list that the server has: as many pages, with so many keys. */
const PAGES = 2;
const COUNT = PAGES * 1000;

export const part = {
  title: "Copies of many small objects: copyPrefix against loops over unsigned raw fetch and over ali-oss",
  servers: ["canned"],
};

/** Copies each key, so many at once. */
async function loop(keys, atOnce, copy) {
  let next = 0;
  const worker = async () => {
    while (next < keys.length) await copy(keys[next++]);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

async function rawLoop(url, atOnce) {
  for (let page = 0; page < PAGES; page++) {
    const token = page ? "&continuation-token=2" : "";
    const list = await fetch(`${url}/bench/?list-type=2&prefix=${FROM}&max-keys=1000&encoding-type=url${token}`);
    const keys = [...(await list.text()).matchAll(/<Key>([^<]*)/g)].map(([, key]) => key);
    await loop(keys, atOnce, async (key) => {
      const headers = { "x-oss-copy-source": `/bench/${key}` };
      const response = await fetch(`${url}/bench/${key.replace(FROM, TO)}`, { method: "PUT", headers });
      await response.text();
      if (!response.ok) throw new Error(`${response.status}`);
    });
  }
}

/** The same by ali-oss, which is in Node alone. */
async function aliOss(url, atOnce) {
  const { default: AliOSS } = await import("ali-oss");
  const place = { region: "oss-cn-hangzhou", endpoint: url, cname: true, secure: false, bucket: "bench" };
  const peer = new AliOSS({ ...place, ...KEYS });
  return async () => {
    for (let page = 0; page < PAGES; page++) {
      const token = page ? { "continuation-token": "2" } : {};
      const { objects } = await peer.listV2({ prefix: FROM, "max-keys": 1000, ...token });
      const keys = objects.map(({ name }) => name);
      await loop(keys, atOnce, (key) => peer.copy(key.replace(FROM, TO), key));
    }
  };
}

export async function groups({ servers, runtime }) {
  // A browser has six connections to a host, and copyPrefix leaves one to the page.
  const concurrency = runtime === "chromium" ? 5 : 16;
  const url = servers.canned;
  const options = { region: "cn-hangzhou", endpoint: url, pathStyle: true, bucket: "bench", credentials: KEYS };
  const input = { sourcePrefix: FROM, prefix: TO };
  const ours = (given) => {
    const client = createClient({ ...options, ...given });
    return async () => {
      const { copied } = await copyPrefix(client, input, { concurrency });
      if (copied !== COUNT) throw new Error(`${copied} objects were copied`);
    };
  };
  const cases = { raw: () => rawLoop(url, concurrency), default: ours({}), hash: ours({ hash }) };
  const rows = [
    { ours: "default", peer: "raw" },
    { ours: "hash", peer: "raw" },
  ];
  if (runtime === "node") {
    cases["ali-oss"] = await aliOss(url, concurrency);
    rows.push({ ours: "default", peer: "ali-oss" });
  }
  return [{ title: `${COUNT} objects, ${concurrency} at a time`, warmUp: 2, cases, rows }];
}
