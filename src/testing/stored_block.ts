/**
 * The document of Block Public Access, which accounts, buckets and access points keep alike.
 * @module
 */
import { ServiceFault } from "./service_fault.ts";
import { childText, readXml, type XmlNode } from "./xml_read.ts";

/** Name of the document. */
export const BLOCK = "PublicAccessBlockConfiguration";

/** Whether a document, if there is one, blocks. */
export function blocks(document: string | undefined): boolean {
  return document !== undefined && childText(readXml(document, BLOCK), "BlockPublicAccess") === "true";
}

/**
 * Refuses a document that says neither yes nor no.
 * @throws ServiceFault MalformedXML
 */
export function checkBlock(document: XmlNode): void {
  if (/^(true|false)$/.test(childText(document, "BlockPublicAccess") ?? "")) return;
  throw new ServiceFault(400, "MalformedXML", "BlockPublicAccess must be true or false.");
}
