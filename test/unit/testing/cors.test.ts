import { createTestOSS } from "../../../src/testing/mod.ts";
import { assert, test } from "../../harness.ts";
import { type Ask, type Reply, site } from "./site.ts";

const ORIGIN = "https://app.example.com";
const RULES = `<CORSConfiguration>
  <CORSRule><AllowedOrigin>https://*.example.com</AllowedOrigin><AllowedMethod>PUT</AllowedMethod><AllowedMethod>GET</AllowedMethod>
    <AllowedHeader>x-oss-*</AllowedHeader><AllowedHeader>Authorization</AllowedHeader><ExposeHeader>ETag</ExposeHeader>
    <MaxAgeSeconds>100</MaxAgeSeconds></CORSRule>
  <CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod><AllowedHeader>*</AllowedHeader></CORSRule>
</CORSConfiguration>`;

async function ruled(rules = RULES) {
  const oss = createTestOSS({ buckets: [{ name: "photos", acl: "public-read-write" }] });
  const ask = site(oss, "photos");
  const put = await ask("PUT", "/?cors", { body: rules });
  assert.equal(put.status, 200, put.text);
  const preflight = (method: string, headers: string, target = "/a", origin = ORIGIN): Promise<Reply> => {
    const asked = { "access-control-request-headers": headers, "access-control-request-method": method };
    return ask("OPTIONS", target, { as: "anonymous", headers: { ...asked, origin } });
  };
  return { oss, ask, preflight };
}

/** The CORS headers of a reply. */
function granted({ headers }: Reply): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => name.startsWith("access-control-") || name === "vary"),
  );
}

test("testing/cors: the first rule that matches answers the preflight, echoing the headers", async () => {
  const { preflight } = await ruled();
  const first = await preflight("PUT", "authorization, x-oss-date");
  assert.equal(first.status, 200);
  assert.deepEqual(granted(first), {
    "access-control-allow-origin": ORIGIN,
    "access-control-allow-methods": "PUT, GET",
    "access-control-allow-headers": "authorization, x-oss-date",
    "access-control-expose-headers": "ETag",
    "access-control-max-age": "100",
  });
  const second = await preflight("GET", "x-other");
  assert.deepEqual(granted(second), {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "GET",
    "access-control-allow-headers": "x-other",
  });
});

test("testing/cors: preflights that no rule matches, or that are none", async () => {
  const { ask, preflight } = await ruled();
  const refused = [
    await preflight("DELETE", ""),
    await preflight("PUT", "x-other"),
    await preflight("PUT", "", "/a", "https://example.com"),
    await preflight("GET", "", "/?acl"),
    await preflight("PUT", "", "/?cors"),
  ];
  for (const reply of refused) {
    assert.deepEqual([reply.status, reply.code, granted(reply)], [403, "AccessForbidden", {}]);
  }
  for (const headers of [{ origin: ORIGIN }, { "access-control-request-method": "GET" }] as Ask["headers"][]) {
    const reply = await ask("OPTIONS", "/a", { as: "anonymous", ...(headers && { headers }) });
    assert.deepEqual([reply.status, reply.code], [400, "InvalidRequest"]);
  }
  assert.equal((await preflight("PATCH", "")).status, 400);
});

test("testing/cors: objects and their lists answer pages, errors too; configurations and other origins do not", async () => {
  const { ask } = await ruled(
    RULES.replace("</CORSConfiguration>", "<ResponseVary>true</ResponseVary></CORSConfiguration>"),
  );
  const from = (method: string, target: string, origin = ORIGIN): Promise<Reply> =>
    ask(method, target, { headers: { origin } });
  const put = await ask("PUT", "/a", { body: "x", headers: { origin: ORIGIN } });
  const expected = { "access-control-allow-origin": ORIGIN, "access-control-expose-headers": "ETag", vary: "Origin" };
  for (const reply of [put, await from("GET", "/a"), await from("GET", "/none"), await from("GET", "/?list-type=2")]) {
    assert.deepInclude(granted(reply), expected);
  }
  assert.deepEqual(granted(await from("GET", "/?acl")), {});
  assert.deepEqual(granted(await from("GET", "/?cors")), {});
  assert.deepEqual(granted(await from("DELETE", "/a")), {});
  assert.equal(granted(await from("GET", "/a", "https://elsewhere.test"))["access-control-allow-origin"], "*");
});

test("testing/cors: the rules are stored, read back and deleted", async () => {
  const { ask } = await ruled();
  const read = await ask("GET", "/?cors");
  assert.deepEqual(read.all("AllowedOrigin"), ["https://*.example.com", "*"]);
  assert.deepEqual([read.all("MaxAgeSeconds"), read.all("ResponseVary")], [["100"], ["false"]]);
  assert.equal((await ask("DELETE", "/?cors")).status, 204);
  const none = await ask("GET", "/?cors");
  assert.deepEqual([none.status, none.code], [404, "NoSuchCORSConfiguration"]);
});

test("testing/cors: rules that the service refuses", async () => {
  const ask = site(createTestOSS({ buckets: ["photos"] }), "photos");
  const rule = (inside: string): string => `<CORSConfiguration><CORSRule>${inside}</CORSRule></CORSConfiguration>`;
  const origin = "<AllowedOrigin>*</AllowedOrigin>";
  const method = "<AllowedMethod>GET</AllowedMethod>";
  const bodies = [
    "<CORSConfiguration></CORSConfiguration>",
    rule(method),
    rule(origin),
    rule(`${origin}<AllowedMethod>PATCH</AllowedMethod>`),
    rule(`<AllowedOrigin>*.*</AllowedOrigin>${method}`),
    rule(`${origin}${method}<ExposeHeader>*</ExposeHeader>`),
    rule(`${origin}${method}<MaxAgeSeconds>soon</MaxAgeSeconds>`),
    rule(origin + method).replace("</CORSRule>", ""),
  ];
  for (const body of bodies) assert.equal((await ask("PUT", "/?cors", { body })).code, "MalformedXML", body);
});

test("testing/page: a page sees what it may, and fails as pages fail", async () => {
  const { oss } = await ruled();
  const url = "https://photos.oss-cn-hangzhou.aliyuncs.com/a";
  const page = oss.page(ORIGIN);
  const put = await page(url, { method: "PUT", body: new Uint8Array([1, 2]), headers: { "x-oss-meta-a": "1" } });
  assert.equal(put.headers.get("etag"), '"0CB988D042A7F28DD5FE2B55B3F5AC7A"');
  assert.deepEqual([put.headers.get("x-oss-request-id"), put.headers.get("date")], [null, null]);
  const get = await page(url);
  assert.deepEqual([...new Uint8Array(await get.arrayBuffer())], [1, 2]);
  assert.equal(get.headers.get("content-length"), "2");
  assert.deepEqual(
    oss.requests.slice(-3).map(({ operation }) => operation),
    ["OptionObject", "PutObject", "GetObject"],
    "a plain GET needs no preflight",
  );
  const fails = async (input: string, init: RequestInit, origin = ORIGIN): Promise<void> => {
    const error: unknown = await oss
      .page(origin)(input, init)
      .catch((caught: unknown) => caught);
    assert.instanceOf(error, TypeError, `${init.method} ${input}`);
  };
  await fails(url, { method: "DELETE" });
  await fails(url, { method: "PUT", body: "x", headers: { "x-other": "1" } });
  await fails(url, { method: "PUT", body: "x" }, "https://elsewhere.test");
  await fails(`${url.slice(0, -1)}?acl`, { method: "GET" });
  await fails(url.replace("photos", "missing"), { method: "GET" });
  assert.equal(
    oss.requests.filter(({ operation }) => operation === "DeleteObject").length,
    0,
    "refused before it was sent",
  );
});
