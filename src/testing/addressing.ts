/**
 * Which bucket and key a request is about: virtual-host, cname and path style.
 * @module
 */
import { ServiceFault } from "./service_fault.ts";
import { decodeText } from "./text.ts";

/** Where a request goes. */
export interface Address {
  /** The bucket's name, none for calls to the service. */
  readonly bucket: string | undefined;
  /** The decoded key, none for calls on a bucket. */
  readonly key: string | undefined;
  /** The region that the host names: `cn-hangzhou`. */
  readonly region: string | undefined;
  /** One of the service's own domains. */
  readonly official: boolean;
}

/** What addressing needs to know of the service. */
export interface AddressingOptions {
  /** Own domains of buckets: host (without port) to bucket. */
  readonly cnames: Readonly<Record<string, string>>;
  /** Finds the bucket of further own domains. @default none */
  readonly bound?: ((host: string) => string | undefined) | undefined;
  /** Path style on every host. */
  readonly pathStyle: boolean;
}

/** The service's own hosts; the region is in the first group that matched. */
const OFFICIAL: RegExp =
  /^(?:(.+)\.)?(?:oss-accelerate(?:-overseas)?|oss-(.+?)(?:-internal)?|([a-z0-9-]+)\.oss)\.aliyuncs\.com$/;

/** IP literals. */
const IP: RegExp = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/i;

/** What a bucket may be called. */
const BUCKET: RegExp = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

type Split = readonly [bucket: string | undefined, rest: string];

/** Splits `/bucket/key`, still encoded. */
function splitPath(path: string): Split {
  const [, bucket = "", rest = ""] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  return [bucket === "" ? undefined : (decodeText(bucket) ?? bucket), rest];
}

/** The bucket, if any, and the rest of the path: by the host, or by the path where that is the style. */
function split(host: string, path: string, label: string | undefined, options: AddressingOptions): Split {
  const bare = path.slice(1);
  const cname = options.cnames[host];
  if (cname !== undefined) return [cname, bare];
  if (IP.test(host) || host === "localhost") return splitPath(path);
  const bound = OFFICIAL.test(host) ? undefined : options.bound?.(host);
  if (bound !== undefined) return [bound, bare];
  if (label !== undefined && label !== "") return [label, bare];
  if (bare === "" || options.pathStyle) return splitPath(path);
  throw new ServiceFault(403, "SecondLevelDomainForbidden", "Please use virtual hosted style to access.");
}

/**
 * Finds the bucket and the key of a request.
 * @param hostHeader value of `Host`, port included
 * @param path raw path
 * @param options own domains, and whether path style is taken everywhere
 * @throws ServiceFault for path style on a host that refuses it, and for impossible bucket names
 */
export function locate(hostHeader: string, path: string, options: AddressingOptions): Address {
  const host = hostHeader.replace(/:\d*$/, "").toLowerCase();
  const official = OFFICIAL.exec(host);
  const label = official === null ? host.slice(0, Math.max(0, host.indexOf("."))) : official[1];
  const [bucket, rest] = split(host, path, label, options);
  if (bucket !== undefined && !BUCKET.test(bucket)) {
    throw new ServiceFault(400, "InvalidBucketName", "The specified bucket is not valid.", {
      extras: { BucketName: bucket },
    });
  }
  const key = bucket === undefined || rest === "" ? undefined : decodeText(rest);
  if (key === undefined && bucket !== undefined && rest !== "") {
    throw new ServiceFault(400, "InvalidObjectName", "The specified object is not valid.", { ec: "0016-00000002" });
  }
  return { bucket, key, region: official?.[2] ?? official?.[3], official: official !== null };
}
