/** What the message of a failed request says: where it went and why it failed, and nothing of its query. */
import { presign } from "../../../src/core/presign.ts";
import { getObject } from "../../../src/operations/object/get.ts";
import { assert, fc, test } from "../../harness.ts";
import { clientOf, scripted } from "./support.ts";

const HOST = "photos.oss-cn-hangzhou.aliyuncs.com";

async function messageFor(cause: Error): Promise<string> {
  const { fetch } = scripted(cause);
  const error: unknown = await getObject(clientOf(fetch, { retry: { attempts: 1 } }), { key: "a.txt" }).catch(
    (caught: unknown) => caught,
  );
  assert.propertyVal(error, "name", "NetworkError");
  return (error as Error).message;
}

const because = (cause: unknown): Error => new TypeError("fetch failed", { cause });

const MESSAGES: readonly (readonly [what: string, cause: Error, message: RegExp])[] = [
  [
    "the innermost cause says why",
    because(new Error("connect failed", { cause: new Error("connect ECONNREFUSED 127.0.0.1:9") })),
    /: connect ECONNREFUSED 127\.0\.0\.1:9$/,
  ],
  ["a cause may have a code alone", because(Object.assign(new Error(""), { code: "ECONNREFUSED" })), /: ECONNREFUSED$/],
  ["an empty cause takes nothing away", because(new Error("")), /: fetch failed$/],
  ["what a page is told", new TypeError("Load failed"), /: Load failed\. In a page, check the bucket's CORS rules$/],
];

test("a bucket that makes no host is told, at once, and not presigned", async () => {
  let sent = 0;
  const fetch = (url: string): Promise<Response> => {
    sent++;
    return Promise.reject(new TypeError(`Failed to parse ${url}`));
  };
  // `xn--` and nothing else is Punycode nowhere.
  const client = clientOf(fetch, { bucket: "xn--a" });
  if (URL.canParse("https://xn--a.oss-cn-hangzhou.aliyuncs.com/")) return;
  const told = /^TypeError: bucket must make a host name, got "xn--a"$/;
  assert.match(String(await getObject(client, { key: "k" }).catch(String)), told);
  assert.equal(sent, 1);
  assert.match(String(await presign(client, getObject, { key: "k" }, { expiresIn: 60 }).catch(String)), told);
});

for (const [what, cause, message] of MESSAGES) {
  test(`no answer: the host is named, and ${what}`, async () => {
    const said = await messageFor(cause);
    assert.isTrue(said.startsWith(`GetObject "a.txt": no answer from ${HOST}: `), said);
    assert.match(said, message);
  });
}

test("a circle of causes ends", async () => {
  const circle = new Error("a");
  circle.cause = new Error("b", { cause: circle });
  assert.include(await messageFor(circle), HOST);
});

test("an answer that breaks off: the host is named, and why", async () => {
  const body = new ReadableStream({ pull: (controller) => controller.error(because(new Error("other side closed"))) });
  const { fetch } = scripted(() => new Response(body));
  const answer = await getObject(clientOf(fetch), { key: "a.txt" });
  const error: unknown = await answer.text().catch((caught: unknown) => caught);
  assert.propertyVal(
    error,
    "message",
    `GetObject "a.txt": the connection to ${HOST} broke after 0 bytes of the answer: other side closed`,
  );
});

test("nothing of a URL's query is in the message, wherever the runtime puts the URL", async () => {
  const query = fc.string({ unit: fc.constantFrom(..."Qq0=&%/?:)(._~-"), minLength: 1 }).map((text) => `QQ${text}QQ`);
  const place = fc.constantFrom(
    (url: string) => `error sending request for url (${url}): client error (Connect): refused`,
    (url: string) => `${url} could not be fetched`,
    (url: string) => `refused: ${url}`,
  );
  await fc.assert(
    fc.asyncProperty(query, place, async (text, put) => {
      const said = await messageFor(because(new Error(put(`https://${HOST}/a.txt?${text}`))));
      assert.notInclude(said, "Q");
      assert.include(said, `https://${HOST}/a.txt`);
      assert.match(said, /refused|could not be fetched/);
    }),
  );
});
