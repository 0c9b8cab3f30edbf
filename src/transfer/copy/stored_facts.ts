/**
 * What has to be known of an object before a copy of it may take its place.
 * @module
 */
import type { ObjectInput } from "../../core/operation.ts";
import { metadataHeaders } from "../../core/response.ts";
import { show } from "../../core/validate.ts";
import { CorsError } from "../../errors.ts";
import type { VersionInput } from "../../operations/fields.ts";
import { headObject } from "../../operations/object/basic.ts";
import { getObject } from "../../operations/object/get.ts";
import type { CallOptions, Client } from "../../types.ts";

/** An object as it is stored. */
export interface StoredFacts {
  /** With its quotes. */
  readonly etag: string;
  readonly size: number;
  readonly crc64: string | null;
  readonly versionId: string | null;
  readonly lastModified: string | null;
  /** How many tags it has. */
  readonly tags: number;
  /** Headers that describe it, `x-oss-meta-*` aside, as they are sent with a copy. */
  readonly headers: Readonly<Record<string, string>>;
  /** Names in lower case, without the prefix. */
  readonly metadata: Readonly<Record<string, string>>;
}

const DESCRIBING = [
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-type",
  "expires",
  "x-oss-storage-class",
  "x-oss-server-side-encryption",
  "x-oss-server-side-encryption-key-id",
  "x-oss-server-side-data-encryption",
] as const;

/** Options of what writes an object anew from what is seen of it. */
export interface KeepingOptions extends CallOptions {
  /**
   * For pages: the bucket's CORS rules expose all headers that its objects have, each `x-oss-meta-*` too. A page cannot
   * tell a hidden header from an absent one, so without this it is refused. @default false
   */
  readonly exposed?: boolean | undefined;
}

/** The service sends them always, and no rule has a reason to expose them: who sees neither is a page. */
const NEVER_EXPOSED = ["server", "x-oss-server-time"] as const;

/** What every answer has, and a page sees only when it is exposed. */
const NEEDED = ["etag", "x-oss-storage-class"] as const;

/**
 * Reads the headers of an object.
 * @param client the client
 * @param input the object, or a version of it
 * @param call options of each request
 */
export async function objectHeaders(
  client: Client,
  input: ObjectInput & VersionInput,
  call: CallOptions,
): Promise<Headers> {
  const { headers } = await headObject(client, input, call);
  if (headers.has("etag") || headers.has("content-length")) return headers;
  // Compressed on the fly, which only pages cannot decline: without ETag and length, and with the coding of the way.
  const request = getObject.toRequest({ ...input, range: [0, 0] });
  return client.send(request, call, async (response) => {
    await response.body?.cancel();
    const ranged = new Headers(response.headers);
    // That of the range.
    ranged.delete("content-length");
    return ranged;
  });
}

/** The length of an object, from its headers; NaN where a page may not see it. */
export function sizeOf(headers: Headers): number {
  return Number(headers.get("content-range")?.split("/")[1] ?? headers.get("content-length") ?? Number.NaN);
}

/**
 * Reads what is known of an object.
 * @param title what is to be done with it, for messages
 * @throws TypeError when it is a symbolic link: its headers are those of its target
 * @throws CorsError in a page that does not say `exposed`, or is not shown what would get lost
 */
export async function storedFacts(
  client: Client,
  input: ObjectInput & VersionInput,
  call: KeepingOptions,
  title: string,
): Promise<StoredFacts> {
  const headers = await objectHeaders(client, input, call);
  if (headers.get("x-oss-object-type") === "Symlink")
    throw new TypeError(`${title}: ${show(input.key)} is a symbolic link, which putSymlink writes anew`);
  const etag = headers.get("etag");
  const unsure = !call.exposed && NEVER_EXPOSED.every((name) => !headers.has(name));
  if (!etag || unsure || NEEDED.some((name) => !headers.has(name))) {
    const expose = ["ETag", ...DESCRIBING.filter((name) => /^x-oss|[dent]-(di|en|la)/.test(name)), "x-oss-meta-..."];
    const remedy = `Expose ${expose.join(", ")}, and say so: exposed: true`;
    throw new CorsError(`${title}: the page may not see what must not get lost. ${remedy}`, expose);
  }
  const present = DESCRIBING.flatMap((name) => {
    const value = headers.get(name);
    return value ? [[name, value] as const] : [];
  });
  return {
    etag,
    size: sizeOf(headers),
    crc64: headers.get("x-oss-hash-crc64ecma"),
    versionId: headers.get("x-oss-version-id"),
    lastModified: headers.get("last-modified"),
    tags: Number(headers.get("x-oss-tagging-count")),
    headers: Object.fromEntries(present),
    metadata: metadataHeaders.read("", headers) ?? {},
  };
}
