/**
 * DeleteMultipleObjects.
 * @module
 */
import { boolean, key, list, named, object, text } from "../../codec/shape.ts";
import { encodeUtf8 } from "../../codec/utf8.ts";
import { writeXml } from "../../codec/xml_writer.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { resultOf, scanXml } from "../../core/response.ts";
import { checkKey, need } from "../../core/validate.ts";
import type { Result } from "../../types.ts";
import { inBody } from "../fields.ts";

/** One object to delete. */
export interface ObjectIdentifier {
  readonly key: string;
  /** @default the current version */
  readonly versionId?: string | undefined;
}

/** Input of DeleteMultipleObjects. */
export interface DeleteMultipleObjectsInput extends BaseInput {
  /** 1 to 1,000 keys, or keys with versions. */
  readonly objects: readonly (string | ObjectIdentifier)[];
  /** Answer without the list of what was deleted. @default false */
  readonly quiet?: boolean | undefined;
}

/** One object that was deleted. */
export interface DeletedObject {
  readonly key: string;
  readonly versionId?: string;
  readonly deleteMarker?: boolean;
  readonly deleteMarkerVersionId?: string;
}

/** Result of DeleteMultipleObjects. */
export interface DeleteMultipleObjectsResult extends Result {
  /** What was deleted, also keys that did not exist; empty with `quiet`. */
  readonly deleted: readonly DeletedObject[];
  /** The keys of `deleted`. */
  readonly deletedKeys: readonly string[];
}

const MAX_BYTES = 2 << 20;

function deleteDocument({ objects, quiet = false }: DeleteMultipleObjectsInput): string {
  if (!Array.isArray(objects) || objects.length < 1 || objects.length > 1000) {
    throw new RangeError(
      `objects must be 1 to 1,000 keys, got ${Array.isArray(objects) ? objects.length : String(objects)}`,
    );
  }
  const identifiers = objects.map((item: string | ObjectIdentifier) =>
    typeof item === "string" ? { key: item } : item,
  );
  for (const item of identifiers) {
    checkKey(item.key);
    // Empty, it would read as none: the current version.
    if (item.versionId !== undefined) need(item, "versionId");
  }
  const xml = writeXml<{ quiet: boolean; objects: readonly ObjectIdentifier[] }>(
    "Delete",
    {
      quiet: boolean,
      objects: named("Object", list<ObjectIdentifier>(object<ObjectIdentifier>({ key: text, versionId: text }))),
    },
    { quiet, objects: identifiers },
  );
  const bytes = encodeUtf8(xml).length;
  if (bytes > MAX_BYTES)
    throw new RangeError(`objects make a document of ${bytes} bytes, 2 MiB are allowed: delete fewer at a time`);
  return xml;
}

/**
 * Deletes up to 1,000 objects in one request.
 * @throws RangeError when `objects` is empty, longer than 1,000 or more than 2 MiB
 * @throws TypeError when a key is malformed, or a version empty
 * @example
 * ```ts
 * import { createClient, deleteMultipleObjects } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * console.log((await deleteMultipleObjects(client, { objects: ["a.txt", "b.txt"] })).deletedKeys);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/deletemultipleobjects
 */
export const deleteMultipleObjects: Operation<DeleteMultipleObjectsInput, DeleteMultipleObjectsResult> =
  /* @__PURE__ */ operation(() => ({
    name: "DeleteMultipleObjects",
    method: "POST",
    subresource: "delete",
    query: { "encoding-type": "url" },
    wire: { objects: inBody, quiet: inBody },
    body: deleteDocument,
    request: () => ({ contentMd5: true, idempotent: true }),
    async result(response, _, watch) {
      const xml = await watch.text();
      // Quiet and successful, the answer has no document at all.
      const { deleted } = xml.trim()
        ? await scanXml<{ deleted: DeletedObject[] }>(xml, "DeleteResult", {
            deleted: list<DeletedObject>(
              object<DeletedObject>({ key, versionId: text, deleteMarker: boolean, deleteMarkerVersionId: text }),
            ),
          })
        : { deleted: [] };
      return { ...resultOf(response), deleted, deletedKeys: deleted.map((item) => item.key) };
    },
  }));
