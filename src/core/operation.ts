/**
 * The operation row: one OSS call as a value that can be called, presigned and paged.
 * @module
 */
import type { AnyShape, FieldFor } from "../codec/shape.ts";
import type { Body, CallOptions, Client, Method, OSSRequest, Query } from "../types.ts";
import type { ResultReader } from "./response.ts";
import { checkKey } from "./validate.ts";

/** Input of every call. */
export interface BaseInput {
  /** The bucket. @default the client's `bucket` */
  readonly bucket?: string | undefined;
  /** Extra headers, sent and signed as they are. */
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined;
  /** Extra query parameters. */
  readonly query?: Query | undefined;
  /** Who pays for the request; needed on requester-pays buckets. */
  readonly requestPayer?: "requester" | undefined;
}

/** Input of every call on an object. */
export interface ObjectInput extends BaseInput {
  /** The object's key: 1 to 1,023 bytes of UTF-8, not starting with `/` or `\`. */
  readonly key: string;
}

/** Input of calls without a bucket. */
export type ServiceInput = Omit<BaseInput, "bucket">;

/** An OSS API call as a value: call it, presign it, page through it. */
export interface Operation<I extends object, O> {
  (client: Client, input: I, options?: CallOptions): Promise<O>;
  /** OSS's own name of the call: `PutObject`. */
  readonly operationName: string;
  /** The request that the call would send, before it is addressed and signed. */
  toRequest(input: I): OSSRequest;
}

/**
 * Where one input property goes: a header (`x-oss-acl`), a query parameter (`?prefix`), a header or parameter with
 * an encoder, several headers at once, or an element of the request document.
 */
export type WireField<V> =
  | ([V] extends [string | number | boolean | bigint] ? string : never)
  // A text, or what stands for one.
  | (string extends V ? string : never)
  | readonly [name: string, encode: (value: V) => string]
  | ((value: V) => Readonly<Record<string, string>>)
  | FieldFor<V>;

type Reserved = keyof BaseInput | "key" | "body" | "form";

/** One place on the wire for each input property: a forgotten or misspelt one does not compile. */
export type Wire<I> = {
  readonly [P in keyof I as P extends Reserved ? never : P]-?: WireField<NonNullable<I[P]>>;
};

type ScopeOf<I> = I extends { readonly key: string }
  ? { readonly scope: "object" | "form" }
  : "bucket" extends keyof I
    ? { readonly scope?: "bucket" }
    : { readonly scope: "service" };

/** The declaration of one operation. */
export type Row<I, O> = {
  readonly name: string;
  readonly method: Method;
  /** The bare query name that selects the call: `cors`. */
  readonly subresource?: string;
  /** Fixed query parameters. */
  readonly query?: Query;
  /** Builds the request body; by default `input.body`. */
  readonly body?: (input: I, wire: AnyShape) => Body | undefined;
  /** Further facts for the sender: idempotency, accepted statuses, checks. */
  readonly request?: (input: I) => Partial<Pick<OSSRequest, "idempotent" | "accept" | "contentMd5" | "crc64">>;
  readonly result: ResultReader<O>;
} & ScopeOf<I> &
  (Record<never, never> extends Wire<I> ? { readonly wire?: Wire<I> } : { readonly wire: Wire<I> });

/** A row as the code below walks it. */
interface PlainRow {
  readonly name: string;
  readonly method: Method;
  /** `form` names an object inside its body, which has to check the key, and goes to the bucket. */
  readonly scope?: "object" | "form" | "bucket" | "service";
  readonly subresource?: string;
  readonly query?: Query;
  readonly wire?: Readonly<Record<string, unknown>>;
  readonly body?: (input: object, wire: AnyShape) => Body | undefined;
  readonly request?: (input: object) => Partial<OSSRequest>;
}

type PlainInput = Partial<ObjectInput> & { readonly body?: Body } & Readonly<Record<string, unknown>>;

function buildRequest(row: PlainRow, input: PlainInput): OSSRequest {
  if (Object(input) !== input) throw new TypeError(`${row.name} needs an input object, got ${input}`);
  const { key } = input;
  if (row.scope === "object") checkKey(key);
  const headers: Record<string, string | undefined> = { "x-oss-request-payer": input.requestPayer };
  const query: Record<string, Query[string]> = { ...(row.subresource && { [row.subresource]: null }), ...row.query };
  // Not `Object.entries`, which makes an array of each of the many fields that no input has.
  for (const property in row.wire) {
    const field = row.wire[property];
    const value = input[property];
    if (value == null) continue;
    if (typeof field === "function") Object.assign(headers, field(value));
    else if (typeof field === "string" || Array.isArray(field)) {
      const [name, encode = String] = [field].flat();
      const text: string = encode(value);
      if (name.startsWith("?")) query[name.slice(1)] = text;
      else headers[name] = text;
    }
  }
  const body = row.body ? row.body(input, row.wire as AnyShape) : input.body;
  if (row.body && typeof body === "string") headers["content-type"] = "application/xml";
  // What is missing is not spread, which takes long; what a caller gives is, for it may have any name, `__proto__` too.
  return Object.assign(
    {
      method: row.method,
      operation: row.name,
      bucket: row.scope === "service" ? null : input.bucket,
      query: { ...query, ...input.query },
      headers: { ...headers, ...input.headers },
    },
    row.scope === "object" && { key: key as string },
    body !== undefined && { body },
    row.request?.(input),
  );
}

/**
 * Makes an operation of a row. The row is a thunk: nothing runs at import, and bundlers drop what is not used.
 * @param declare returns the row; called once, when the operation is first used
 * @returns the operation: a function of client, input and options
 * @example
 * ```ts
 * import { createClient, deleteObject } from "oss-fetch";
 * const client = createClient({ region: "cn-hangzhou", bucket: "photos", credentials: "anonymous" });
 * console.log(deleteObject.toRequest({ key: "a.txt" }).method, client.context.bucket);
 * ```
 */
export function operation<I extends object, O>(declare: () => NoInfer<Row<I, O>>): Operation<I, O> {
  let declared: Row<I, O> | undefined;
  const row = (): Row<I, O> => (declared ??= declare());
  // The types that check a row when it is written say nothing to the code that walks any row.
  const toRequest = (input: I): OSSRequest => buildRequest(row() as unknown as PlainRow, input as PlainInput);
  const call = async (client: Client, input: I, options?: CallOptions): Promise<O> => {
    const request = toRequest(input);
    return client.send(request, options, (response, watch) => row().result(response, request, watch));
  };
  return Object.defineProperty(Object.assign(call, { toRequest }), "operationName", {
    get: () => row().name,
  }) as Operation<I, O>;
}
