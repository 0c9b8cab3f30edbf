/**
 * PutSymlink and GetSymlink.
 * @module
 */
import { decodePercent, encodePath } from "../../codec/uri.ts";
import { type ObjectInput, type Operation, operation } from "../../core/operation.ts";
import { dateHeader, header, headerResult, metadataHeaders } from "../../core/response.ts";
import { checkKey } from "../../core/validate.ts";
import type { Result } from "../../types.ts";
import { type EncryptionHeaders, type ObjectHeaders, objectWire, type VersionInput } from "../fields.ts";
import { required } from "../required.ts";

/** Input of PutSymlink; metadata, tags and ACL are the link's own. */
export interface PutSymlinkInput extends ObjectInput, Omit<ObjectHeaders, keyof EncryptionHeaders> {
  /** Key of the object in the same bucket that is read instead; it need not exist yet, and must be no link itself. */
  readonly symlinkTarget: string;
}

/** Result of PutSymlink. */
export interface PutSymlinkResult extends Result {
  readonly etag?: string;
  readonly versionId?: string;
}

/**
 * Makes an object that stands for another one: reading it reads the current version of its target.
 * @throws TypeError when a key is malformed
 * @throws ServiceError `FileAlreadyExists` with `forbidOverwrite`; reads of a link fail with `SymlinkTargetNotExist`
 * @example
 * ```ts
 * import { createClient, getObject, putObject, putSymlink } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putObject(client, { key: "2025/a.txt", body: "hello" });
 * await putSymlink(client, { key: "latest.txt", symlinkTarget: "2025/a.txt" });
 * console.log(await (await getObject(client, { key: "latest.txt" })).text());
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putsymlink
 */
export const putSymlink: Operation<PutSymlinkInput, PutSymlinkResult> = /* @__PURE__ */ operation(() => ({
  name: "PutSymlink",
  method: "PUT",
  scope: "object",
  subresource: "symlink",
  wire: {
    ...objectWire(),
    symlinkTarget: [
      "x-oss-symlink-target",
      (target) => {
        checkKey(target);
        return encodePath(target);
      },
    ],
  },
  request: required("symlinkTarget"),
  result: headerResult({ etag: header("etag"), versionId: header("x-oss-version-id") }),
}));

/** Input of GetSymlink. */
export interface GetSymlinkInput extends ObjectInput, VersionInput {}

/** Result of GetSymlink: the link's own facts, not its target's. */
export interface GetSymlinkResult extends Result {
  /** Key of the target. Absent in a page whose bucket does not expose `x-oss-symlink-target`. */
  readonly symlinkTarget?: string;
  readonly etag?: string;
  readonly lastModified?: Date;
  readonly versionId?: string;
  /** `x-oss-meta-*`, names in lower case without the prefix. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads where a symbolic link points to.
 * @throws ServiceError `NotSymlink`, `NoSuchKey`
 * @example
 * ```ts
 * import { createClient, getSymlink, putSymlink } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putSymlink(client, { key: "latest.txt", symlinkTarget: "2025/a.txt" });
 * console.log((await getSymlink(client, { key: "latest.txt" })).symlinkTarget);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getsymlink
 */
export const getSymlink: Operation<GetSymlinkInput, GetSymlinkResult> = /* @__PURE__ */ operation(() => ({
  name: "GetSymlink",
  method: "GET",
  scope: "object",
  subresource: "symlink",
  wire: { versionId: "?versionId" },
  result: headerResult({
    symlinkTarget: { header: "x-oss-symlink-target", read: decodePercent },
    etag: header("etag"),
    lastModified: dateHeader("last-modified"),
    versionId: header("x-oss-version-id"),
    metadata: metadataHeaders,
  }),
}));
