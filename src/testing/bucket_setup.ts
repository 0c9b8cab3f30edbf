/**
 * What the headers of PutBucket say, as the documents that the bucket keeps of it.
 * @module
 */
import { type Call, invalidArgument } from "./call.ts";
import { ServiceFault } from "./service_fault.ts";
import { checkTags, tagging } from "./tag_set.ts";
import { decodeText } from "./text.ts";
import { xmlDocument } from "./xml_write.ts";

const ALGORITHM = "x-oss-server-side-encryption";

/** The group of buckets that were put into none. */
export const DEFAULT_GROUP = "rg-default-id";

function tagsOf(text: string): [string, string][] {
  const plain = (part: string): string => {
    const decoded = decodeText(part);
    if (decoded === undefined) throw invalidArgument("x-oss-bucket-tagging", text, "The tags are not well-formed.");
    return decoded;
  };
  return text.split("&").map((pair) => {
    const [key = "", ...value] = pair.split("=");
    return [plain(key), plain(value.join("="))];
  });
}

function encryption(call: Call, algorithm: string): string {
  if (!/^(AES256|KMS|SM4)$/.test(algorithm)) {
    const message = "The Encryption Algorithm you specified is not valid.";
    throw new ServiceFault(400, "InvalidEncryptionAlgorithmError", message, { extras: { Algorithm: algorithm } });
  }
  const key = call.headers.get(`${ALGORITHM}-key-id`);
  if (key !== undefined && algorithm !== "KMS") {
    throw invalidArgument(`${ALGORITHM}-key-id`, key, "A key id needs the algorithm KMS.");
  }
  const data = call.headers.get("x-oss-server-side-data-encryption");
  const rule = { SSEAlgorithm: algorithm, KMSMasterKeyID: key, KMSDataEncryption: data };
  return xmlDocument("ServerSideEncryptionRule", { ApplyServerSideEncryptionByDefault: rule });
}

/**
 * The documents of a new bucket, by sub-resource.
 * @param call PutBucket
 * @throws ServiceFault for headers that make no document
 */
export function setupDocuments(call: Call): Readonly<Record<string, string>> {
  const [group, tags, algorithm, hns] = [
    "x-oss-resource-group-id",
    "x-oss-bucket-tagging",
    ALGORITHM,
    "x-oss-hns-status",
  ].map((name) => call.headers.get(name) ?? "");
  if (hns && !/^(enabled|disabled)$/.test(hns)) {
    throw invalidArgument("x-oss-hns-status", hns, "It must be enabled or disabled.");
  }
  const documents: Record<string, string> = {};
  if (group) documents["resourceGroup"] = xmlDocument("BucketResourceGroupConfiguration", { ResourceGroupId: group });
  if (algorithm) documents["encryption"] = encryption(call, algorithm);
  if (tags) {
    const list = tagsOf(tags);
    checkTags(list);
    documents["tagging"] = tagging(list);
  }
  return documents;
}
