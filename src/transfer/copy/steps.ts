/**
 * What a copy in parts takes from the first load of `copy`: rows and more that `mod.ts` exports as well. Were the chunk
 * on demand to import them, a bundler would move them to what every page loads first.
 * @module
 */
import { getObjectAcl } from "../../operations/object/acl.ts";
import { initiateMultipartUpload } from "../../operations/object/multipart.ts";
import { uploadPartCopy } from "../../operations/object/multipart_copy.ts";
import { getObjectTagging } from "../../operations/object/tagging.ts";
import { determinePartSize } from "../plan.ts";
import { complete } from "../upload/complete.ts";
import { initiate } from "../upload/multipart.ts";
import { storedFacts } from "./stored_facts.ts";

/** Steps of a copy in parts. */
export interface CopySteps {
  readonly complete: typeof complete;
  readonly determinePartSize: typeof determinePartSize;
  readonly getObjectAcl: typeof getObjectAcl;
  readonly getObjectTagging: typeof getObjectTagging;
  readonly initiate: typeof initiate;
  readonly initiateMultipartUpload: typeof initiateMultipartUpload;
  readonly storedFacts: typeof storedFacts;
  readonly uploadPartCopy: typeof uploadPartCopy;
}

/** The steps themselves. */
export const copySteps: CopySteps = {
  complete,
  determinePartSize,
  getObjectAcl,
  getObjectTagging,
  initiate,
  initiateMultipartUpload,
  storedFacts,
  uploadPartCopy,
};
