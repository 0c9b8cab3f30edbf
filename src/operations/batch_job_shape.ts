/**
 * What a batch job does to which objects, and how far it has come.
 * @module
 */
import { boolean, named, number, object, type Shape, text } from "../codec/shape.ts";
import type { OpenEnum } from "../types.ts";
import type { RestoreTier } from "./object/restore.ts";
import { seconds } from "./seconds.ts";
import { type TagSet, tagSet } from "./tagging.ts";

/** What a batch job does to each object: exactly one of these. */
export interface BatchJobOperation {
  /** Instead of the tags that an object has. */
  readonly putObjectTagging?: TagSet | undefined;
  /** `""` drops all tags. */
  readonly deleteObjectTagging?: string | undefined;
  /** Beside the tags that an object has. */
  readonly addObjectTagging?: TagSet | undefined;
  readonly putObjectAcl?:
    | { readonly objectAcl: OpenEnum<"default" | "private" | "public-read" | "public-read-write"> }
    | undefined;
  /** `days` that archived objects stay readable, and how soon they are wanted. */
  readonly restoreObject?: { readonly days?: number | undefined; readonly tier?: RestoreTier | undefined } | undefined;
}

/** What is written of the objects that a batch job had. */
export interface BatchJobReport {
  readonly bucket: string;
  readonly enabled: boolean;
  readonly prefix?: string | undefined;
  readonly reportScope?: OpenEnum<"AllTasks" | "FailedTasksOnly"> | undefined;
}

/** The list of objects of a batch job. */
export interface BatchJobManifest {
  readonly location: {
    readonly etag?: string | undefined;
    readonly bucket: string;
    readonly object: string;
    readonly versionId?: string | undefined;
  };
  readonly spec: {
    /** Columns with commas between them: `Bucket,Key`. */
    readonly fields?: string | undefined;
    readonly format: OpenEnum<"OSS_BatchOperations_CSV_20250611" | "OSS_InventoryReport_CSV_20250611">;
  };
}

/** A batch job as it is asked for. */
export interface BatchJobConfiguration {
  /** Wait, once it is prepared, for `updateJobStatus` to say `Ready`. */
  readonly confirmationRequired?: boolean | undefined;
  readonly operation: BatchJobOperation;
  readonly report: BatchJobReport;
  /** The objects, by a list; or `keyPrefixManifestGenerator`. */
  readonly manifest?: BatchJobManifest | undefined;
  /** All objects of a bucket whose keys begin so. */
  readonly keyPrefixManifestGenerator?:
    | { readonly sourceBucket: string; readonly prefix?: string | undefined }
    | undefined;
  readonly description?: string | undefined;
  /** 0 to 2,147,483,647; higher ones come first. */
  readonly priority: number;
  /** Role that reads the list, changes the objects and writes the report: `acs:ram::ACCOUNT:role/NAME`. */
  readonly roleArn: string;
}

/** Where a batch job stands. */
export type BatchJobStatus = OpenEnum<
  | "New"
  | "Preparing"
  | "Suspended"
  | "Ready"
  | "Active"
  | "Pausing"
  | "Paused"
  | "Completing"
  | "Complete"
  | "Cancelling"
  | "Cancelled"
  | "Failing"
  | "Failed"
>;

/** What became of the objects; -1 where it is not known. */
export interface BatchJobProgress {
  readonly numberOfTasksFailed?: number;
  readonly numberOfTasksSucceeded?: number;
  readonly totalNumberOfTasks?: number;
  readonly elapsedTimeInActiveSeconds?: number;
}

/** A batch job, whatever it does. */
export interface BatchJobState {
  readonly jobId: string;
  readonly creationTime?: Date;
  readonly description?: string;
  readonly priority?: number;
  readonly progressSummary?: BatchJobProgress;
  /** `Complete` does not mean that it succeeded with every object: the report tells. */
  readonly status?: BatchJobStatus;
  readonly terminationDate?: Date;
}

/** Where {@link BatchJobConfiguration} stands. */
export const batchJobShape = (): Shape<BatchJobConfiguration> => ({
  confirmationRequired: boolean,
  operation: object<BatchJobOperation>({
    putObjectTagging: object<TagSet>(tagSet()),
    deleteObjectTagging: text,
    addObjectTagging: object<TagSet>(tagSet()),
    putObjectAcl: object<NonNullable<BatchJobOperation["putObjectAcl"]>>({ objectAcl: text }),
    restoreObject: object<NonNullable<BatchJobOperation["restoreObject"]>>({ days: number, tier: text }),
  }),
  report: object<BatchJobReport>({ bucket: text, enabled: boolean, prefix: text, reportScope: text }),
  manifest: object<BatchJobManifest>({
    location: object<BatchJobManifest["location"]>({
      etag: named("ETag", text),
      bucket: text,
      object: text,
      versionId: text,
    }),
    spec: object<BatchJobManifest["spec"]>({ fields: text, format: text }),
  }),
  keyPrefixManifestGenerator: object<NonNullable<BatchJobConfiguration["keyPrefixManifestGenerator"]>>({
    sourceBucket: text,
    prefix: text,
  }),
  description: text,
  priority: number,
  roleArn: text,
});

/** Where {@link BatchJobState} stands. */
export const batchJobStateShape = (): Shape<BatchJobState> => ({
  jobId: text,
  creationTime: seconds(),
  description: text,
  priority: number,
  progressSummary: object<BatchJobProgress>({
    numberOfTasksFailed: number,
    numberOfTasksSucceeded: number,
    totalNumberOfTasks: number,
    elapsedTimeInActiveSeconds: named("Timers/ElapsedTimeInActiveSeconds", number),
  }),
  status: text,
  terminationDate: seconds(),
});
