/**
 * What a copy has to be told where the service does not carry it over by itself.
 * @module
 */
import type { CopyObjectInput } from "../../operations/object/copy.ts";
import type { ObjectAcl } from "../../types.ts";
import type { CopyJob } from "./job.ts";
import type { StoredFacts } from "./stored_facts.ts";

/** The source, and all that is to be said of the copy. */
export interface CopyFacts {
  readonly facts: StoredFacts;
  readonly described: Pick<CopyObjectInput, "metadata" | "tagging" | "acl" | "headers">;
}

/**
 * Reads what the source has, and leaves out what is replaced.
 * @param job the copy
 * @throws CorsError in a page that does not see all of it
 */
export async function describe(job: CopyJob): Promise<CopyFacts> {
  const { client, source, request, call, keep, title, steps } = job;
  const { requestPayer, metadataDirective, taggingDirective } = request;
  const object = { ...source, requestPayer };
  const [facts, acl] = await Promise.all([
    steps.storedFacts(client, object, call, title),
    keep && request.acl === undefined
      ? steps.getObjectAcl(client, object, call).then((answer) => answer.acl as ObjectAcl)
      : request.acl,
  ]);
  const tagged = taggingDirective !== "Replace" && facts.tags > 0;
  const tagging = tagged ? (await steps.getObjectTagging(client, object, call)).tagging : request.tagging;
  const replaced = metadataDirective === "REPLACE";
  const carried = Object.entries(facts.headers).filter(([name]) =>
    name.startsWith("x-oss-") ? keep && !isGiven(request, name) : !replaced,
  );
  return {
    facts,
    described: {
      metadata: replaced ? request.metadata : facts.metadata,
      tagging,
      acl: acl === "default" ? undefined : acl,
      headers: { ...Object.fromEntries(carried), ...request.headers },
    },
  };
}

/** Does the caller say something else? Of encryption all goes together. */
function isGiven({ storageClass, serverSideEncryption }: CopyObjectInput, name: string): boolean {
  return (name === "x-oss-storage-class" ? storageClass : serverSideEncryption) !== undefined;
}
