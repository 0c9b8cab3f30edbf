import { hash } from "../../../src/signing/noble.ts";
import { signPolicyV4 } from "../../../src/signing/policy.ts";
import { createTestOSS } from "../../../src/testing/mod.ts";
import { assert, fc, test } from "../../harness.ts";
import { chunks, type Reply, type Site, site } from "./site.ts";

const BOUNDARY = "----WebKitFormBoundaryx7";
const TYPE = { "content-type": `multipart/form-data; boundary=${BOUNDARY}` };

function form(fields: Record<string, string>, file: string | undefined, after = ""): string {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const header = `Content-Disposition: form-data; name="file"; filename="my %22cat%22.png"\r\nContent-Type: image/png`;
  const last = file === undefined ? "" : `--${BOUNDARY}\r\n${header}\r\n\r\n${file}\r\n`;
  return `${parts.join("")}${last}${after}--${BOUNDARY}--\r\n`;
}

function post(ask: Site, body: string | ReadableStream<Uint8Array>): Promise<Reply> {
  return ask("POST", "/", { as: "anonymous", headers: TYPE, body });
}

test("testing/post_object: the file, its type and metadata are stored; 204, 200 or 201 as asked", async () => {
  const ask = site(createTestOSS({ buckets: [{ name: "photos", acl: "public-read-write" }] }), "photos");
  const plain = await post(ask, form({ key: `up/$\{filename}`, "x-oss-meta-a": "1" }, "PNG\r\n--data"));
  assert.deepEqual([plain.status, plain.text], [204, ""]);
  const get = await ask("GET", "/up%2Fmy%20%22cat%22.png");
  assert.deepEqual(
    [get.text, get.headers["content-type"], get.headers["x-oss-meta-a"]],
    ["PNG\r\n--data", "image/png", "1"],
  );
  assert.equal(plain.headers["etag"], get.headers["etag"]);
  const ok = await post(ask, form({ key: "a", success_action_status: "200", "x-oss-content-type": "text/x-a" }, "x"));
  assert.deepEqual([ok.status, (await ask("GET", "/a")).headers["content-type"]], [200, "text/x-a"]);
  const created = await post(ask, form({ key: "b ü", success_action_status: "201" }, "x"));
  assert.deepEqual([created.status, created.all("Bucket"), created.all("Key")], [201, ["photos"], ["b ü"]]);
  assert.deepEqual(created.all("Location"), ["http://photos.oss-cn-hangzhou.aliyuncs.com/b%20%C3%BC"]);
  const redirect = await post(ask, form({ key: "c", success_action_redirect: "https://app.test/done?x=1" }, "x"));
  assert.deepEqual(
    [redirect.status, redirect.headers["location"]?.slice(0, 45)],
    [303, "https://app.test/done?x=1&bucket=photos&key=c"],
  );
});

test("testing/post_object: forms that are none store nothing", async () => {
  const ask = site(createTestOSS({ buckets: [{ name: "photos", acl: "public-read-write" }] }), "photos");
  const rows: [string, string][] = [
    [form({ key: "a" }, undefined), "IncorrectNumberOfFilesInPOSTRequest"],
    [form({}, "x"), "InvalidArgument"],
    [form({ key: "/a" }, "x"), "InvalidObjectName"],
    [form({ key: "a" }, "x").slice(0, -40), "MalformedPOSTRequest"],
    ["no form at all", "MalformedPOSTRequest"],
  ];
  for (const [body, code] of rows) assert.equal((await post(ask, body)).code, code);
  const untyped = await ask("POST", "/", { as: "anonymous", body: form({ key: "a" }, "x") });
  assert.equal(untyped.code, "MalformedPOSTRequest");
  assert.deepEqual((await ask("GET", "/")).all("Key"), []);
});

test("testing/post_object: any bytes in any chunks, whatever looks like a boundary, and what follows the file", async () => {
  const ask = site(createTestOSS({ buckets: [{ name: "photos", acl: "public-read-write" }] }), "photos");
  const piece = fc.constantFrom("\r", "\n", "\r\n", "-", "--", BOUNDARY.slice(0, 9), "\r\n--", "x", "\0");
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { maxLength: 30 }),
      fc.array(fc.nat(400), { maxLength: 6 }),
      async (pieces, cuts) => {
        const file = pieces.join("");
        const body = form(
          { key: "k" },
          file,
          `--${BOUNDARY}\r\nContent-Disposition: form-data; name="late"\r\n\r\nx\r\n`,
        );
        const at = [0, ...cuts.map((cut) => cut % body.length).sort((a, b) => a - b), body.length];
        const parts = at.slice(1).map((end, i) => body.slice(at[i], end));
        assert.equal((await post(ask, chunks(...parts))).status, 204);
        assert.equal((await ask("GET", "/k")).text, file);
      },
    ),
    { numRuns: 60 },
  );
});

test("testing/post_object: a signed policy opens a private bucket within its conditions", async () => {
  const oss = createTestOSS({ buckets: ["photos"] });
  const ask = site(oss, "photos");
  const context = { credentials: oss.credentials, region: "cn-hangzhou", time: new Date(), hash };
  const expiration = new Date(Date.now() + 60_000).toISOString();
  const scope = `${context.time.toISOString().slice(0, 10).replaceAll("-", "")}/cn-hangzhou/oss/aliyun_v4_request`;
  const conditions = [
    { bucket: "photos" },
    ["starts-with", "$key", "u/42/"],
    ["content-length-range", 1, 4],
    { "x-oss-signature-version": "OSS4-HMAC-SHA256" },
    { "x-oss-credential": `${oss.credentials.accessKeyId}/${scope}` },
    { "x-oss-date": context.time.toISOString().replace(/[-:]|\.\d+/g, "") },
  ];
  const fields = await signPolicyV4(JSON.stringify({ expiration, conditions }), context);
  assert.equal((await post(ask, form({ key: "u/42/a", ...fields }, "1234"))).status, 204);
  assert.equal((await post(ask, form({ key: "u/43/a", ...fields }, "1234"))).status, 403);
  const large = await post(ask, form({ key: "u/42/b", ...fields }, "12345"));
  assert.deepEqual([large.status, large.code], [400, "EntityTooLarge"]);
  assert.equal(
    (await post(ask, form({ key: "u/42/c", ...fields, "x-oss-signature": "0".repeat(64) }, "1"))).code,
    "SignatureDoesNotMatch",
  );
  assert.equal((await post(ask, form({ key: "u/42/d" }, "1"))).code, "AccessDenied");
  assert.deepEqual((await ask("GET", "/")).all("Key"), ["u/42/a"]);
});
