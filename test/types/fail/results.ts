/** What a caller can get wrong about clients and results. Each comment promises an error in the lines that follow it. */
import { createClient, getObject, headObject, isOSSError, listObjectsV2, putObject, ServiceError } from "oss-fetch";

// Error: a misspelt option
createClient({ regoin: "cn-hangzhou", credentials: "anonymous" });

// Error: half of the keys
createClient({ region: "cn-hangzhou", credentials: { accessKeyId: "a" } });

// Error: a signature version that is refused
createClient({ region: "cn-hangzhou", credentials: "anonymous", signatureVersion: "v2" });

// Error: a lifetime that is no number of milliseconds
createClient({ region: "cn-hangzhou", credentials: "anonymous", timeout: "30s" });

const client = createClient({ region: "cn-hangzhou", bucket: "photos", credentials: "anonymous" });

// Error: the ETag may be hidden
const etag: string = (await putObject(client, { key: "a", body: "x" })).etag;

// Error: a CRC-64 does not fit a number
const crc64: number | undefined = (await putObject(client, { key: "a", body: "x" })).crc64;

// Error: a date is a Date
const modified: string | undefined = (await headObject(client, { key: "a" })).lastModified;

// Error: not a field of the result
const size = (await headObject(client, { key: "a" })).sizeInBytes;

// Error: the items of a list are objects
const first: string | undefined = (await listObjectsV2(client, {})).objects[0];

// Error: a result is not changed
(await headObject(client, { key: "a" })).status = 200;

// Error: an unmodelled call needs a method
const raw = client.send({ key: "a" });

// Error: an unknown method
const other = client.send({ method: "PATCH", key: "a" });

export function caught(error: unknown): unknown {
  // Error: not every error of the library has a status
  if (isOSSError(error)) return error.status;

  // Error: the name is one of a few
  if (error instanceof ServiceError) return error.name === "NetworkError";

  return [etag, crc64, modified, size, first, raw, other, getObject];
}
