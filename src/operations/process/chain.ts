/**
 * Chains of processing actions: values of `x-oss-process` and `x-oss-async-process`.
 * @module
 */
import { encodeBase64 } from "../../codec/base64.ts";
import { encodeUtf8 } from "../../codec/utf8.ts";
import { checkBucket, checkInteger, checkKey, show } from "../../core/validate.ts";

/** What is to be done with an object: a chain of `image()`, `video()`..., or the text that one stands for. */
export type Process = string | Processing;

/** A chain of actions; it never changes, each action gives a longer one. */
export interface Processing {
  /** The value of `x-oss-process`. @throws TypeError while there is no action */
  toString(): string;
  /**
   * Stores the result as an object; for `processObject` and `asyncProcessObject` only.
   * @throws TypeError while there is no action, or the target is malformed
   */
  saveAs(target: SaveTarget): SavedProcessing;
}

/** A chain that goes on with actions of its own kind. */
export interface ActionChain<Self> extends Processing {
  /** An action without a method of its own, its parameters as they stand on the wire: `action("crop", "w_100")`. */
  action(name: string, ...parameters: readonly string[]): Self;
}

/** Where a result is stored. */
export interface SaveTarget {
  readonly key: string;
  /** A bucket of the same account and region. @default that of the source */
  readonly bucket?: string | undefined;
}

/** A chain whose result is stored. */
export interface SavedProcessing extends Processing {
  /** Tells a topic of Simple Message Queue when the task is done; for `asyncProcessObject` only. */
  notify(topic: string): Processing;
}

/**
 * What the actions of a chain take: for each method its parameters as `property:name:least:most`, `b` in the place of
 * `least` for text in base64. Without a property the method's argument is the value itself, a leading `?` says that no
 * parameter is needed.
 */
export type Actions = Readonly<Record<string, string>>;

const encode = (text: string): string =>
  encodeBase64(encodeUtf8(text)).replace(/[+/=]/g, (one) => ({ "+": "-", "/": "_" })[one] ?? "");

/** Refuses what would end a parameter or an action and begin another one. */
function word(name: string, value: unknown): string {
  const text = typeof value === "boolean" ? `${Number(value)}` : String(value).replace(/^#/, "");
  if (!/^[\w.:=+-]+$/.test(text)) throw new TypeError(`${name} must be letters, digits and "-", got ${show(text)}`);
  return text;
}

function write(method: string, parameters: string, argument: unknown): string {
  const parts = [method.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)];
  for (const parameter of parameters.replace("?", "").split(" ").filter(Boolean)) {
    const [property = "", wire, least, most] = parameter.split(":");
    const value: unknown = property ? Object(argument)[property] : argument;
    if (value === undefined) continue;
    const name = property ? `${method}.${property}` : method;
    if (least && least !== "b") checkInteger(name, value as number, Number(least), most ? Number(most) : undefined);
    const text = least === "b" ? encode(String(value)) : word(name, value);
    parts.push(wire ? `${wire}_${text}` : text);
  }
  if (parameters && !parameters.startsWith("?") && !parts[1]) throw new TypeError(`${method} needs a value, got none`);
  return parts.join(",");
}

/**
 * Makes a chain.
 * @param value what it begins with: `image`
 * @param actions what its methods take
 * @returns the chain with a method for each action
 */
export function chain<C extends Processing>(value: string, actions: Actions): C {
  const more = (action: string): C => chain(`${value}/${action}`, actions);
  const methods = Object.entries(actions).map(([method, parameters]) => [
    method,
    (argument: unknown) => more(write(method, parameters, argument)),
  ]);
  const written = (): string => {
    if (!value.includes("/")) throw new TypeError(`${value}() needs an action`);
    return value;
  };
  return Object.freeze({
    toString: written,
    toJSON: () => value,
    action: (...parts: readonly string[]) => more(parts.map((part) => word("action", part)).join(",")),
    saveAs({ key, bucket }: SaveTarget) {
      checkKey(key);
      if (bucket !== undefined) checkBucket(bucket);
      const target = `o_${encode(key)}${bucket === undefined ? "" : `,b_${encode(bucket)}`}`;
      return chain<SavedProcessing>(`${written()}|sys/saveas,${target}`, { notify: ":topic:b" });
    },
    ...Object.fromEntries(methods),
    // The interfaces say which methods there are, one for each row of the actions.
  }) as unknown as C;
}
