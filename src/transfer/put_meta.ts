/**
 * Changes what is said of an object, and leaves the rest as it is.
 * @module
 */
import { httpDate } from "../codec/time.ts";
import type { ObjectInput } from "../core/operation.ts";
import { show } from "../core/validate.ts";
import { ServiceError } from "../errors.ts";
import { getObjectAcl } from "../operations/object/acl.ts";
import { type CopyObjectResult, copyObject } from "../operations/object/copy.ts";
import type { Client, ObjectAcl, OpenEnum, StorageClass } from "../types.ts";
import { type KeepingOptions, type StoredFacts, storedFacts } from "./copy/stored_facts.ts";

/** Input of `putMeta`: what is given is changed, `null` removes, all else stays. */
export interface PutMetaInput extends ObjectInput {
  /** `x-oss-meta-*`: names that are not given stay, too. */
  readonly metadata?: Readonly<Record<string, string | null | undefined>> | undefined;
  readonly contentType?: string | null | undefined;
  readonly cacheControl?: string | null | undefined;
  readonly contentDisposition?: string | null | undefined;
  readonly contentEncoding?: string | null | undefined;
  readonly contentLanguage?: string | null | undefined;
  readonly expires?: Date | null | undefined;
  readonly storageClass?: OpenEnum<StorageClass> | undefined;
  /** @default the object's own, which is read first */
  readonly acl?: ObjectAcl | undefined;
}

/**
 * Changes an object's headers or metadata; everything else survives: other headers, metadata, tags, ACL, storage class,
 * encryption.
 *
 * OSS has no such call: the object is looked at and copied onto itself, on condition that its content is still the
 * same. When it is not, that is done once more. Of two changes of metadata at the same time the later one wins. A page
 * cannot tell hidden headers from absent ones, and what it does not see would get lost: see `exposed`. To an appendable
 * object nothing can be appended afterwards, where the service copies it at all.
 *
 * @param client the client
 * @param input the key and the changes; extra headers and parameters go with the copy
 * @param options of each call
 * @returns the object's ETag and, in a bucket that keeps versions, its new version
 * @throws TypeError when a value is malformed, or the object is a symbolic link
 * @throws ServiceError `NoSuchKey`; `PreconditionFailed` when the content changed again and again
 * @throws CorsError in a page that does not say `exposed`, or is not shown what would get lost
 * @example
 * ```ts
 * import { createClient, putMeta, putObject } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putObject(client, { key: "a.txt", body: "hello", metadata: { by: "me", draft: "1" } });
 * await putMeta(client, { key: "a.txt", cacheControl: "no-cache", metadata: { draft: null } });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/user-guide/manage-object-metadata-10
 */
export async function putMeta(
  client: Client,
  input: PutMetaInput,
  options: KeepingOptions = {},
): Promise<CopyObjectResult> {
  const { key, query, requestPayer } = input;
  const { bucket } = client.context.url(input.bucket, key);
  if (bucket === undefined) throw new TypeError("bucket must be given, got undefined");
  const changes = changesOf(input);
  const object = { bucket, key, requestPayer };
  // Malformed changes are found before any request.
  copyObject.toRequest({ ...object, copySource: object, metadata: mergeMetadata({}, input), headers: changes });
  for (let attempt = 1; ; attempt++) {
    const [facts, acl] = await Promise.all([
      storedFacts(client, object, options, `Cannot change ${show(key)}`),
      input.acl ?? getObjectAcl(client, object, options).then((answer) => answer.acl as ObjectAcl),
    ]);
    const copy = {
      ...object,
      query,
      copySource: { bucket, key },
      copySourceIfMatch: facts.etag,
      metadataDirective: "REPLACE",
      taggingDirective: "Copy",
      metadata: mergeMetadata(facts.metadata, input),
      acl: acl === "default" ? undefined : acl,
      headers: { ...facts.headers, ...changes },
    } as const;
    try {
      return await copyObject(client, copy, options);
    } catch (error) {
      if (attempt === 2 || !(error instanceof ServiceError) || error.status !== 412) throw error;
    }
  }
}

/** Headers to change; `undefined` removes. */
function changesOf(input: PutMetaInput): Record<string, string | undefined> {
  const { expires, storageClass } = input;
  const changes: Record<string, string | undefined> = {};
  const set = (name: string, value: string | null | undefined): void => {
    if (value !== undefined) changes[name] = value ?? undefined;
  };
  set("content-type", input.contentType);
  set("cache-control", input.cacheControl);
  set("content-disposition", input.contentDisposition);
  set("content-encoding", input.contentEncoding);
  set("content-language", input.contentLanguage);
  set("expires", expires && httpDate(expires));
  set("x-oss-storage-class", storageClass);
  for (const [name, value] of Object.entries(input.headers ?? {})) changes[name.toLowerCase()] = value;
  return changes;
}

function mergeMetadata(stored: StoredFacts["metadata"], { metadata = {} }: PutMetaInput): Record<string, string> {
  const merged = new Map(Object.entries(stored));
  for (const [name, value] of Object.entries(metadata)) {
    if (value === null) merged.delete(name.toLowerCase());
    else if (value !== undefined) merged.set(name.toLowerCase(), value);
  }
  return Object.fromEntries(merged);
}
