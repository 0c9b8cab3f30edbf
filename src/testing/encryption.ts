/**
 * Server-side encryption: kept as facts of an object and told again, nothing is encrypted.
 * @module
 */
import { type BucketCall, invalidArgument } from "./call.ts";
import type { StoredHeaders } from "./records.ts";
import { ServiceFault } from "./service_fault.ts";
import { documentOf } from "./stored_document.ts";
import type { HeaderMap } from "./wire.ts";
import { childText, readXml } from "./xml_read.ts";

const ALGORITHM = "x-oss-server-side-encryption";
const KEY_ID = "x-oss-server-side-encryption-key-id";
const DATA = "x-oss-server-side-data-encryption";

/** What the bucket's own configuration says. */
function byDefault(call: BucketCall): StoredHeaders | undefined {
  const document = documentOf(call, "encryption");
  const [rule] = document === undefined ? [] : readXml(document, "ServerSideEncryptionRule").children;
  const algorithm = rule && childText(rule, "SSEAlgorithm");
  if (rule === undefined || !algorithm) return undefined;
  const [key, data] = [childText(rule, "KMSMasterKeyID"), childText(rule, "KMSDataEncryption")];
  return { [ALGORITHM]: algorithm, ...(key && { [KEY_ID]: key }), ...(data && { [DATA]: data }) };
}

/**
 * How a new object is encrypted, as the headers that tell it.
 * @param call the request
 * @param headers where they are, when not among the request's headers (a form)
 * @throws ServiceFault for algorithms that do not exist, and keys where none are used
 */
export function encryptionOf(call: BucketCall, headers: HeaderMap = call.headers): StoredHeaders | undefined {
  const [algorithm, key, data] = [ALGORITHM, KEY_ID, DATA].map((name) => headers.get(name) || undefined);
  if (algorithm !== undefined && !/^(AES256|KMS|SM4)$/.test(algorithm)) {
    const message = "The Encryption Algorithm you specified is not valid.";
    throw new ServiceFault(400, "InvalidEncryptionAlgorithmError", message, { extras: { Algorithm: algorithm } });
  }
  if (key !== undefined && algorithm !== "KMS") throw invalidArgument(KEY_ID, key, "A key id needs the algorithm KMS.");
  if (data !== undefined && data !== "SM4") {
    const message = "The KMS Data Encryption request you specified is not valid. Supported value: SM4.";
    throw new ServiceFault(400, "InvalidDataEncryptionAlgorithmError", message);
  }
  if (data !== undefined && algorithm !== "KMS")
    throw invalidArgument(DATA, data, "Data encryption needs the algorithm KMS.");
  if (algorithm === undefined) return byDefault(call);
  return { [ALGORITHM]: algorithm, ...(key && { [KEY_ID]: key }), ...(data && { [DATA]: data }) };
}
