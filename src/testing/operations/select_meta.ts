/**
 * CreateSelectObjectMeta.
 * @module
 */
import type { ObjectCall } from "../call.ts";
import { receiveText } from "../receive.ts";
import type { Route } from "../routes.ts";
import { ending, FRAME, frame, joined } from "../select_frames.ts";
import { countRecords } from "../select_records.ts";
import { readInput } from "../select_request.ts";
import { recordsOf } from "../select_run.ts";
import { FACTS, textOf } from "../select_source.ts";
import { ServiceFault } from "../service_fault.ts";
import type { RouteAnswer } from "../wire.ts";
import { readXml } from "../xml_read.ts";
import { findObject } from "./get_object.ts";

async function createSelectObjectMeta(call: ObjectCall): Promise<RouteAnswer> {
  const json = call.query.get("x-oss-process") === "json/meta";
  const root = readXml(await receiveText(call), json ? "JsonMetaRequest" : "CsvMetaRequest");
  const input = readInput(root, json);
  if (input.gzip) throw new ServiceFault(400, "UnsupportedCompressionFormat", "Only plain objects are counted.");
  const object = findObject(call);
  const again = root.children.some((one) => one.name === "OverwriteIfExists" && /true/i.test(one.text));
  let scanned = 0;
  let facts = again ? undefined : FACTS.get(object.content);
  if (facts === undefined) {
    facts = countRecords(recordsOf(await textOf(object, false), input));
    FACTS.set(object.content, facts);
    scanned = object.content.size;
  }
  const { rows, columns, splits } = facts;
  const counts = json ? [splits.length, BigInt(rows)] : [splits.length, BigInt(rows), columns];
  const type = json ? FRAME.jsonMetaEnd : FRAME.csvMetaEnd;
  return {
    headers: { "content-type": "application/octet-stream" },
    body: joined([
      frame(FRAME.continuous, 0, new Uint8Array(0), true),
      frame(type, scanned, ending(scanned, 200, counts, "."), true),
    ]),
  };
}

/** The rows of CreateSelectObjectMeta. */
export const selectMetaRoutes: readonly Route[] = [
  {
    operation: "CreateSelectObjectMeta",
    method: "POST",
    scope: "object",
    query: ["x-oss-process=csv/meta"],
    access: "write",
    run: createSelectObjectMeta,
  },
  {
    operation: "CreateSelectObjectMeta",
    method: "POST",
    scope: "object",
    query: ["x-oss-process=json/meta"],
    access: "write",
    run: createSelectObjectMeta,
  },
];
