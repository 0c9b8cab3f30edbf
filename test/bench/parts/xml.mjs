/**
 * Reading a page of 1,000 keys, as ListObjectsV2 answers it.
 */
import { XMLParser } from "fast-xml-parser";
import { createClient, listObjectsV2 } from "oss-fetch";
import { listPage } from "../servers/list_page.mjs";

export const part = { title: "XML: a page of 1,000 keys" };

const KEYS = 1000;

/** From the bytes of the answer to the result, request and all: only the network is missing. */
function ours(page) {
  const client = createClient({
    region: "cn-hangzhou",
    bucket: "bench",
    credentials: "anonymous",
    fetch: async () => new Response(page, { headers: { "content-type": "application/xml" } }),
  });
  return async () => {
    const { objects } = await listObjectsV2(client, {});
    if (objects.length !== KEYS) throw new Error(`${objects.length} keys were read`);
  };
}

/** From the bytes, too, which its client gives the parser; with its options, nothing around it. */
async function aliOss(bytes) {
  const { default: OSS } = await import("ali-oss");
  const { Buffer } = await import("node:buffer");
  const page = Buffer.from(bytes);
  return async () => {
    const { Contents } = await OSS.prototype.parseXML(page);
    if (Contents.length !== KEYS) throw new Error(`${Contents.length} keys were read`);
  };
}

function fastXmlParser(page) {
  const parser = new XMLParser();
  const decoder = new TextDecoder();
  return async () => {
    if (parser.parse(decoder.decode(page)).ListBucketResult.Contents.length !== KEYS)
      throw new Error("keys are missing");
  };
}

const each = (times, run) => async () => {
  for (let time = 0; time < times; time++) await run();
};

export async function groups({ runtime, amount }) {
  const page = new TextEncoder().encode(listPage(KEYS));
  const times = amount(5, 1);
  const cases = { ours: each(times, ours(page)), "fast-xml-parser": each(times, fastXmlParser(page)) };
  const rows = [{ ours: "ours", peer: "fast-xml-parser" }];
  if (runtime !== "chromium") {
    cases["ali-oss"] = each(times, await aliOss(page));
    rows.push({ ours: "ours", peer: "ali-oss", least: { node: 6, deno: 6 } });
  }
  return [{ title: "list", warmUp: 8, cases, rows }];
}
