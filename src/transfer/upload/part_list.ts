/**
 * Learns from ListParts what the service has, and what a browser hides in the answers of UploadPart: a document is
 * readable where headers are not. Loaded when something is hidden, or an earlier run is gone on with.
 * @module
 */

import type { ScalarField, Shape } from "../../codec/shape.ts";
import { CorsError, IntegrityError } from "../../errors.ts";
import { bareRequest } from "../bare.ts";
import type { OpenUpload, SentPart, UploadJob } from "../job.ts";

/** A part that the service has. */
export interface ListedPart {
  readonly partNumber: number;
  readonly etag: string;
  readonly size: number;
  readonly crc64?: bigint;
}

interface Page {
  readonly parts: readonly ListedPart[];
  readonly isTruncated?: boolean;
  readonly nextPartNumberMarker?: number;
}

const number: ScalarField<"number"> = {
  kind: "number",
  read: (text) => (/^\d+$/.test(text) ? Number(text) : undefined),
};

/** Written by hand, as the request is. */
const PAGE: Shape<Page> = {
  parts: {
    kind: "list",
    element: "Part",
    item: {
      kind: "object",
      shape: {
        partNumber: number,
        etag: { kind: "text", element: "ETag", read: undefined },
        size: number,
        crc64: {
          kind: "bigint",
          element: "HashCrc64ecma",
          read: (text) => (/^\d+$/.test(text) ? BigInt(text) : undefined),
        },
      },
    },
  },
  isTruncated: { kind: "boolean", read: (text) => text === "true" },
  nextPartNumberMarker: number,
};

/**
 * Lists all parts.
 * @param job the upload
 * @param uploadId its multipart upload
 * @returns them by ascending number
 * @throws ServiceError `NoSuchUpload`
 * @throws DecodeError when a page leads nowhere
 */
export async function listParts(
  job: Pick<OpenUpload, "client" | "input" | "turn">,
  uploadId: string | undefined,
): Promise<readonly ListedPart[]> {
  const { client, input } = job;
  const { endless, readXml } = await import("../../codec/xml_scan.ts");
  const parts: ListedPart[] = [];
  for (let marker = 0; ; ) {
    const query = { uploadId, "part-number-marker": marker || undefined };
    const request = bareRequest(input, "GET", "ListParts", query);
    const xml = await job.turn((call) => client.send(request, call, (_, watch) => watch.text()));
    const page = readXml<Page>(xml, "ListPartsResult", PAGE);
    for (const part of page.parts) parts.push(part);
    if (!page.isTruncated) return parts;
    const { nextPartNumberMarker: next = 0 } = page;
    if (next <= marker) throw endless("ListParts");
    marker = next;
  }
}

/**
 * Fills in missing ETags and compares sizes and CRC-64s.
 * @param job the upload
 * @param parts what was sent, in order from part 1
 * @throws IntegrityError when the service holds a part that differs
 * @throws CorsError when an ETag is hidden and the list does not tell it either
 */
export async function confirmParts(job: UploadJob, parts: readonly SentPart[]): Promise<void> {
  const { client, controller, uploadId } = job;
  const hidden = [
    ...(parts.some((part) => part.etag === undefined) ? ["ETag"] : []),
    ...(parts.some((part) => part.crc64 !== undefined && !part.confirmed) ? ["x-oss-hash-crc64ecma"] : []),
  ];
  const advice = `add ${hidden.join(" and ")} to the ExposeHeader list of the bucket's CORS rule`;
  client.context.warn(`The answers of UploadPart lack ${hidden.join(" and ")}, so ListParts is asked: ${advice}`);
  let cause: unknown;
  try {
    for (const listed of await listParts(job, uploadId)) compare(job, parts[listed.partNumber - 1], listed);
  } catch (error) {
    if (error instanceof IntegrityError || controller.signal.aborted) throw error;
    cause = error;
  }
  // Where listing is not allowed only a check is lost, as long as the ETags are known.
  if (parts.some((part) => part.etag === undefined)) {
    throw new CorsError(`Cannot complete the upload without the ETags of its parts: ${advice}`, hidden, cause);
  }
}

function compare(job: UploadJob, sent: SentPart | undefined, listed: ListedPart): void {
  if (!sent) return;
  differ(job, sent, "length", sent.size, listed.size);
  differ(job, sent, "crc64", sent.crc64, listed.crc64);
  sent.etag = listed.etag;
}

function differ(
  { parts, failedParts }: UploadJob,
  { partNumber }: SentPart,
  check: "length" | "crc64",
  sent?: number | bigint,
  stored?: number | bigint,
): void {
  if (sent === undefined || stored === undefined || sent === stored) return;
  // It has to be sent again by whoever goes on from here.
  parts.delete(partNumber);
  failedParts.push(partNumber);
  const message = `Part ${partNumber} arrived with ${check} ${stored} instead of ${sent}`;
  throw new IntegrityError(message, check, String(sent), String(stored));
}
