import { md5 } from "../../../src/checksum/md5.ts";
import { encodeBase64 } from "../../../src/codec/base64.ts";
import { createTestOSS } from "../../../src/testing/mod.ts";
import { assert, test } from "../../harness.ts";
import { type Reply, type Site, site } from "./site.ts";

async function remove(ask: Site, body: string, target = "/?delete", sum?: string): Promise<Reply> {
  const digest = encodeBase64(await md5(new TextEncoder().encode(body)));
  return ask("POST", target, { body, headers: { "content-md5": sum ?? digest } });
}

const named = (...keys: string[]): string => keys.map((key) => `<Object><Key>${key}</Key></Object>`).join("");

test("testing/delete_many: deletes what is there, reports every key, encoded when asked", async () => {
  const ask = site(createTestOSS({ buckets: ["photos"] }), "photos");
  for (const key of ["a%20b", "%26", "%0A", "keep"]) await ask("PUT", `/${key}`, { body: "x" });
  const body = `<?xml version="1.0"?>\n<Delete xmlns="http://x"><Quiet>false</Quiet>${named("a b", "none", "&#38;", "&#x0a;")}</Delete>`;
  const reply = await remove(ask, body, "/?delete&encoding-type=url");
  assert.deepEqual([reply.status, reply.all("Key")], [200, ["a%20b", "none", "%26", "%0A"]]);
  assert.deepEqual((await ask("GET", "/")).all("Key"), ["keep"]);
  const quiet = await remove(ask, `<Delete><Quiet>true</Quiet>${named("keep")}</Delete>`);
  assert.deepEqual([quiet.status, quiet.text], [200, ""]);
  assert.deepEqual((await ask("GET", "/")).all("Key"), []);
});

test("testing/delete_many: what is refused deletes nothing", async () => {
  const ask = site(createTestOSS({ buckets: ["photos"] }), "photos");
  await ask("PUT", "/a", { body: "x" });
  const many = named(...Array.from({ length: 1001 }, () => "a"));
  const rows: [string, string | undefined, string][] = [
    [`<Delete>${named("a")}</Delete>`, "", "MissingArgument"],
    [`<Delete>${named("a")}</Delete>`, "1B2M2Y8AsgTpgAmY7PhCfg==", "InvalidDigest"],
    ["<Delete></Delete>", undefined, "MalformedXML"],
    [`<Delete>${named("a", "")}</Delete>`, undefined, "MalformedXML"],
    [`<Delete>${many}</Delete>`, undefined, "MalformedXML"],
    [`<Delete>${named("a".repeat(2_100_000))}</Delete>`, undefined, "MalformedXML"],
    [`<Remove>${named("a")}</Remove>`, undefined, "MalformedXML"],
    [`<Delete>${named("a")}`, undefined, "MalformedXML"],
  ];
  for (const [body, sum, code] of rows) assert.equal((await remove(ask, body, "/?delete", sum)).code, code);
  assert.deepEqual((await ask("GET", "/")).all("Key"), ["a"]);
});
