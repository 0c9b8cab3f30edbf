/** The call sites of the documentation. */
import {
  bucketExists,
  type CheckpointStore,
  type ClientOptions,
  type Credentials,
  copyPrefix,
  createClient,
  createPresigner,
  createSlots,
  createUpload,
  deleteMultipleObjects,
  deleteObjects,
  deletePrefix,
  discardTransfer,
  each,
  folderSize,
  getObject,
  headObject,
  isOSSError,
  listBuckets,
  listObjectsV2,
  move,
  OSS,
  type OSSError,
  pages,
  postPolicy,
  presign,
  putBucket,
  putMeta,
  putObject,
  resumeUpload,
  ServiceError,
  transfers,
  type UploadCheckpoint,
  upload,
  uploadPart,
} from "oss-fetch";

const client = createClient({
  region: "cn-hangzhou",
  bucket: "photos",
  credentials: async ({ signal }) => {
    const response = await fetch("https://backend.example/sts", { signal });
    return (await response.json()) as Credentials;
  },
});

export async function everyday(file: Blob, signal: AbortSignal): Promise<string> {
  const put = await putObject(
    client,
    { key: "a.txt", body: "hello", metadata: { from: "here" }, acl: "private" },
    { signal },
  );
  const { etag, crc64, status, requestId, headers } = put;
  const tag: string | undefined = etag;
  const sum: bigint | undefined = crc64;
  const response: Response = (await getObject(client, { key: "a.txt", range: [0, 1023] })) as Response;
  const { lastModified, metadata } = await headObject(client, { key: "a.txt", ifModifiedSince: new Date(0) });
  const uploaded = await upload(
    client,
    { key: "trip.mp4", body: file },
    { signal, onProgress: ({ loaded }) => void loaded },
  );
  const job = createUpload(client, { key: "trip.mp4", body: file }, { slots: createSlots(6), priority: 1 });
  for await (const { acknowledged, eta = 0 } of job) if (acknowledged > eta) await job.pause();
  job.resume();
  const kept: UploadCheckpoint | undefined = await job.stop();
  if (job.state === "stopped") await job.discard();
  await uploadPart(client, {
    key: "trip.mp4",
    uploadId: uploaded.uploadId ?? "",
    partNumber: 1,
    body: new Uint8Array(1),
  });
  const day: string | undefined = lastModified?.toISOString();
  const exists: boolean = await bucketExists(client, { bucket: "photos" });
  return [
    tag,
    kept?.parts[0]?.crc64,
    (await job.finished).size,
    sum,
    status,
    requestId,
    headers.get("date"),
    day,
    Object.keys(metadata),
    exists,
    await response.text(),
  ].join();
}

export async function lists(): Promise<string[]> {
  const keys: string[] = [];
  for await (const item of each(client, listObjectsV2, { prefix: "2025/", delimiter: "/" })) {
    keys.push(item.isPrefix ? item.key : `${item.key} ${item.size} ${item.lastModified.getTime()}`);
  }
  for await (const page of pages(client, listObjectsV2, { maxKeys: 10 })) keys.push(String(page.objects.length));
  for await (const bucket of each(client, listBuckets, {})) keys.push(bucket.name);
  await deleteMultipleObjects(client, { objects: keys });
  return keys;
}

export async function links(): Promise<string> {
  const { url, method, signedHeaders, expires } = await presign(
    client,
    putObject,
    { key: "trip.mp4" },
    { expiresIn: 600 },
  );
  const presigner = await createPresigner(client);
  const link = presigner.presign(getObject, { key: "trip.mp4" }, { expiresIn: 60 });
  const form = await postPolicy(client, { keyPrefix: "u/42/", maxSize: 5e9, expiresIn: 3600 });
  return [url, method, Object.keys(signedHeaders), expires.getTime(), link.url, form.url].join();
}

export async function folders(): Promise<string> {
  const found = each(client, listObjectsV2, { prefix: "2019/" });
  const { deleted, deletedKeys } = await deleteObjects(client, { objects: ["a", { key: "b", versionId: "v" }] });
  await deleteObjects(client, { objects: found }, { onDeleted: (list) => console.log(list[0]?.key), concurrency: 2 });
  await deletePrefix(client, { prefix: "2019/" }, { dryRun: true, versions: true });
  await move(client, { sourceKey: "a", key: "b", forbidOverwrite: true });
  await putMeta(client, { key: "b", cacheControl: null, metadata: { a: "1", b: null }, expires: new Date(0) });
  const { size, byStorageClass } = await folderSize(client, { prefix: "" }, { delimiter: "/" });
  const { skipped } = await copyPrefix(client, { sourcePrefix: "a/", prefix: "b/" }, { skipExisting: true });
  return [deleted, deletedKeys[0]?.length, size, byStorageClass["IA"]?.objects, skipped].join();
}

/** What a list of transfers has is gone on with as it is. */
export async function goOn(store: CheckpointStore, body: Blob): Promise<number> {
  const sizes: number[] = [];
  for await (const record of transfers(store)) {
    if (record.kind !== "upload") await discardTransfer(client, store, record);
    else sizes.push((await resumeUpload(client, record, { body, checkpoints: store }).finished).size);
  }
  return sizes.length;
}

/** An absent option and an undefined one are the same. */
export function optional(region: string | undefined, token: string | undefined): ClientOptions {
  return {
    region,
    credentials: { accessKeyId: "a", accessKeySecret: "b", securityToken: token },
    signatureVersion: undefined,
  };
}

export async function failures(): Promise<string> {
  const oss = new OSS({ region: "cn-hangzhou", bucket: "photos", credentials: "anonymous" });
  try {
    await putBucket(oss, { acl: "public-read", storageClass: "a class of tomorrow" });
    await oss.put("a.txt", "hello");
  } catch (error) {
    if (error instanceof ServiceError)
      return `${error.name satisfies "ServiceError"} ${error.status} ${error.code} ${error.ec}`;
    if (isOSSError(error)) return (error satisfies OSSError).code;
  }
  const raw: Response = await client.send({
    method: "GET",
    key: "a.txt",
    query: { "x-oss-process": "image/info", acl: null },
  });
  return raw.text();
}
