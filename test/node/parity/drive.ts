/**
 * oss-fetch, set up as a recorded client was: what it would send is caught at its `fetch` port.
 */
import { type Client, createClient, type Operation, type PresignInput, presign } from "../../../src/mod.ts";
import { ACCESS_KEY_ID, type Mode, NOW, queryOf, type Recorded, SECRET, TOKEN } from "./recorded.ts";

/** A request of ours, in the form of a recorded one. */
export interface Sent {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: ReadonlyMap<string, string>;
  /** Names in lower case, values as bytes. */
  readonly headers: ReadonlyMap<string, string>;
  readonly bucket: string;
  readonly key: string;
  readonly body: Uint8Array;
}

/** A row with its input: to be called, or presigned. */
export interface Drive {
  /** OSS's name of the call. */
  readonly name: string;
  send(client: Client): Promise<unknown>;
  presign(client: Client): ReturnType<typeof presign>;
}

/** Ties a row to its input. */
export function drive<I extends object, O>(operation: Operation<I, O>, input: I): Drive {
  return {
    name: operation.operationName,
    send: (client) => operation(client, input),
    presign: () => Promise.reject(new TypeError("made to be called")),
  };
}

/** Ties a row to an input without a body, to be presigned only. */
export function link<I extends object, O>(operation: Operation<I, O>, input: PresignInput<I>): Drive {
  return {
    ...drive(operation, input as I),
    presign: (client) => presign(client, operation, input, { expiresIn: 3600 }),
  };
}

type Port = NonNullable<Parameters<typeof createClient>[0]["fetch"]>;

/** A client with the keys, clock, region, endpoint, style and signature version of a recording. */
export function clientLike(mode: Mode, fetch: Port, additionalHeaders: readonly string[] = []): Client {
  return createClient({
    region: "cn-hangzhou",
    bucket: "demo-bucket",
    // Ours refuses path style on the hosts of OSS, as OSS does.
    endpoint: mode.pathStyle ? "http://emulator.test" : "http://oss-cn-hangzhou.aliyuncs.com",
    pathStyle: mode.pathStyle,
    signatureVersion: mode.version,
    credentials: {
      accessKeyId: ACCESS_KEY_ID,
      accessKeySecret: SECRET,
      ...(mode.sts && { securityToken: TOKEN }),
    },
    additionalHeaders,
    now: () => NOW,
    retry: { attempts: 1 },
    fetch,
  });
}

/** Splits an address of ours; the bucket is where the style puts it. */
export function located(address: string, pathStyle: boolean): Omit<Sent, "method" | "headers" | "body"> {
  const [, host = "", path = "", query = ""] = /^http:\/\/([^/]*)([^?]*)\??(.*)$/s.exec(address) ?? [];
  const [, inPath = "", rest = ""] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  const bucket = pathStyle ? inPath : (/^(.*)\.oss-cn-hangzhou/.exec(host)?.[1] ?? "");
  const key = pathStyle ? rest : path.slice(1);
  return { host, path, query: queryOf(query), bucket, key: decodeURIComponent(key) };
}

const CAUGHT = "<Error><Code>Caught</Code><Message>as the test wants</Message></Error>";

/** Calls a row and returns the one request that it sent. */
export async function sentBy(call: Drive, recorded: Recorded): Promise<Sent> {
  const sent: Sent[] = [];
  const client = clientLike(recorded, async (url, init) => {
    sent.push({
      method: init.method ?? "",
      ...located(url, recorded.pathStyle),
      headers: new Map(new Headers(init.headers)),
      body: new Uint8Array(await new Response(init.body).arrayBuffer()),
    });
    return new Response(CAUGHT, { status: 400 });
  });
  const error: unknown = await call.send(client).then(
    () => undefined,
    (caught: unknown) => caught,
  );
  const [first] = sent;
  if (first === undefined || sent.length > 1 || Reflect.get(Object(error), "code") !== "Caught")
    throw new Error(`${call.name} sent ${sent.length} requests`, { cause: error });
  return first;
}

/** Presigns a row, and returns the request that its URL and signed headers make. */
export async function presignedBy(call: Drive, recorded: Recorded): Promise<Sent> {
  const additional = recorded.op === "presign-put-additional-headers" ? ["cache-control"] : [];
  const client = clientLike(recorded, () => Promise.reject(new Error("presigning sends nothing")), additional);
  const { url, method, signedHeaders } = await call.presign(client);
  const headers = new Map(Object.entries(signedHeaders));
  return { method, ...located(url, recorded.pathStyle), headers, body: recorded.body };
}
