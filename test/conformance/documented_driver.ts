/**
 * Sends the requests of documented facts to an in-process OSS, signed by the raw signer, without the client.
 */
import { createTestOSS, type TestOSS } from "../../src/testing/mod.ts";
import {
  basicTime,
  escapeText,
  type Keys,
  type Signing,
  signRaw,
  signV1Text,
  signV4Text,
  spellQuery,
} from "./raw_signer.ts";

type Texts = Readonly<Record<string, string | undefined>>;

/** A form upload; its policy is signed as it is written. */
export interface FormStep {
  readonly scheme: string;
  /** JSON, or a text to encode as it is. */
  readonly policy: unknown;
  /** Whether the text is the field itself, not to be encoded. */
  readonly verbatim?: boolean | undefined;
  readonly fields?: Texts | undefined;
  readonly without?: readonly string[] | undefined;
  readonly file: string;
}

/** One request. In texts, `$NAME` stands for what an earlier step saved. */
export interface Step {
  readonly method: string;
  /** `null` for a call to the service. @default "photos" */
  readonly bucket?: string | null | undefined;
  readonly key?: string | undefined;
  /** Raw path, where it is not that of the key. */
  readonly path?: string | undefined;
  /** @default the bucket's own host */
  readonly host?: string | undefined;
  /** `null` is a bare name. */
  readonly query?: Readonly<Record<string, string | null | undefined>> | undefined;
  readonly headers?: Texts | undefined;
  readonly body?: string | undefined;
  /** A body of so many bytes. */
  readonly size?: number | undefined;
  /** Send the body without saying how long it is. */
  readonly lengthless?: boolean | undefined;
  readonly scheme?: string | undefined;
  /** Whose keys: "owner" (default), "other", "unknown", "sts", "expired", "lost token", "wrong token". */
  readonly keys?: string | undefined;
  /** Seconds between the signature's time and the service's clock. */
  readonly offset?: number | undefined;
  readonly expires?: number | undefined;
  readonly region?: string | undefined;
  readonly scopeDate?: string | undefined;
  /** Changes after signing: what is added or replaced, and what is left out. */
  readonly after?:
    | { readonly headers?: Texts; readonly query?: Texts; readonly without?: readonly string[] }
    | undefined;
  readonly form?: FormStep | undefined;
  /** Texts to keep for later steps: the first group of an expression on the answer's body, or `@` and a header. */
  readonly save?: Texts | undefined;
}

/** What came back. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const NOW = Date.parse("2026-01-02T03:04:05Z");
const OWNER: Keys = { accessKeyId: "LTAIowner", accessKeySecret: "owner-secret" };
const OTHER: Keys = { accessKeyId: "LTAIother", accessKeySecret: "other-secret" };
const BOUNDARY = "9431149156168";

function schemeOf(text: string): Signing["scheme"] {
  if (text === "v4" || text === "v4-url" || text === "v1" || text === "v1-url" || text === "none") return text;
  throw new TypeError(`Unknown scheme ${text}`);
}

/** A service with two accounts and two buckets; CORS is allowed for one origin. */
export class Documented {
  readonly #oss: TestOSS = createTestOSS({
    now: () => NOW,
    accounts: [OWNER, OTHER],
    buckets: [
      {
        name: "photos",
        cors: {
          rules: [
            {
              allowedOrigins: ["http://www.example.com"],
              allowedMethods: ["PUT", "GET"],
              allowedHeaders: ["x-oss-test*"],
              exposeHeaders: ["ETag", "x-oss-request-id"],
              maxAgeSeconds: 60,
            },
          ],
        },
      },
      { name: "taken", account: OTHER },
    ],
  });
  readonly #saved = new Map<string, string>();

  #keys(name: string): Keys {
    if (name === "owner") return OWNER;
    if (name === "other") return OTHER;
    if (name === "unknown") return { ...OWNER, accessKeyId: "LTAIunknown" };
    const session = this.#oss.issueToken({ seconds: name === "expired" ? 0 : 900 });
    const { accessKeyId, accessKeySecret, securityToken } = session;
    if (name === "lost token") return { accessKeyId, accessKeySecret };
    return { accessKeyId, accessKeySecret, securityToken: name === "wrong token" ? "CAISother" : securityToken };
  }

  /** Replaces `$NAME` by what was saved. */
  #fill(text: string): string {
    return text.replace(/\$([A-Za-z]+)/g, (whole, name: string) => this.#saved.get(name) ?? whole);
  }

  #fillAll<T extends string | null>(
    texts: Readonly<Record<string, T | undefined>> = {},
  ): Record<string, string | null> {
    const entries = Object.entries(texts).flatMap(([name, value]): [string, string | null][] =>
      value === undefined ? [] : [[name, value === null ? null : this.#fill(value)]],
    );
    return Object.fromEntries(entries);
  }

  #headers(texts: Texts = {}): Record<string, string> {
    const entries = Object.entries(texts).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, this.#fill(value)]],
    );
    return Object.fromEntries(entries);
  }

  /** Sends one request and reads its answer. */
  async send(step: Step): Promise<Reply> {
    const { method, key = "", scheme = step.form === undefined ? "v4" : "none", keys = "owner", after = {} } = step;
    const bucket = step.bucket === null ? undefined : (step.bucket ?? "photos");
    const given = { query: this.#fillAll(step.query), headers: this.#headers(step.headers) };
    const form = step.form === undefined ? undefined : await this.#form(step.form, this.#keys(keys));
    const body = form?.body ?? new TextEncoder().encode(this.#fill(step.body ?? "x".repeat(step.size ?? 0)));
    const signed = await signRaw({ method, bucket, key, ...given }, this.#keys(keys), {
      scheme: schemeOf(scheme),
      time: NOW + (step.offset ?? 0) * 1000,
      region: step.region,
      expires: step.expires,
      scopeDate: step.scopeDate,
    });
    const { authorization = "" } = signed.headers;
    this.#saved.set("AUTHORIZATION", authorization);
    const gone = new Set(after.without);
    const keep = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
      Object.fromEntries(Object.entries(record).filter(([name]) => !gone.has(name)));
    const query = spellQuery({ ...keep(signed.query), ...this.#fillAll(after.query) });
    const path = step.path ?? (bucket === undefined ? "/" : `/${key.split("/").map(escapeText).join("/")}`);
    const host = step.host ?? `${bucket === undefined ? "" : `${bucket}.`}oss-cn-hangzhou.aliyuncs.com`;
    const headers: Record<string, string> = { host, ...keep(signed.headers), ...this.#headers(after.headers) };
    if (form !== undefined) headers["content-type"] = `multipart/form-data; boundary=${BOUNDARY}`;
    if (!step.lengthless && (body.length > 0 || /^P/.test(method))) headers["content-length"] = String(body.length);
    const answer = await this.#oss.serve({
      method,
      target: query === "" ? path : `${path}?${query}`,
      headers: Object.entries(headers),
      body: body.length === 0 ? null : new Blob([body]).stream(),
    });
    const text = await new Response(answer.body ?? null).text();
    for (const [name, pattern = ""] of Object.entries(step.save ?? {})) {
      const header = pattern.startsWith("@") ? answer.headers[pattern.slice(1)] : undefined;
      this.#saved.set(name, header ?? new RegExp(pattern).exec(text)?.[1] ?? "");
    }
    return { status: answer.status, headers: answer.headers, body: text };
  }

  async #form(form: FormStep, keys: Keys): Promise<{ body: Uint8Array<ArrayBuffer> }> {
    const stamp = basicTime(NOW);
    const credential = `${keys.accessKeyId}/${stamp.slice(0, 8)}/cn-hangzhou/oss/aliyun_v4_request`;
    const v4 = { "x-oss-signature-version": "OSS4-HMAC-SHA256", "x-oss-credential": credential, "x-oss-date": stamp };
    for (const [name, value] of Object.entries({ credential, stamp })) this.#saved.set(name.toUpperCase(), value);
    const text = typeof form.policy === "string" ? form.policy : this.#fill(JSON.stringify(form.policy));
    const policy = form.verbatim ? text : btoa(String.fromCharCode(...new TextEncoder().encode(text)));
    const signature =
      form.scheme === "v4"
        ? { ...v4, "x-oss-signature": await signV4Text(keys, stamp.slice(0, 8), "cn-hangzhou", policy) }
        : { OSSAccessKeyId: keys.accessKeyId, Signature: await signV1Text(keys, policy) };
    const gone = new Set(form.without);
    const fields = Object.entries({ key: "user/a.txt", policy, ...signature, ...this.#headers(form.fields) });
    const parts = fields
      .filter(([name]) => !gone.has(name))
      .map(([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
    const file = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n${form.file}\r\n--${BOUNDARY}--\r\n`;
    return { body: new TextEncoder().encode(parts.join("") + file) };
  }
}
