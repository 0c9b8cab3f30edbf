/**
 * Multipart uploads that are open at the service. Loaded on demand.
 * @module
 */
import type { ScalarField, Shape } from "../../codec/shape.ts";
import { isOSSError, ServiceError } from "../../errors.ts";
import { bareRequest } from "../bare.ts";
import type { OpenUpload, Turn } from "../job.ts";

/** One of them. */
export interface OpenedUpload {
  readonly key: string;
  readonly uploadId: string;
  /** When it was opened, by the service's clock. */
  readonly initiated: string;
}

interface Page {
  readonly uploads: readonly OpenedUpload[];
}

const text: ScalarField<"text"> = { kind: "text", read: undefined };

/** Written by hand, as the request is. Keys are not encoded: one that XML cannot hold is not found. */
const PAGE: Shape<Page> = {
  uploads: {
    kind: "list",
    element: "Upload",
    item: { kind: "object", shape: { key: text, uploadId: text, initiated: text } },
  },
};

/**
 * Lists the open uploads of one key.
 * @param job the upload that asks
 * @param turn makes the request
 * @returns at most a thousand, and the date of the answer, where it is seen
 */
export async function openUploads(
  job: Pick<OpenUpload, "client" | "input">,
  turn: Turn,
): Promise<{ readonly uploads: readonly OpenedUpload[]; readonly date: number | undefined }> {
  const { client, input } = job;
  const query = { uploads: "", prefix: input.key };
  const { key, ...request } = bareRequest(input, "GET", "ListMultipartUploads", query);
  const { readXml } = await import("../../codec/xml_scan.ts");
  const [xml, date] = await turn((call) =>
    client.send(request, call, async ({ headers }, watch) => [await watch.text(), headers.get("date")] as const),
  );
  // The key itself comes before all that it begins.
  const { uploads } = readXml<Page>(xml, "ListMultipartUploadsResult", PAGE);
  return { uploads: uploads.filter((upload) => upload.key === key), date: Date.parse(date ?? "") || undefined };
}

/** Could the service not be asked? Later it may answer. */
export function isUnanswered(error: unknown): boolean {
  return error instanceof ServiceError ? error.status >= 500 : isOSSError(error);
}

/** For warnings: so many empty uploads of a key, at most. */
export function emptyUploads(times: number, key: string): string {
  return `At most ${times > 1 ? `${times} empty uploads` : "one empty upload"} of "${key}"`;
}
