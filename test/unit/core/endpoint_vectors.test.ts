/** Where requests go: the vectors of the official clients' own tests. */
import { address, href } from "../../../src/core/address.ts";
import { createClient } from "../../../src/core/create_client.ts";
import type { ClientOptions } from "../../../src/core/options.ts";
import { assert, test } from "../../harness.ts";
import vectors from "../../vectors/endpoint-url.json";

type Vector = (typeof vectors)[number];

/** What the service, or a URL, cannot take: refused before any request. */
const REFUSED: Readonly<Record<string, { readonly reason: string; readonly message: RegExp }>> = {
  "py-path-bucket": { reason: "OSS refuses path style on its own hosts", message: /pathStyle/ },
  "php-path-object": { reason: "OSS refuses path style on its own hosts", message: /pathStyle/ },
  "ts-path-http": { reason: "OSS refuses path style on its own hosts", message: /pathStyle/ },
  "path-key-double-slash": { reason: "OSS refuses path style on its own hosts", message: /pathStyle/ },
  "key-empty": { reason: "an object call must not become a bucket call", message: /^key must/ },
  "key-only-dots": { reason: "no URL can carry the key", message: /"\.\."/ },
};

/** Where ours differs from the vector, and why. */
const OURS: Readonly<Record<string, { readonly reason: string; readonly url: string }>> = {
  "key-dot-dot": {
    reason: "a URL parser resolves dot segments: every slash of such a key is encoded",
    url: "https://examplebucket.oss-cn-hangzhou.aliyuncs.com/a%2F..%2Fb.txt",
  },
  "endpoint-explicit-default-port": {
    reason: "URLs drop the default port",
    url: "https://examplebucket.oss-cn-hangzhou.aliyuncs.com/k",
  },
};

const BY_TYPE: Readonly<Record<string, Partial<ClientOptions>>> = {
  public: {},
  internal: { internal: true },
  dualstack: { dualStack: true },
  accelerate: { accelerate: true },
  "accelerate-overseas": { accelerate: "overseas" },
};

function optionsOf({ region, endpoint, endpointType, disableSsl, style }: Vector): ClientOptions {
  const options: ClientOptions = {
    credentials: "anonymous",
    ...(region && { region }),
    ...(endpoint !== null && { endpoint }),
    ...BY_TYPE[endpointType],
    ...(style === "cname" && { cname: true }),
    ...(style === "path" && { pathStyle: true }),
  };
  if (!disableSsl || (endpoint ?? "").includes("://")) return options;
  // We have no switch against TLS: the endpoint says so.
  const { host } = createClient({ ...options, cname: false, pathStyle: false }).context.url(null, undefined);
  return { ...options, endpoint: `http://${host}` };
}

function urlOf(vector: Vector): string {
  const { context } = createClient(optionsOf(vector));
  const { bucket = null, key = null, query = {} } = vector;
  const request = { method: "GET" as const, bucket, ...(key !== null && { key }), query };
  const target = address(context, request);
  return href(target.url, target.query);
}

for (const vector of vectors) {
  const refused = REFUSED[vector.name];
  const ours = OURS[vector.name];
  const note = refused ?? ours;
  test(`endpoint vector ${vector.name}${note ? ` (${note.reason})` : ""}`, () => {
    if (refused) return void assert.throws(() => urlOf(vector), TypeError, refused.message);
    const url = urlOf(vector);
    if ("expectHost" in vector && vector.expectHost !== undefined) {
      return void assert.equal(new URL(url).origin, vector.expectHost);
    }
    assert.equal(url, ours?.url ?? vector.expectUrl);
    assert.equal(new URL(url).href, url, "the URL parser leaves it alone");
  });
}

test("every exception above is a vector", () => {
  const names = new Set<string>(vectors.map(({ name }) => name));
  const stray = [...Object.keys(REFUSED), ...Object.keys(OURS)].filter((name) => !names.has(name));
  assert.deepEqual(stray, []);
});
