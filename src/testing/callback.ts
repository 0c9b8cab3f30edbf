/**
 * Upload callbacks: asked for in a header, a parameter or a form; made once the object is stored.
 * @module
 */
import { decodeBase64 } from "../codec/base64.ts";
import { decodeUtf8, encodeUtf8 } from "../codec/utf8.ts";
import { type BucketCall, invalidArgument } from "./call.ts";
import type { ObjectRecord } from "./records.ts";
import { ServiceFault } from "./service_fault.ts";
import { documentOf } from "./stored_document.ts";
import { encodeText } from "./text.ts";
import type { HeaderMap, RouteAnswer } from "./wire.ts";
import { childText, readXml } from "./xml_read.ts";

/** What a request asks for. */
export interface CallbackWish {
  readonly urls: readonly string[];
  readonly host: string | undefined;
  readonly body: string;
  readonly json: boolean;
  /** Values of variables of one's own, by name: `x:user`. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Under which name a bucket keeps the callbacks that have names, and their document's root. */
export const CALLBACK_POLICY = "callbackPolicy";
export const POLICY_ROOT = "BucketCallbackPolicy";

const MAX_URLS = 5;
/** Bytes of what a request asks for, as Base64. */
const MAX_WISH = 5 * 1024;
/** Bytes of an answer. */
const MAX_REPLY = 1024 ** 2;

/** Decodes Base64 of a JSON object. */
function decode(
  name: string,
  value: string,
  ecs: readonly [base64: string | undefined, json: string],
): Record<string, unknown> {
  let text: string;
  try {
    text = decodeUtf8(decodeBase64(value));
  } catch {
    throw invalidArgument(name, value, `The ${name} configuration is not base64 encoded.`, ecs[0]);
  }
  try {
    const found: unknown = JSON.parse(text);
    if (typeof found === "object" && found !== null) return { ...found };
  } catch {
    // Refused below, like everything else that is no object.
  }
  throw invalidArgument(name, value, `The ${name} configuration is not json format.`, ecs[1]);
}

/** Values that are texts, by name. */
function texts(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(entries);
}

/** The callback, or its variables, that the bucket keeps under a name; empty where there are none. */
function named(call: BucketCall, policy: string, part: "Callback" | "CallbackVar"): string {
  const kept = documentOf(call, CALLBACK_POLICY);
  const items = kept === undefined ? [] : readXml(kept, POLICY_ROOT).children;
  const item = items.find((one) => childText(one, "PolicyName") === policy);
  if (item !== undefined) return childText(item, part) ?? "";
  throw invalidArgument("callbackPolicy", policy, "The callback policy does not exist.");
}

/** Where a callback goes to; a host without a scheme is one of http. */
function readUrls(value: string): readonly string[] {
  const urls = value.split(";").map((url) => (/^https?:\/\//i.test(url) ? url : `http://${url}`));
  const fits = urls.length <= MAX_URLS && urls.every((url) => URL.canParse(url));
  if (fits) return urls;
  throw invalidArgument("callbackUrl", value, "The callback url is not valid.");
}

/**
 * Reads what a request asks for, before anything is stored.
 * @param call the request
 * @param form the fields of a form, which hold the variables one by one as well
 * @throws ServiceFault InvalidArgument
 */
export function readCallback(call: BucketCall, form?: HeaderMap): CallbackWish | undefined {
  const find = (name: string): string => {
    const [header, parameter] = [call.headers.get(`x-oss-${name}`), call.query.get(name)];
    const value = (form === undefined ? (header ?? parameter) : form.get(name)) ?? "";
    if (form === undefined && header !== undefined && parameter !== undefined)
      throw invalidArgument(name, value, `The ${name} stands in a header or in the query, not in both.`);
    if (value.length > MAX_WISH) throw invalidArgument(name, value.slice(0, 64), `The ${name} is longer than 5 KB.`);
    return value;
  };
  let [value, variables] = [find("callback"), find("callback-var")];
  if (value === "") return undefined;
  let wish = texts(decode("callback", value, ["0007-00000002", "0007-00000003"]));
  const policy = wish["callbackPolicy"];
  if (policy !== undefined) {
    value = named(call, policy, "Callback");
    wish = texts(decode("callback", value, ["0007-00000002", "0007-00000003"]));
    variables ||= named(call, policy, "CallbackVar");
  }
  const own = variables === "" ? {} : texts(decode("callback-var", variables, [undefined, "0007-00000103"]));
  for (const [name, field] of form ?? []) if (name.startsWith("x:")) own[name] = field;
  const { callbackUrl = "", callbackBody = "", callbackBodyType = "application/x-www-form-urlencoded" } = wish;
  if (callbackUrl === "") throw invalidArgument("callbackUrl", "", "The callback url configuration is invalid.");
  if (callbackBody === "") throw invalidArgument("callbackBody", "", "The callback body is missing.");
  if (!/^application\/(json|x-www-form-urlencoded)$/.test(callbackBodyType))
    throw invalidArgument("callbackBodyType", callbackBodyType, "The callback body type is not valid.");
  const json = callbackBodyType === "application/json";
  return { urls: readUrls(callbackUrl), host: wish["callbackHost"], body: callbackBody, json, variables: own };
}

/** Fills in what stands for values; what is not known is empty. */
function fill({ body, json, variables }: CallbackWish, facts: Readonly<Record<string, string | number>>): string {
  return body.replace(/\$\{([\w.:-]+)\}/g, (_, name: string) => {
    const value = (name.startsWith("x:") ? variables[name] : facts[name]) ?? "";
    return json ? JSON.stringify(value) : encodeText(String(value));
  });
}

function failed(message: string, answer: RouteAnswer, ec?: string): ServiceFault {
  const entries = Object.entries(answer.headers ?? {}).filter((entry): entry is [string, string] => entry[1] != null);
  return new ServiceFault(203, "CallbackFailed", message, { ec, headers: Object.fromEntries(entries) });
}

/** Asks one server. @throws its answer's fault */
async function ask(call: BucketCall, request: Request, answer: RouteAnswer): Promise<string> {
  const { callback } = call.service.settings;
  const reply = await Promise.resolve(callback?.(request)).catch(() => undefined);
  if (reply === undefined) {
    throw failed("Error status : -1.OSS can not connect to your callbackUrl, please check it.", answer);
  }
  if (reply.status !== 200) throw failed(`Error status : ${reply.status}.`, answer);
  const text = await reply.text();
  if (encodeUtf8(text).length > MAX_REPLY) {
    throw failed("Error status : 400.User server return too long content-length value.", answer);
  }
  try {
    JSON.parse(text);
  } catch {
    throw failed("Response body is not valid json format.", answer, "0007-00000205");
  }
  return text;
}

/**
 * Makes the callback of a request whose object is stored.
 * @param call the request
 * @param wish what it asked for
 * @param object what was stored
 * @param operation OSS's name of the call
 * @param answer what it is answered without a callback
 * @returns the answer with the server's own as its body
 * @throws ServiceFault 203 CallbackFailed
 */
export async function callBack(
  call: BucketCall,
  wish: CallbackWish | undefined,
  object: ObjectRecord,
  operation: string,
  answer: RouteAnswer,
): Promise<RouteAnswer> {
  if (wish === undefined) return answer;
  const facts = {
    bucket: call.bucketName,
    object: object.key,
    etag: object.etag.replaceAll('"', ""),
    size: object.content.size,
    mimeType: object.headers["content-type"] ?? "",
    crc64: String(object.crc64),
    contentMd5: object.md5 ?? "",
    reqId: call.requestId,
    operation,
  };
  const body = fill(wish, facts);
  const headers = {
    "content-type": wish.json ? "application/json" : "application/x-www-form-urlencoded",
    "x-oss-bucket": call.bucketName,
    "x-oss-owner": call.bucket.record.owner,
    "x-oss-request-id": call.requestId,
    "x-oss-requester": call.identity?.account.id ?? "",
    "x-oss-tag": "CALLBACK",
    ...(wish.host !== undefined && { "x-oss-callback-host": wish.host }),
  };
  let cause: unknown;
  for (const url of wish.urls) {
    try {
      const text = await ask(call, new Request(url, { method: "POST", headers, body }), answer);
      return {
        status: 200,
        headers: { ...answer.headers, "content-type": "application/json" },
        body: encodeUtf8(text),
      };
    } catch (error) {
      cause = error;
    }
  }
  throw cause;
}
