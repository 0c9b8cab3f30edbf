/** Every kind of failure, looked through to the bottom: no secret key, no token, no signature anywhere. */
import {
  appendObject,
  type ClientOptions,
  createClient,
  createPresigner,
  type Fetch,
  getObject,
  headObject,
  isOSSError,
  listObjectsV2,
  postObject,
  postPolicy,
  presign,
  putObject,
  upload,
} from "../../src/mod.ts";
import { createTestOSS, type TestOSS } from "../../src/testing/mod.ts";
import type { Client } from "../../src/types.ts";
import { assert, environment, test } from "../harness.ts";
import { hurry } from "../unit/core/timers.ts";
import { failureOf, noise, VERSIONS } from "./support/world.ts";

const { bucket, region } = environment;
const SECRET = "S3cr3tKeyThatNobodyMayRead+/=";
const TOKEN = "CAISToken+ThatNobody/MayRead==";
const KEYS = { accessKeyId: "STS.LTAIvisible", accessKeySecret: SECRET, securityToken: TOKEN };

/** Everything that a text may show of these, encoded or not. */
function spellings(...secrets: readonly string[]): string[] {
  return secrets.flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]);
}

/** All texts that an error shows to whoever logs it: its own, its causes', its fields'. */
function textsOf(value: unknown, seen: Set<unknown> = new Set()): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null || seen.has(value)) return [];
  seen.add(value);
  const texts = value instanceof Error ? [String(value), value.stack ?? ""] : [];
  if (value instanceof Headers) for (const pair of value) texts.push(...pair);
  if (value instanceof URL) texts.push(value.href);
  try {
    texts.push(JSON.stringify(value, (_, held: unknown) => (typeof held === "bigint" ? String(held) : held)) ?? "");
  } catch {
    // A circle: its members are looked at one by one.
  }
  for (const name of Reflect.ownKeys(value)) texts.push(...textsOf(Reflect.get(value, name), seen));
  return texts;
}

/** A failure: how the client is set up for it, and the call that ends in it. */
interface Failure {
  readonly name: string;
  readonly client?: Partial<ClientOptions>;
  readonly prepare?: (oss: TestOSS) => void;
  readonly call: (client: Client, oss: TestOSS) => Promise<unknown>;
}

/** A `fetch` whose errors tell everything, as Deno's do. */
const chatty = (): Fetch => (url, init) => {
  const headers = Object.fromEntries(new Headers(init.headers));
  const cause = Object.assign(new Error(`tried ${url} with ${JSON.stringify(headers)}`), { url, headers });
  return Promise.reject(new TypeError(`error sending request for url (${url}): ${JSON.stringify(headers)}`, { cause }));
};

const put = (client: Client): Promise<unknown> => putObject(client, { key: "a", body: "hello" });
const get = async (client: Client): Promise<unknown> => (await getObject(client, { key: "a" })).text();

/** Says the whole answer of STS back, as `JSON.parse` and careless backends do. */
const leaky = (text: string) => (): never => {
  throw new Error(`Unexpected token in ${text}`, { cause: new SyntaxError(text) });
};
/** Throws what is no Error. */
const odd = (thrown: unknown) => () => Promise.reject(thrown);
const RAW = { AccessKeyId: "STS.x", AccessKeySecret: SECRET, SecurityToken: TOKEN };

const FAILURES: readonly Failure[] = [
  { name: "ServiceError", call: (client) => listObjectsV2(client, { bucket: "not-there" }) },
  { name: "ServiceError", call: (client) => headObject(client, { key: "none" }) },
  { name: "ServiceError", client: { credentials: { ...KEYS, accessKeySecret: `${SECRET}x` } }, call: put },
  { name: "ServiceError", client: { credentials: { ...KEYS, securityToken: `${TOKEN}x` } }, call: put },
  { name: "ServiceError", prepare: (oss) => oss.faults.add({ kind: "status", status: 503, times: 9 }), call: put },
  { name: "ServiceError", prepare: (oss) => oss.faults.add({ kind: "expire", times: 9 }), call: put },
  { name: "NetworkError", prepare: (oss) => oss.faults.add({ kind: "reset", times: 9 }), call: put },
  { name: "NetworkError", client: { use: [chatty] }, call: put },
  {
    name: "NetworkError",
    prepare: (oss) => oss.faults.add({ operation: "GetObject", kind: "cut" }),
    call: async (client) => {
      await putObject(client, { key: "a", body: noise(300_000) });
      return get(client);
    },
  },
  {
    name: "TimeoutError",
    prepare: (oss) => oss.faults.add({ kind: "delay", milliseconds: 60_000 }),
    client: { timeout: 50 },
    call: put,
  },
  { name: "IntegrityError", prepare: (oss) => oss.faults.add({ kind: "crc", times: 9 }), call: put },
  {
    name: "DecodeError",
    client: { use: [() => async () => new Response("<html>login</html>")] },
    call: (client) => listObjectsV2(client, {}),
  },
  { name: "CredentialsError", client: { credentials: leaky(JSON.stringify(RAW)) }, call: put },
  { name: "CredentialsError", client: { credentials: leaky(JSON.stringify(KEYS)) }, call: put },
  {
    name: "CredentialsError",
    client: { credentials: leaky(`https://sts.example.com/?SecurityToken=${encodeURIComponent(TOKEN)}`) },
    call: put,
  },
  { name: "CredentialsError", client: { credentials: odd(RAW) }, call: put },
  { name: "CredentialsError", client: { credentials: odd(`securityToken: '${TOKEN}'`) }, call: put },
  { name: "CredentialsError", client: { credentials: leaky(JSON.stringify(JSON.stringify(RAW))) }, call: put },
  { name: "CredentialsError", client: { credentials: () => ({ ...KEYS, accessKeyId: "" }) }, call: put },
  { name: "CredentialsError", client: { credentials: () => ({ ...KEYS, expiration: TOKEN }) }, call: put },
  {
    name: "TransferError",
    prepare: (oss) => oss.faults.add({ operation: "UploadPart", kind: "status", status: 403, times: 99 }),
    call: (client) =>
      upload(client, { key: "big", body: noise(300 * 1024) }, { partSize: 100 * 1024, multipartThreshold: 100 * 1024 }),
  },
  { name: "TypeError", call: (client) => putObject(client, { key: "", body: SECRET }) },
  { name: "RangeError", call: (client) => presign(client, getObject, { key: "a" }, { expiresIn: 0 }) },
  {
    name: "TypeError",
    call: (client) =>
      createPresigner(client).then((presigner) => presigner.presign(getObject, { key: "" }, { expiresIn: 1 })),
  },
  {
    name: "ServiceError",
    async call(client) {
      const form = await postPolicy(client, { key: "a", expiresIn: 60 });
      const fields = { ...form.fields, key: "b" };
      return postObject(client, { form: { fields }, key: "b", body: "x" });
    },
  },
  { name: "ServiceError", call: (client) => appendObject(client, { key: "log", position: 5, body: "x" }) },
];

for (const signatureVersion of VERSIONS) {
  test(`no failure shows a secret (${signatureVersion})`, { timeout: 60_000 }, async (t) => {
    hurry(t);
    const names = new Set<string>();
    for (const { name, client: options, prepare, call } of FAILURES) {
      const said: unknown[] = [];
      const sent: string[] = [];
      const listen =
        (next: Fetch): Fetch =>
        (url, init) => {
          const signed = new URL(url);
          for (const parameter of ["x-oss-signature", "Signature"]) sent.push(signed.searchParams.get(parameter) ?? "");
          sent.push(/(?:Signature=|:)([^,:]+)$/.exec(new Headers(init.headers).get("authorization") ?? "")?.[1] ?? "");
          return next(url, init);
        };
      const oss = createTestOSS({ region, buckets: [bucket] });
      oss.issueToken({ seconds: 3600, fixed: KEYS });
      const client = createClient({
        region,
        bucket,
        credentials: KEYS,
        fetch: oss.fetch,
        signatureVersion,
        retry: { base: 1, attempts: 2 },
        onWarning: (message) => said.push(message),
        debug: (event) => said.push(event),
        ...options,
        use: [listen, ...(options?.use ?? [])],
      });
      prepare?.(oss);
      const error = await failureOf(call(client, oss));
      if (!(error instanceof Error)) throw error;
      assert.equal(error.name, name, String(error));
      assert.equal(isOSSError(error), !/^(Type|Range)Error$/.test(name));
      names.add(name);
      const secrets = spellings(SECRET, TOKEN, ...sent.filter(Boolean));
      for (const text of textsOf([error, said])) {
        for (const secret of secrets) assert.notInclude(text, secret, `${name}: ${text.slice(0, 300)}`);
      }
    }
    assert.isAtLeast(names.size, 9);
  });
}

test("the log of the in-process OSS shows no secret either", async () => {
  const oss = createTestOSS({ region, buckets: [bucket] });
  oss.issueToken({ seconds: 3600, fixed: KEYS });
  for (const signatureVersion of VERSIONS) {
    const client = createClient({ region, bucket, credentials: KEYS, fetch: oss.fetch, signatureVersion });
    await putObject(client, { key: "a", body: "hello" });
    await (await oss.fetch((await presign(client, getObject, { key: "a" }, { expiresIn: 60 })).url)).text();
  }
  assert.lengthOf(oss.requests, 4);
  const text = JSON.stringify(oss.requests);
  for (const secret of spellings(SECRET, TOKEN)) assert.notInclude(text, secret);
  assert.notMatch(text, /signature=|Signature/);
});

test("a client and its context show no secret", () => {
  const client = createClient({ region, bucket, credentials: KEYS });
  for (const text of textsOf(client)) for (const secret of spellings(SECRET, TOKEN)) assert.notInclude(text, secret);
});
