/** The real service, as the environment names it. */
import { createClient, deleteObject, putObject } from "../../src/mod.ts";
import { type Environment, environment } from "../harness.ts";
import { openSite, type Place } from "./site.ts";
import { timed } from "./timed.ts";

/** What `run_live.mjs` adds to the environment of a run. */
export interface LiveSetting {
  /** Names of variables that are not set: then there is nothing to run against. */
  readonly missing: readonly string[];
  readonly endpoint?: string | undefined;
  /** The endpoint is the bucket's own domain. */
  readonly cname?: boolean | undefined;
  readonly securityToken?: string | undefined;
}

/** Milliseconds for a question whose answer decides what can run. */
export const PROBE_LIMIT = 20_000;

const given: Environment & { readonly live?: LiveSetting | undefined } = environment;

export const setting: LiveSetting = given.live ?? { missing: ["everything"] };

/** A client of the real bucket; its warnings are shown beside the results. */
export function livePlace(warn: (message: string) => void): Place {
  const { account, region, bucket } = environment;
  const { endpoint, cname, securityToken } = setting;
  const credentials = { ...account, ...(securityToken !== undefined && { securityToken }) };
  return {
    target: "live",
    bucket,
    fetch: (url, init) => fetch(url, init),
    connect: (options) => createClient({ region, bucket, credentials, endpoint, cname, onWarning: warn, ...options }),
  };
}

/**
 * Finds out with one object whether the cases can run at all.
 * @returns why they must not
 * @throws what is wrong with the network, the keys or the bucket
 */
export async function refuseBucket(place: Place): Promise<string | undefined> {
  return timed(PROBE_LIMIT, async (signal) => {
    const { client, prefix } = openSite(place, signal, () => {});
    const key = `${prefix}may we write`;
    const { versionId } = await putObject(client, { key, body: "" });
    await deleteObject(client, { key, versionId });
    return versionId === undefined ? undefined : "the bucket keeps versions, so nothing could be cleaned up";
  });
}
