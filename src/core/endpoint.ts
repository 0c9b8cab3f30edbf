/**
 * Endpoint rules: which host answers for a region, where the bucket goes, and which region a host names.
 * @module
 */
import { keyToPath } from "../codec/uri.ts";
import type { ClientContext } from "../types.ts";
import { show } from "./validate.ts";

/** The options of `createClient` that say where requests go. */
export interface EndpointOptions {
  /** The region, `cn-hangzhou`; a leading `oss-` is dropped. Inferred from the standard endpoints. */
  readonly region?: string | undefined;
  /**
   * Host or URL of the service or, with `cname`, of the bucket; `https` unless it says otherwise. Its path and query do
   * not count; it beats `internal`, `accelerate` and `dualStack`. @default by `region`
   */
  readonly endpoint?: string | undefined;
  /** Use the region's network inside Alibaba Cloud; beats `dualStack`, which beats `accelerate`. @default false */
  readonly internal?: boolean | undefined;
  /** Use transfer acceleration, `"overseas"` outside mainland China; needs `region` for the signature. @default false */
  readonly accelerate?: boolean | "overseas" | undefined;
  /** Use the endpoint that has IPv6 as well. @default false */
  readonly dualStack?: boolean | undefined;
  /** The endpoint is the bucket's own domain name. @default false */
  readonly cname?: boolean | undefined;
  /** Put the bucket into the path: for emulators; OSS itself refuses it. @default true for IP addresses and localhost */
  readonly pathStyle?: boolean | undefined;
}

/** Where a bucket or object is. */
type Place = ReturnType<ClientContext["url"]>;

/** A resolved endpoint. */
export interface Endpoint {
  /** The region that signatures name; empty when nothing names it. */
  readonly region: string;
  /** Where a bucket or object is. */
  url(bucket: string | undefined, key: string | undefined): Place;
}

const SERVICE = /(?:^|\.)(?:oss-([a-z0-9-]+?)(?:-internal)?|([a-z0-9-]+)\.oss)\.aliyuncs\.com$/;

function hostOf(region: string, { internal, dualStack, accelerate }: EndpointOptions): string {
  const name = internal
    ? `oss-${region}-internal`
    : dualStack
      ? `${region}.oss`
      : accelerate
        ? `oss-accelerate${accelerate === "overseas" ? "-overseas" : ""}`
        : `oss-${region}`;
  return `${name}.aliyuncs.com`;
}

function parse(endpoint: string): URL {
  const text = endpoint.trim();
  const full = /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`;
  const url = URL.canParse(full) ? new URL(full) : undefined;
  const keys = url && url.username + url.password;
  if (!url || keys || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(`endpoint must be a host or http(s) URL, got ${keys ? "one with keys" : show(endpoint)}`);
  }
  return url;
}

/**
 * Resolves where requests go.
 * @param options the endpoint options of `createClient`
 * @returns the region, and where buckets and objects are
 * @throws TypeError when region or endpoint, one of which must be there, are malformed or contradict each other
 */
export function resolveEndpoint(options: EndpointOptions): Endpoint {
  const { endpoint, cname, pathStyle } = options;
  let region = (options.region ?? "").replace(/^oss-(?=.)/, "");
  if (!/^[a-z0-9-]*$/.test(region)) throw new TypeError(`region must look like "cn-hangzhou", got ${show(region)}`);
  const base = parse(endpoint || hostOf(region, options));
  const { hostname, protocol } = base;
  const named = SERVICE.exec(hostname);
  if (named && ((named.index && !cname) || pathStyle)) {
    // With the bucket in it twice the host would not exist, and a page would call that a CORS error.
    throw new TypeError(`OSS takes no bucket in the endpoint and no pathStyle, got ${show(hostname)}`);
  }
  const inferred = named?.[1] ?? named?.[2] ?? "";
  if (!region && !inferred.startsWith("accelerate")) region = inferred;
  const path = pathStyle || /^(\d+(\.\d+){3}|\[.*\]|localhost)$/.test(hostname);
  return {
    region,
    // As text, which no URL parser would change: it would take as long as the signature.
    url(bucket, key) {
      const host = bucket && !path && !cname ? `${bucket}.${base.host}` : base.host;
      const prefix = bucket && path ? `${bucket}/` : "";
      return { url: `${protocol}//${host}/${prefix}${key === undefined ? "" : keyToPath(key)}`, host, bucket };
    },
  };
}
