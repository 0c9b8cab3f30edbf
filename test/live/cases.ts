/**
 * The cases that the in-process OSS and the real service must both pass.
 *
 * Each works below a prefix of its own, which is emptied after it, and changes nothing of the bucket itself. Where it
 * is not known for certain what the real service answers, a case takes either answer from it, and shows which it was.
 * @module
 */
import { bucketCases } from "./cases/buckets.ts";
import { clockCases } from "./cases/clock.ts";
import { copyAppendCases } from "./cases/copy_append.ts";
import { errorCases } from "./cases/errors.ts";
import { formCases } from "./cases/forms.ts";
import { gzipCases } from "./cases/gzip.ts";
import { jobCases } from "./cases/jobs.ts";
import { keyCases } from "./cases/keys.ts";
import { listCases } from "./cases/lists.ts";
import { multipartCases } from "./cases/multipart.ts";
import { objectFactCases } from "./cases/object_facts.ts";
import { presignedCases } from "./cases/presigned.ts";
import { readCases } from "./cases/reads.ts";
import { roundTripCases } from "./cases/round_trip.ts";
import { uploadCases } from "./cases/upload.ts";
import type { LiveCase } from "./site.ts";

export const CASES: readonly LiveCase[] = [
  ...roundTripCases,
  ...keyCases,
  ...listCases,
  ...readCases,
  ...errorCases,
  ...clockCases,
  ...gzipCases,
  ...copyAppendCases,
  ...multipartCases,
  ...uploadCases,
  ...jobCases,
  ...presignedCases,
  ...formCases,
  ...objectFactCases,
  ...bucketCases,
];
