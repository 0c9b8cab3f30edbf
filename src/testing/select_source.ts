/**
 * What SelectObject works on: the text of an object, and what was counted of it.
 * @module
 */
import type { Bytes } from "../types.ts";
import { readAll } from "./contents.ts";
import type { Content, ObjectRecord } from "./records.ts";
import type { SelectFacts } from "./select_records.ts";
import { ServiceFault } from "./service_fault.ts";

/** What CreateSelectObjectMeta found out, as long as the object stays what it is. */
export const FACTS: WeakMap<Content, SelectFacts> = new WeakMap();

/** The text of an object. @throws ServiceFault when it is none */
export async function textOf(object: ObjectRecord, gzip: boolean): Promise<string> {
  let bytes: Uint8Array = await readAll(object.content);
  if (gzip) {
    try {
      const plain = new Response(bytes as Bytes).body?.pipeThrough(new DecompressionStream("gzip"));
      bytes = new Uint8Array(await new Response(plain).arrayBuffer());
    } catch {
      throw new ServiceFault(400, "DecompressFailure", "The object is not gzip.");
    }
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ServiceFault(400, "InvalidTextEncoding", "The object is not UTF-8.", { ec: "0016-00000821" });
  }
}
