/**
 * SelectObject.
 * @module
 */
import { encodeUtf8 } from "../../codec/utf8.ts";
import type { Bytes } from "../../types.ts";
import type { ObjectCall } from "../call.ts";
import { receiveText } from "../receive.ts";
import type { ObjectRecord } from "../records.ts";
import type { Route } from "../routes.ts";
import type { SelectInput, SelectOutput } from "../select_format.ts";
import { ending, FRAME, frame, joined } from "../select_frames.ts";
import { readExpression, readInput, readLimits, readOutput } from "../select_request.ts";
import { runSelect, type SelectChunk } from "../select_run.ts";
import { FACTS, textOf } from "../select_source.ts";
import { parseSql } from "../select_sql.ts";
import type { SelectRun } from "../select_write.ts";
import { ServiceFault } from "../service_fault.ts";
import type { RouteAnswer } from "../wire.ts";
import { readXml } from "../xml_read.ts";
import { findObject } from "./get_object.ts";

/** The lines that the range of a request stands for. */
function linesOf({ content }: ObjectRecord, { span }: SelectInput): SelectRun["lines"] {
  if (span === undefined) return undefined;
  const facts = FACTS.get(content);
  if (facts === undefined) {
    throw new ServiceFault(400, "SelectCsvMetaUnavailable", "Ranges need CreateSelectObjectMeta first.");
  }
  const total = span.kind === "split" ? facts.splits.length : facts.rows;
  if (span.first >= total) {
    const ec = span.kind === "split" ? "0016-00000817" : undefined;
    throw new ServiceFault(400, "InvalidRange", `The ${span.kind} range is invalid: there are ${total}.`, { ec });
  }
  if (span.kind === "line") return span;
  return { first: facts.splits[span.first] ?? 0, last: (facts.splits[span.last + 1] ?? Number.POSITIVE_INFINITY) - 1 };
}

/** Frames as far as the statement goes; what goes wrong after the first one is told in the last one. */
function framesOf(chunks: Iterable<SelectChunk>, { crc }: SelectOutput, size: number): Bytes[] {
  const frames: Bytes[] = [];
  let [offset, status, message] = [0, 200, ""];
  try {
    for (const chunk of chunks) {
      offset = chunk.offset;
      const type = chunk.text === "" ? FRAME.continuous : FRAME.data;
      frames.push(frame(type, offset, encodeUtf8(chunk.text), crc));
    }
    offset = size;
  } catch (error) {
    if (!(error instanceof ServiceFault) || frames.length === 0) throw error;
    ({ status } = error);
    message = `${error.code}.${error.message}`;
  }
  return [...frames, frame(FRAME.end, offset, ending(offset, status, [], message), crc)];
}

async function selectObject(call: ObjectCall): Promise<RouteAnswer> {
  const json = call.query.get("x-oss-process") === "json/select";
  const root = readXml(await receiveText(call), "SelectRequest");
  const statement = parseSql(readExpression(root));
  const [input, output, limits] = [readInput(root, json), readOutput(root, json), readLimits(root)];
  const object = findObject(call);
  const text = await textOf(object, input.gzip);
  const chunks = runSelect(text, { statement, input, output, limits, lines: linesOf(object, input) });
  const body = output.raw
    ? encodeUtf8([...chunks].map((chunk) => chunk.text).join(""))
    : joined(framesOf(chunks, output, object.content.size));
  const headers = { "content-type": "application/octet-stream", "x-oss-select-output-raw": String(output.raw) };
  return { status: 206, headers, body };
}

/** The rows of SelectObject. */
export const selectObjectRoutes: readonly Route[] = [
  {
    operation: "SelectObject",
    method: "POST",
    scope: "object",
    query: ["x-oss-process=csv/select"],
    access: "read",
    run: selectObject,
  },
  {
    operation: "SelectObject",
    method: "POST",
    scope: "object",
    query: ["x-oss-process=json/select"],
    access: "read",
    run: selectObject,
  },
];
