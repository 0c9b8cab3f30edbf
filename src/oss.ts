/**
 * The everyday verbs on one object, for those who want no imports to choose.
 * @module
 */
import { createClient } from "./core/create_client.ts";
import type { ClientOptions } from "./core/options.ts";
import { each } from "./core/pages.ts";
import { type PostForm, type PostPolicyInput, postPolicy } from "./core/post_policy.ts";
import { type PresignedRequest, type PresignOptions, presign } from "./core/presign.ts";
import { bucketExists, objectExists } from "./operations/exists.ts";
import { type AppendObjectResult, appendObject } from "./operations/object/append.ts";
import {
  type DeleteObjectResult,
  deleteObject,
  type HeadObjectResult,
  headObject,
  type PutObjectInput,
  type PutObjectResult,
  putObject,
} from "./operations/object/basic.ts";
import type { CopyObjectInput, CopyObjectResult } from "./operations/object/copy.ts";
import { type GetObjectInput, type GetObjectResult, getObject } from "./operations/object/get.ts";
import { type ListItem, type ListObjectsV2Input, listObjectsV2 } from "./operations/object/list.ts";
import type { CopyInput, CopyOptions, CopyResult } from "./transfer/copy/types.ts";
import { copy } from "./transfer/copy.ts";
import { type DeleteObjectsResult, deleteObjects, type ObjectsToDelete } from "./transfer/delete_objects.ts";
import { type DeletePrefixOptions, type DeletePrefixResult, deletePrefix } from "./transfer/delete_prefix.ts";
import type { DownloadInput, DownloadOptions, DownloadResult } from "./transfer/download/types.ts";
import { download } from "./transfer/download.ts";
import { type MoveInput, move } from "./transfer/move.ts";
import type { DeleteOptions } from "./transfer/objects/delete_batches.ts";
import { type PutMetaInput, putMeta } from "./transfer/put_meta.ts";
import type { UploadInput, UploadOptions, UploadResult } from "./transfer/upload/types.ts";
import { upload } from "./transfer/upload.ts";
import type { CallOptions, Client, ClientContext, ObjectBody } from "./types.ts";

type Fields<I> = Omit<I, "key" | "body">;

/**
 * An OSS client with the everyday verbs as methods; itself a {@link Client} for every function of this library.
 *
 * It brings along all the code that its methods need: in a page that only uploads, `createClient` and `upload` are
 * smaller.
 * @throws TypeError when an option is missing, malformed or contradicts another
 * @example
 * ```ts
 * import { OSS } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = new OSS({ ...createTestOSS({ buckets: ["photos"] }).clientOptions, bucket: "photos" });
 * await oss.put("a.txt", "hello");
 * console.log(await (await oss.get("a.txt")).text());
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/list-of-operations-by-function
 */
export class OSS implements Client {
  readonly context: ClientContext;
  readonly send: Client["send"];
  /** @param options those of `createClient` */
  constructor(options: ClientOptions) {
    ({ context: this.context, send: this.send } = createClient(options));
  }
  /** Stores an object in one request. */
  put(key: string, body: ObjectBody, fields?: Fields<PutObjectInput>, options?: CallOptions): Promise<PutObjectResult> {
    return putObject(this, { ...fields, key, body }, options);
  }
  /** Uploads a body of any size, in parallel parts when it is large. */
  upload(
    key: string,
    body: UploadInput["body"],
    fields?: Fields<UploadInput>,
    options?: UploadOptions,
  ): Promise<UploadResult> {
    return upload(this, { ...fields, key, body }, options);
  }
  /** Reads an object, or a range of it, as a `Response`. */
  get(key: string, fields?: Fields<GetObjectInput>, options?: CallOptions): Promise<GetObjectResult> {
    return getObject(this, { ...fields, key }, options);
  }
  /** Reads an object of any size as a stream in order, from parallel requests. */
  download(key: string, fields?: Fields<DownloadInput>, options?: DownloadOptions): Promise<DownloadResult> {
    return download(this, { ...fields, key }, options);
  }
  /** Reads an object's properties and metadata. */
  head(key: string, options?: CallOptions): Promise<HeadObjectResult> {
    return headObject(this, { key }, options);
  }
  /** Tells whether an object exists. */
  exists(key: string, options?: CallOptions): Promise<boolean> {
    return objectExists(this, { key }, options);
  }
  /** Tells whether the client's bucket, or another one, exists. */
  bucketExists(bucket?: string, options?: CallOptions): Promise<boolean> {
    return bucketExists(this, { bucket }, options);
  }
  /** Deletes one object. */
  delete(key: string, options?: CallOptions): Promise<DeleteObjectResult> {
    return deleteObject(this, { key }, options);
  }
  /** Deletes any number of objects. */
  deleteMany(objects: ObjectsToDelete, options?: DeleteOptions): Promise<DeleteObjectsResult> {
    return deleteObjects(this, { objects }, options);
  }
  /** Deletes all objects below a prefix; an empty one takes `{ all: true }`. */
  deletePrefix(prefix: string, options?: DeletePrefixOptions): Promise<DeletePrefixResult> {
    return deletePrefix(this, { prefix }, options);
  }
  /** Walks objects and, with a delimiter, common prefixes, in byte order. */
  list(input: ListObjectsV2Input = {}, options?: CallOptions): AsyncGenerator<ListItem, void, undefined> {
    return each(this, listObjectsV2, input, options);
  }
  /** Copies an object of the client's bucket, or of another one, of any size. */
  copy(
    key: string,
    source: string | CopyObjectInput["copySource"],
    fields?: Omit<CopyInput, "key" | "sourceKey" | "sourceBucket" | "sourceVersionId">,
    options?: CopyOptions,
  ): Promise<CopyResult> {
    const from = typeof source === "string" ? { key: source, bucket: undefined, versionId: undefined } : source;
    const named = { sourceKey: from.key, sourceBucket: from.bucket, sourceVersionId: from.versionId };
    return copy(this, { ...fields, key, ...named }, options);
  }
  /** Renames an object of the client's bucket. */
  move(
    key: string,
    sourceKey: string,
    fields?: Omit<Fields<MoveInput>, "sourceKey">,
    options?: CopyOptions,
  ): Promise<CopyObjectResult> {
    return move(this, { ...fields, key, sourceKey }, options);
  }
  /** Changes headers or metadata of an object; what is not given stays. */
  putMeta(key: string, changes: Fields<PutMetaInput>, options?: CallOptions): Promise<CopyObjectResult> {
    return putMeta(this, { ...changes, key }, options);
  }
  /** Appends to an object at a position. */
  append(key: string, position: number, body: ObjectBody, options?: CallOptions): Promise<AppendObjectResult> {
    return appendObject(this, { key, position, body }, options);
  }
  /** Presigns a URL that reads an object. */
  presignGet(key: string, options: PresignOptions, fields?: Fields<GetObjectInput>): Promise<PresignedRequest> {
    return presign(this, getObject, { ...fields, key }, options);
  }
  /** Presigns a URL that stores an object. */
  presignPut(key: string, options: PresignOptions, fields?: Fields<PutObjectInput>): Promise<PresignedRequest> {
    return presign(this, putObject, { ...fields, key }, options);
  }
  /** Signs a form, so that a page can upload without credentials of its own. */
  postPolicy(input: PostPolicyInput, options?: { readonly signal?: AbortSignal | undefined }): Promise<PostForm> {
    return postPolicy(this, input, options);
  }
}
