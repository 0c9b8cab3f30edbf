/**
 * The tables that tell of the objects in a bucket, and where each of their properties stands.
 * @module
 */
import { named, number, type Shape, text } from "../../codec/shape.ts";
import type { OpenEnum } from "../../types.ts";

/** How a table is encrypted. */
export interface MetadataTableEncryption {
  readonly sseAlgorithm?: OpenEnum<"AES256" | "SSE-KMS"> | undefined;
  /** The KMS key's resource name. */
  readonly kmsKeyArn?: string | undefined;
}

/** The table of changes: one row for each. */
export interface JournalTable extends MetadataTableEncryption {
  /** Whether rows expire. */
  readonly expiration?: OpenEnum<"ENABLED" | "DISABLED"> | undefined;
  /** After how many days, at least 7. */
  readonly days?: number | undefined;
}

/** The table of what is there: one row for each object. */
export interface InventoryTable extends MetadataTableEncryption {
  readonly configurationState: OpenEnum<"ENABLED" | "DISABLED">;
}

const encryption = (): Shape<MetadataTableEncryption> => ({
  sseAlgorithm: named("EncryptionConfiguration/SseAlgorithm", text),
  kmsKeyArn: named("EncryptionConfiguration/KmsKeyArn", text),
});

/** Where {@link JournalTable} stands. */
export const journalShape = (): Shape<JournalTable> => ({
  expiration: named("RecordExpiration/Expiration", text),
  days: named("RecordExpiration/Days", number),
  ...encryption(),
});

/** Where {@link InventoryTable} stands. */
export const inventoryShape = (): Shape<InventoryTable> => ({ configurationState: text, ...encryption() });
