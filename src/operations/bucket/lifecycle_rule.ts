/**
 * Lifecycle rules of a bucket: what they match, and what becomes of it when.
 * @module
 */
import { boolean, date, list, named, number, object, type Shape, text } from "../../codec/shape.ts";
import type { OpenEnum, StorageClass } from "../../types.ts";
import { type Tag, tagShape } from "../tagging.ts";

/** What a rule leaves alone: objects below the prefix, with the tag where there is one. */
export interface LifecycleExclusion {
  /** Begins with the rule's own prefix. */
  readonly prefix?: string | undefined;
  readonly tag?: Tag | undefined;
}

/** Which of the objects below its prefix a rule is for. */
export interface LifecycleFilter {
  /** OSS takes one today. */
  readonly nots?: readonly LifecycleExclusion[] | undefined;
  /** Bytes. */
  readonly objectSizeGreaterThan?: number | undefined;
  /** Bytes. */
  readonly objectSizeLessThan?: number | undefined;
}

/** When something is due: a number of days after the last change, or for all that is older than a date. */
export interface LifecycleTime {
  /** 1 at least. */
  readonly days?: number | undefined;
  /** Midnight in UTC. */
  readonly createdBeforeDate?: Date | undefined;
}

/** When something is deleted. */
export interface LifecycleDeadline extends LifecycleTime {
  /** Midnight in UTC, from when on everything is deleted. Old rules have it; use `createdBeforeDate`. */
  readonly date?: Date | undefined;
}

/** When objects are deleted. */
export interface LifecycleExpiration extends LifecycleDeadline {
  /** Delete delete markers that hide nothing any more; goes without a time. */
  readonly expiredObjectDeleteMarker?: boolean | undefined;
}

/** What an object is turned into. */
export interface LifecycleTarget {
  readonly storageClass: OpenEnum<Exclude<StorageClass, "Standard">>;
  /** Count from the last access instead of the last change; the bucket must watch accesses. */
  readonly isAccessTime?: boolean | undefined;
  /** Turn objects back into Standard when they are read; with `isAccessTime`. */
  readonly returnToStdWhenVisit?: boolean | undefined;
  /** Turn objects below 64 KB as well, which are then billed as 64 KB; with `isAccessTime`. */
  readonly allowSmallFile?: boolean | undefined;
}

/** When objects are turned into another storage class. */
export interface LifecycleTransition extends LifecycleTime, LifecycleTarget {}

/** When noncurrent versions are due. */
export interface NoncurrentTime {
  /** Days since the version was replaced, 1 at least. */
  readonly noncurrentDays: number;
}

/** When noncurrent versions are turned into another storage class. */
export interface NoncurrentTransition extends NoncurrentTime, LifecycleTarget {}

/** One rule. */
export interface LifecycleRule {
  /** Up to 255 characters, unique. @default one that OSS makes */
  readonly id?: string | undefined;
  /** Only keys that begin with it. @default all */
  readonly prefix?: string | undefined;
  readonly status: OpenEnum<"Enabled" | "Disabled">;
  /** Only objects with all these tags. */
  readonly tags?: readonly Tag[] | undefined;
  readonly filter?: LifecycleFilter | undefined;
  readonly expiration?: LifecycleExpiration | undefined;
  readonly transitions?: readonly LifecycleTransition[] | undefined;
  /** When unfinished multipart uploads are aborted. */
  readonly abortMultipartUpload?: LifecycleDeadline | undefined;
  readonly noncurrentVersionExpiration?: NoncurrentTime | undefined;
  readonly noncurrentVersionTransitions?: readonly NoncurrentTransition[] | undefined;
  /** Since when accesses are counted, in seconds since 1970; told by OSS. */
  readonly atimeBase?: number | undefined;
}

const time = (): Shape<LifecycleTime> => ({ days: number, createdBeforeDate: date });

const target = (): Shape<LifecycleTarget> => ({
  storageClass: text,
  isAccessTime: boolean,
  returnToStdWhenVisit: boolean,
  allowSmallFile: boolean,
});

/** The shape of {@link LifecycleRule}. */
export const lifecycleRule = (): Shape<LifecycleRule> => ({
  id: named("ID", text),
  prefix: text,
  status: text,
  tags: named("Tag", list<Tag>(object<Tag>(tagShape()))),
  filter: object<LifecycleFilter>({
    nots: named(
      "Not",
      list<LifecycleExclusion>(object<LifecycleExclusion>({ prefix: text, tag: object<Tag>(tagShape()) })),
    ),
    objectSizeGreaterThan: number,
    objectSizeLessThan: number,
  }),
  expiration: object<LifecycleExpiration>({ ...time(), date, expiredObjectDeleteMarker: boolean }),
  transitions: named("Transition", list<LifecycleTransition>(object<LifecycleTransition>({ ...time(), ...target() }))),
  abortMultipartUpload: object<LifecycleDeadline>({ ...time(), date }),
  noncurrentVersionExpiration: object<NoncurrentTime>({ noncurrentDays: number }),
  noncurrentVersionTransitions: named(
    "NoncurrentVersionTransition",
    list<NoncurrentTransition>(object<NoncurrentTransition>({ noncurrentDays: number, ...target() })),
  ),
  atimeBase: number,
});
