/** Batch jobs to create. */
import type { CreateJobInput } from "../../../src/mod.ts";

export const JOB_ID = "MzRjZGU2NGQ3YTY5NGRhMTkxZmZhYzY5OTM5YTcxYWU=";

/** What every job has. */
const role = {
  report: { bucket: "photos", enabled: true, prefix: "reports/", reportScope: "AllTasks" },
  priority: 10,
  roleArn: "acs:ram::1:role/batch",
} as const;

export const GENERATOR = { sourceBucket: "photos", prefix: "2025/" } as const;

export const MANIFEST = {
  location: { etag: "d41d8cd9", bucket: "lists", object: "manifest.csv", versionId: "CAEQ" },
  spec: { fields: "Bucket,Key", format: "OSS_BatchOperations_CSV_20250611" },
} as const;

/** A job of a prefix. */
export const SMALL = {
  operation: { deleteObjectTagging: "" },
  keyPrefixManifestGenerator: GENERATOR,
  ...role,
  clientRequestToken: "one",
} as const satisfies CreateJobInput;

/** A job of a list, with all that it can have but the token. */
export const FULL = {
  confirmationRequired: true,
  operation: { putObjectTagging: { tags: [{ key: "k1", value: "v1" }] } },
  manifest: MANIFEST,
  description: "tags & more",
  ...role,
} as const;
