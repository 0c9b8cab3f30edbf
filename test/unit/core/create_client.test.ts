/** Options are checked when the client is made, and nothing is requested. */
import { address } from "../../../src/core/address.ts";
import { createClient } from "../../../src/core/create_client.ts";
import type { ClientOptions } from "../../../src/core/options.ts";
import { assert, test } from "../../harness.ts";
import { KEYS } from "./support.ts";

const GOOD: ClientOptions = { region: "cn-hangzhou", bucket: "photos", credentials: KEYS };

const BAD: readonly (readonly [
  what: string,
  options: Partial<Record<keyof ClientOptions, unknown>>,
  type: "TypeError" | "RangeError",
])[] = [
  ["no credentials", { credentials: undefined }, "TypeError"],
  ["empty keys", { credentials: { accessKeyId: "", accessKeySecret: "" } }, "TypeError"],
  ["signatureVersion", { signatureVersion: "v2" }, "TypeError"],
  ["bucket", { bucket: "A_B" }, "TypeError"],
  ["region", { region: "CN" }, "TypeError"],
  ["neither region nor endpoint", { region: undefined }, "TypeError"],
  ["stallTimeout", { stallTimeout: 0 }, "RangeError"],
  ["timeout", { timeout: -1 }, "RangeError"],
  ["timeout", { timeout: Number.NaN }, "RangeError"],
  ["attempts", { retry: { attempts: 0 } }, "RangeError"],
  ["attempts", { retry: { attempts: Number.NaN } }, "RangeError"],
  ["attempts", { retry: { attempts: "3" } }, "RangeError"],
];

for (const [what, options, name] of BAD) {
  test(`refused: ${what} ${JSON.stringify(options)}`, () => {
    let error: unknown;
    try {
      createClient({ ...GOOD, ...options } as ClientOptions);
    } catch (thrown) {
      error = thrown;
    }
    assert.propertyVal(error, "name", name);
  });
}

test("all that is missing is named at once", () => {
  for (const options of [{ bucket: "photos" }, { bucket: "photos", cname: true, region: "cn-hangzhou" }])
    assert.throws(() => createClient(options), TypeError, /^(?=.*credentials)(?=.*region)(?=.*endpoint).*cname/);
});

test("making a client asks for nothing", () => {
  let asked = 0;
  const ask = (): never => {
    asked++;
    throw new Error("asked");
  };
  createClient({ ...GOOD, credentials: ask, fetch: ask, now: ask });
  assert.equal(asked, 0);
});

test("the context tells what was resolved, and holds no secret", () => {
  const { context } = createClient({
    ...GOOD,
    region: "oss-cn-hangzhou",
    additionalHeaders: ["host"],
    integrity: "none",
  });
  const { bucket, region, signatureVersion, additionalHeaders, integrity } = context;
  assert.deepEqual(
    { bucket, region, signatureVersion, additionalHeaders, integrity },
    { bucket: "photos", region: "cn-hangzhou", signatureVersion: "v4", additionalHeaders: ["host"], integrity: "none" },
  );
  assert.notInclude(JSON.stringify(context), KEYS.accessKeySecret);
});

test("a remote signer needs no credentials", async () => {
  const { context } = createClient({ region: "cn-hangzhou", sign: () => ({}) });
  assert.isUndefined(await context.credentials());
});

test("a page that extends every object extends no request", () => {
  const { context } = createClient(GOOD);
  Object.defineProperty(Object.prototype, "each", {
    value: () => 1,
    enumerable: true,
    configurable: true,
    writable: true,
  });
  try {
    const { headers, query } = address(context, { method: "GET", key: "k", headers: { a: "b" }, query: { c: "d" } });
    assert.deepEqual(Object.keys(headers), ["a"]);
    assert.deepEqual(query, [["c", "d"]]);
  } finally {
    Reflect.deleteProperty(Object.prototype, "each");
  }
});
