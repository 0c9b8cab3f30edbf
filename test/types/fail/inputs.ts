/** What a caller can get wrong. Each comment promises an error in the lines that follow it. */
import {
  createClient,
  deletePrefix,
  each,
  getObject,
  headObject,
  listObjectsV2,
  move,
  presign,
  putBucket,
  putObject,
  upload,
  uploadPart,
} from "oss-fetch";

const client = createClient({ region: "cn-hangzhou", bucket: "photos", credentials: "anonymous" });

// Error: the key is required
void putObject(client, { body: "x" });

// Error: the body is required
void putObject(client, { key: "a" });

// Error: a misspelt field
void putObject(client, { key: "a", body: "x", storageclass: "IA" });

// Error: a number is no body
void putObject(client, { key: "a", body: 1 });

// Error: a form is a body of PostObject alone
void putObject(client, { key: "a", body: new FormData() });

// Error: not an ACL of the service
void putObject(client, { key: "a", body: "x", acl: "public" });

// Error: an object's ACL on a bucket
void putBucket(client, { acl: "default" });

// Error: a formatted date
void headObject(client, { key: "a", ifModifiedSince: "Sat, 16 Dec 2023 16:20:57 GMT" });

// Error: what never goes on the wire belongs to the options
void getObject(client, { key: "a", signal: AbortSignal.timeout(1) });

// Error: what goes on the wire belongs to the input
void getObject(client, { key: "a" }, { range: [0, 1] });

// Error: the part number and the upload are required
void uploadPart(client, { key: "a", body: "x" });

// Error: metadata is text
void putObject(client, { key: "a", body: "x", metadata: { size: 1 } });

// Error: a presigned URL carries no body
void presign(client, putObject, { key: "a", body: "x" }, { expiresIn: 60 });

// Error: a presigned URL needs its operation's input
void presign(client, getObject, {}, { expiresIn: 60 });

// Error: a presigned URL needs a lifetime
void presign(client, getObject, { key: "a" }, {});

// Error: only lists can be walked
void each(client, getObject, { key: "a" });

// Error: a list has no key
void each(client, listObjectsV2, { key: "a" });

// Error: an option that does not exist
void upload(client, { key: "a", body: "x" }, { parallel: 4 });

// Error: a prefix must be named, or the whole bucket would go
void deletePrefix(client, {});

// Error: whether all may go is no matter for the wire
void deletePrefix(client, { prefix: "", all: true });

// Error: nothing to move
void move(client, { key: "b" });
