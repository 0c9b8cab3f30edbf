/**
 * Requests that official clients made, as verified records: from each request target we must come to the same
 * canonical request, string to sign and signature.
 */
import { signTextV1 } from "../../../src/signing/hmac_v1.ts";
import { signPolicyV1 } from "../../../src/signing/policy.ts";
import { presignV1, signV1, stringToSignV1 } from "../../../src/signing/v1.ts";
import { presignV4, signV4 } from "../../../src/signing/v4.ts";
import { assert, test } from "../../harness.ts";
import records from "../../vectors/official-clients.json";
import { hashes, makeContext, notingHash, toHeaders } from "./support.ts";

type Item = (typeof records)[number];

const TIME = "2026-01-02T03:04:05Z";
const TOKEN = "CAIStestSecurityToken";

/** Decodes as a server does: `+` is a space, which old clients write even in the path. */
const decode = (text: string): string => decodeURIComponent(text.replaceAll("+", " "));

/** The request of a recorded target, in virtual-host or path style; `key=` equals the bare name. */
function inputOf(target: string, { method, bucket }: Item, headers: Record<string, string>) {
  const path = decode(target.split("?")[0] ?? "").slice(1);
  const key = path === bucket ? "" : path.startsWith(`${bucket}/`) ? path.slice(bucket.length + 1) : path;
  return { method, bucket, key, query: queryOf(target), headers };
}

function queryOf(target: string): [string, string | null][] {
  const text = target.split("?").slice(1).join("?");
  return text.split("&").flatMap((pair): [string, string | null][] => {
    const [name = "", ...value] = pair.split("=");
    return pair ? [[decode(name), decode(value.join("="))]] : [];
  });
}

function headersOf(lines: readonly string[]): Record<string, string> {
  const pairs = lines.map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1)];
  });
  return toHeaders(Object.fromEntries(pairs));
}

function contextFor(text: string) {
  const credentials = { accessKeyId: "LTAItestAccessKeyId", accessKeySecret: "testAccessKeySecret0123456789" };
  const securityToken = text.includes(TOKEN) ? TOKEN : undefined;
  return makeContext({ credentials: { ...credentials, securityToken }, time: new Date(TIME) });
}

function only(scheme: string, count: number): Item[] {
  const found = records.filter((record) => record.scheme === scheme);
  assert.lengthOf(found, count, `records of ${scheme}`);
  return found;
}

function readV4(record: Item) {
  const canonical = record.canonicalRequest ?? "";
  const lines = canonical.split("\n");
  const headers = headersOf(lines.slice(3, lines.indexOf("", 3)));
  const additionalHeaders = lines.at(-2)?.split(";").filter(Boolean);
  const inputs = record.targets.map((target) => inputOf(target, record, headers));
  return { canonical, inputs, context: { ...contextFor(canonical), additionalHeaders } };
}

test("records of every scheme are there; V2 signatures are no part of this library", () => {
  const schemes = new Set(records.map(({ scheme }) => scheme));
  assert.sameMembers(
    [...schemes],
    ["v1-header", "v1-query", "v1-post", "v4-header", "v4-query", "v2-header", "v2-query"],
  );
});

test("V4 headers of official clients", async () => {
  for (const record of only("v4-header", 213)) {
    const { canonical, inputs, context } = readV4(record);
    for (const input of inputs) {
      const notes = notingHash();
      const { authorization } = await signV4(input, { ...context, hash: notes.hash });
      assert.equal(notes.texts[0], canonical);
      assert.equal(notes.texts.at(-1), record.stringToSign);
      assert.match(String(authorization), new RegExp(`,Signature=${record.signature}$`));
    }
  }
});

test("V4 URLs of official clients", async () => {
  for (const record of only("v4-query", 11)) {
    const { canonical, inputs, context } = readV4(record);
    for (const input of inputs) {
      const notes = notingHash();
      const query = await presignV4(input, { ...context, hash: notes.hash }, 3600);
      assert.equal(notes.texts[0], canonical);
      assert.equal(notes.texts.at(-1), record.stringToSign);
      assert.deepEqual(query.at(-1), ["x-oss-signature", record.signature]);
      const sent = queryOf(`?${record.targets[0]?.split("?")[1]}`).map(([name]) => name);
      assert.sameMembers(
        query.map(([name]) => name),
        sent,
      );
    }
  }
});

function readV1(record: Item) {
  const [, md5 = "", type = "", date = "", ...lines] = record.stringToSign.split("\n");
  const headers = headersOf(lines.slice(0, -1));
  if (md5) headers["content-md5"] = md5;
  if (type) headers["content-type"] = type;
  return {
    date,
    inputs: record.targets.map((target) => inputOf(target, record, headers)),
    context: contextFor(record.stringToSign),
    ownDate: headers["x-oss-date"] === date,
  };
}

test("V1 headers of official clients", async () => {
  let whole = 0;
  for (const record of only("v1-header", 225)) {
    const { date, inputs, context, ownDate } = readV1(record);
    for (const input of inputs) {
      const text = stringToSignV1(input, date);
      assert.equal(text, record.stringToSign);
      assert.equal(await signTextV1(text, context), record.signature);
      if (!ownDate) continue;
      whole++;
      const { authorization } = await signV1(input, context);
      assert.equal(authorization, `OSS LTAItestAccessKeyId:${record.signature}`);
    }
  }
  assert.isAbove(whole, 20, "some clients send x-oss-date, as we do");
});

test("V1 URLs of official clients", async () => {
  for (const record of only("v1-query", 11)) {
    const { date, inputs, context } = readV1(record);
    for (const input of inputs) {
      const query = await presignV1(input, context, Number(date));
      assert.deepEqual(query.at(-1), ["Signature", record.signature]);
      assert.sameMembers(
        query.map(([name]) => name),
        input.query.map(([name]) => name),
      );
    }
  }
});

test("the V1 form policy of official clients", async () => {
  for (const record of only("v1-post", 1)) {
    const json = new TextDecoder().decode(Uint8Array.from(atob(record.stringToSign), (c) => c.charCodeAt(0)));
    const fields = await signPolicyV1(json, contextFor(""));
    assert.deepEqual(fields, {
      policy: record.stringToSign,
      OSSAccessKeyId: "LTAItestAccessKeyId",
      Signature: record.signature,
    });
  }
});

for (const [name, hash] of hashes) {
  test(`signatures of official clients with ${name}`, async () => {
    for (const record of only("v4-header", 213).filter((_, index) => index % 10 === 0)) {
      const { inputs, context } = readV4(record);
      for (const input of inputs) {
        const { authorization } = await signV4(input, { ...context, hash });
        assert.match(String(authorization), new RegExp(`,Signature=${record.signature}$`));
      }
    }
    for (const record of only("v1-query", 11)) {
      const { date, inputs, context } = readV1(record);
      for (const input of inputs) {
        const query = await presignV1(input, { ...context, hash }, Number(date));
        assert.deepEqual(query.at(-1), ["Signature", record.signature]);
      }
    }
  });
}
