/**
 * The source port: whatever can be uploaded, seen as bytes that are read part by part.
 * @module
 */
import type { ObjectBody } from "../types.ts";

export type { Source } from "../types.ts";

/** What can be read in parts. A `File` is a `Blob`; a `Response` is read like its body. */
export type SourceBody = ObjectBody;
