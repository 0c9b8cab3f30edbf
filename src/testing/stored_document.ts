/**
 * Configuration documents that a bucket keeps as they were put: one row for each kind gives its routes.
 * @module
 */
import type { BucketCall } from "./call.ts";
import { receiveText } from "./receive.ts";
import type { Route } from "./routes.ts";
import { ServiceFault } from "./service_fault.ts";
import type { RouteAnswer } from "./wire.ts";
import { readXml, type XmlErrors, type XmlNode } from "./xml_read.ts";
import { type XmlValue, xmlDocument } from "./xml_write.ts";

/** One kind of document. */
export interface StoredDocument {
  /** What Put, Get and Delete are followed by in OSS's names of the calls: `BucketRequestPayment`. */
  readonly name: string;
  readonly subresource: string;
  /** The document's root element. */
  readonly root: string;
  /** Numbers of errors for what is no such document. */
  readonly errors?: XmlErrors | undefined;
  /** Which calls there are. @default ["Put", "Get", "Delete"] */
  readonly calls?: readonly ("Put" | "Get" | "Delete")[] | undefined;
  /** What Get answers before the first Put: a document, or an error. */
  readonly initial: ((call: BucketCall) => XmlValue) | MissingDocument;
  /** Refuses documents that the service refuses. @throws ServiceFault */
  readonly check?: ((document: XmlNode, call: BucketCall) => void) | undefined;
  /** What Get answers instead of the document as it was put. */
  readonly answer?: ((document: XmlNode, call: BucketCall) => XmlValue) | undefined;
}

/** The error of a document that is not there. */
export interface MissingDocument {
  readonly code: string;
  readonly message: string;
  readonly ec?: string | undefined;
}

/**
 * A document that a bucket keeps.
 * @param call a call on the bucket
 * @param subresource its kind
 */
export function documentOf({ bucket }: Pick<BucketCall, "bucket">, subresource: string): string | undefined {
  return bucket.record.documents?.[subresource];
}

/**
 * Keeps a document with its bucket, or drops it.
 * @param document the text, `undefined` to drop it
 */
export async function keepDocument(call: BucketCall, subresource: string, document: string | undefined): Promise<void> {
  // Read anew: the record may have changed while the body came in.
  const { record } = call.bucket;
  const documents = { ...record.documents };
  if (document === undefined) delete documents[subresource];
  else documents[subresource] = document;
  await call.service.state.putBucket({ ...record, documents });
}

/** The children of a node as what `xmlDocument` writes; neighbours of one name stay in their order. */
export function xmlValue(node: XmlNode): XmlValue {
  if (node.children.length === 0) return node.text;
  const value: Record<string, XmlValue[]> = {};
  for (const child of node.children) {
    const known = value[child.name] ?? [];
    known.push(xmlValue(child));
    value[child.name] = known;
  }
  return value;
}

/**
 * The routes of a document.
 * @param facts what it is
 * @returns routes of Put, Get and Delete, as far as they exist
 */
export function storedDocument(facts: StoredDocument): readonly Route[] {
  const { name, subresource, root, initial, check, answer } = facts;
  async function put(call: BucketCall): Promise<RouteAnswer> {
    const node = readXml(await receiveText(call), root, facts.errors);
    check?.(node, call);
    // Written anew: what comes back is the service's own document, not an echo of the client's.
    await keepDocument(call, subresource, xmlDocument(root, xmlValue(node)));
    return {};
  }
  function get(call: BucketCall): RouteAnswer {
    const kept = documentOf(call, subresource);
    if (kept !== undefined) return { body: answer ? xmlDocument(root, answer(readXml(kept, root), call)) : kept };
    if (typeof initial === "function") return { body: xmlDocument(root, initial(call)) };
    const { code, message, ec } = initial;
    throw new ServiceFault(404, code, message, { ec, extras: { BucketName: call.bucketName } });
  }
  async function remove(call: BucketCall): Promise<RouteAnswer> {
    await keepDocument(call, subresource, undefined);
    return { status: 204 };
  }
  const calls = { Put: ["PUT", put], Get: ["GET", get], Delete: ["DELETE", remove] } as const;
  return (facts.calls ?? ["Put", "Get", "Delete"]).map((verb) => {
    const [method, run] = calls[verb];
    return { operation: `${verb}${name}`, method, scope: "bucket", query: [subresource], access: "owner", run };
  });
}
