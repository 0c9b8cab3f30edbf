/**
 * The syntax of `x-oss-process`: `image/resize,w_100/format,webp|sys/saveas,o_...,b_.../notify,topic_...`.
 * @module
 */
import { decodeBase64 } from "../codec/base64.ts";
import { invalidArgument } from "./call.ts";
import { decodeText } from "./text.ts";

/** A processing request, taken apart. */
export interface ProcessRequest {
  /** `image`, `video`... */
  readonly kind: string;
  readonly actions: readonly ProcessAction[];
  readonly save?: { readonly bucket: string | undefined; readonly key: string } | undefined;
  readonly topic?: string | undefined;
}

/** One action, its parameters by their short names; what has none stands under "". */
export interface ProcessAction {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const ACTIONS: Readonly<Record<string, RegExp>> = {
  image:
    /^(resize|crop|indexcrop|rotate|circle|rounded-corners|blur|sharpen|bright|contrast|watermark|blindwatermark|quality|format|interlace|auto-orient|average-hue|info)$/,
  video: /^(snapshot|info|convert|animation|snapshots|sprite|concat)$/,
  audio: /^(info|convert|concat)$/,
  doc: /^(preview|edit|snapshot|convert|watermark)$/,
  hls: /^(m3u8|sign)$/,
  style: /^[\w.-]{1,64}$/,
};

/** Parameters whose values pages of the service spell out, with the number of the error. */
const VALUES: readonly (readonly [action: string, parameter: string, value: RegExp, ec?: string])[] = [
  ["resize", "m", /^(lfit|mfit|fill|pad|fixed)$/, "0040-00000311"],
  ["resize", "w", /^(?!0$)\d{1,5}$/],
  ["resize", "h", /^(?!0$)\d{1,5}$/],
  ["crop", "w", /^\d{1,5}$/, "0040-00000225"],
  ["crop", "h", /^\d{1,5}$/],
  ["format", "", /^(jpg|jpeg|png|webp|bmp|gif|tiff|heic|avif)$/, "0040-00000206"],
  ["snapshot", "f", /^(jpg|png)$/, "0053-00000107"],
];

/** Decodes base64 with `-` and `_`. */
function decodeName(parameter: string, value: string): string {
  try {
    const bytes = decodeBase64(value.replaceAll("-", "+").replaceAll("_", "/"));
    const text = value === "" ? undefined : decodeText(encodeAll(bytes));
    if (text !== undefined && text !== "") return text;
  } catch {
    // Said below.
  }
  throw invalidArgument(parameter, value, "Input is not base64 decoding.");
}

/** Bytes as escapes, for the strict decoder of texts. */
function encodeAll(bytes: Uint8Array): string {
  return [...bytes].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
}

function action(text: string): ProcessAction {
  const [name = "", ...rest] = text.split(",");
  const parameters = new Map<string, string>();
  for (const parameter of rest) {
    const [, short = "", value = ""] = /^(?:([A-Za-z]+)_)?(.*)$/s.exec(parameter) ?? [];
    parameters.set(short, value);
  }
  return { name, parameters };
}

function checkAction(kind: string, { name, parameters }: ProcessAction): void {
  if (!ACTIONS[kind]?.test(name)) {
    const image = kind === "image";
    const ec = image ? (name === "" ? "0040-00000212" : "0040-00000213") : undefined;
    throw invalidArgument("x-oss-process", `${kind}/${name}`, "operation not support", ec);
  }
  if (name === "format" && !parameters.has("")) {
    throw invalidArgument("format", "", "The format has no value.", "0040-00000207");
  }
  for (const [owner, parameter, pattern, ec] of VALUES) {
    const value = owner === name ? parameters.get(parameter) : undefined;
    if (value === undefined || pattern.test(value)) continue;
    throw invalidArgument(parameter || name, value, `The value of parameter: ${parameter || name} is invalid.`, ec);
  }
}

/**
 * Takes a processing request apart.
 * @param text the value of `x-oss-process`
 * @throws ServiceFault InvalidArgument
 */
export function parseProcess(text: string): ProcessRequest {
  const [first = "", second, ...more] = text.split("|");
  const slash = first.indexOf("/");
  const kind = slash < 0 ? first : first.slice(0, slash);
  const actions = (slash < 0 ? "" : first.slice(slash + 1)).split("/").map(action);
  for (const one of actions) checkAction(kind, one);
  if (second === undefined) return { kind, actions };
  const [sys, ...steps] = second.split("/");
  if (sys !== "sys" || more.length > 0) throw invalidArgument("x-oss-process", second, "operation not support");
  let result: ProcessRequest = { kind, actions };
  for (const { name, parameters } of steps.map(action)) {
    const [object, bucket, topic] = ["o", "b", "topic"].map((short) => parameters.get(short));
    if (name === "saveas" && object !== undefined) {
      const named = bucket === undefined ? undefined : decodeName("b", bucket);
      result = { ...result, save: { bucket: named, key: decodeName("o", object) } };
    } else if (name === "notify" && topic !== undefined) result = { ...result, topic: decodeName("topic", topic) };
    else throw invalidArgument("x-oss-process", second, "operation not support");
  }
  return result;
}
