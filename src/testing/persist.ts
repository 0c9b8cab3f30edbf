/**
 * Records as JSON, for stores that outlive the process.
 * @module
 */
import { contentOf } from "./contents.ts";
import {
  type BucketRecord,
  type Content,
  isMarker,
  type MarkerRecord,
  type ObjectRecord,
  type PartRecord,
  type UploadRecord,
  type VersionRecord,
} from "./records.ts";
import type { Change, Piece, Store } from "./store.ts";

/** A content as JSON: its spans, with the size of their pieces. */
type StoredContent = readonly (readonly [id: string, pieceSize: number, start: number, size: number])[];

/** An object or a part as JSON. */
type Stored<T> = Omit<T, "content" | "crc64"> & { readonly content: StoredContent; readonly crc64: string };

/** The JSON of a record that has bytes. */
export function encodeRecord<T extends { readonly content: Content; readonly crc64: bigint }>(record: T): Stored<T> {
  const content = record.content.spans.map(({ piece, start, size }) => [piece.id, piece.size, start, size] as const);
  return { ...record, content, crc64: String(record.crc64) };
}

/** The JSON of a version; a delete marker is plain JSON already. */
export function encodeVersion(record: VersionRecord): Stored<ObjectRecord> | MarkerRecord {
  return isMarker(record) ? record : encodeRecord(record);
}

/** What a store remembered, with its bytes at hand again. */
export type Remembered =
  | { readonly kind: "account"; readonly account: string; readonly documents: Readonly<Record<string, string>> }
  | { readonly kind: "bucket"; readonly record: BucketRecord }
  | { readonly kind: "object"; readonly bucket: string; readonly record: VersionRecord }
  | { readonly kind: "upload"; readonly bucket: string; readonly record: UploadRecord }
  | {
      readonly kind: "part";
      readonly bucket: string;
      readonly key: string;
      readonly uploadId: string;
      readonly record: PartRecord;
    };

/**
 * Makes a reader of a store's changes. Objects that share a piece get the same piece.
 * @param store a store that can open pieces
 */
export function createDecoder(store: Store): (change: Change) => Remembered | undefined {
  const pieces = new Map<string, Piece>();
  const open = (id: string, size: number): Piece => {
    const piece = pieces.get(id) ?? store.open?.(id, size);
    if (piece === undefined) throw new Error("Cannot restore an object: its store cannot open pieces");
    pieces.set(id, piece);
    return piece;
  };
  const decode = <T>({ content, crc64, ...rest }: Stored<T>) => {
    const spans = content.map(([id, pieceSize, start, size]) => ({ piece: open(id, pieceSize), start, size }));
    return { ...rest, content: contentOf(spans), crc64: BigInt(crc64) };
  };
  return ({ path, value }) => {
    const [kind, bucket = "", key = "", uploadId = ""] = path;
    // The store gives back what this program wrote.
    if (kind === "account") return { kind, account: bucket, documents: value as Record<string, string> };
    if (kind === "bucket") return { kind, record: value as BucketRecord };
    if (kind === "object") {
      const stored = value as Stored<ObjectRecord> | MarkerRecord;
      return { kind, bucket, record: "deleteMarker" in stored ? stored : decode(stored) };
    }
    if (kind === "upload") return { kind, bucket, record: value as UploadRecord };
    if (kind === "part") return { kind, bucket, key, uploadId, record: decode(value as Stored<PartRecord>) };
    return undefined;
  };
}
