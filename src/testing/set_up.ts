/**
 * The first state of a service: what its store remembers, and the buckets of its options.
 * @module
 */
import type { Service } from "./call.ts";
import type { BucketSetup } from "./options.ts";
import { restore } from "./restore.ts";

/**
 * Fills the state; buckets that exist already are left as they are.
 * @param service the service
 * @param buckets buckets of the options
 */
export async function setUp(service: Service, buckets: readonly (string | BucketSetup)[]): Promise<void> {
  const { state, settings, accounts } = service;
  await restore(state);
  for (const given of buckets) {
    const setup: BucketSetup = typeof given === "string" ? { name: given } : given;
    const owner =
      accounts.list.find(({ accessKeyId }) => accessKeyId === setup.account?.accessKeyId) ?? accounts.list[0];
    if (state.buckets.get(setup.name) !== undefined) continue;
    await state.putBucket({
      name: setup.name,
      region: setup.region ?? settings.region,
      owner: setup.account?.id ?? owner?.id ?? "",
      created: settings.now(),
      acl: setup.acl ?? "private",
      storageClass: setup.storageClass ?? "Standard",
      redundancy: "LRS",
      cors: setup.cors,
      versioning: setup.versioning,
    });
  }
}
