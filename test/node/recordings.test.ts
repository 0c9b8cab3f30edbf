/**
 * The signature check against what official clients really sent: every request is accepted, every change of what is
 * signed is refused, and every other change is accepted.
 */
import { createAccounts } from "../../src/testing/accounts.ts";
import { locate } from "../../src/testing/addressing.ts";
import { ServiceFault } from "../../src/testing/service_fault.ts";
import { type Identity, type VerifyOptions, verify, verifyPolicy } from "../../src/testing/verify.ts";
import { assert, test } from "../harness.ts";
import { alteringMutations, type Mutation, neutralMutations } from "./recordings/mutations.ts";
import * as samples from "./recordings/samples.ts";

const accounts = createAccounts([{ accessKeyId: samples.ACCESS_KEY_ID, accessKeySecret: samples.SECRET }]);
const temporary = createAccounts([{ accessKeyId: "LTAIowner", accessKeySecret: "owner" }]);
temporary.issue(
  {
    seconds: 3600,
    fixed: { accessKeyId: samples.ACCESS_KEY_ID, accessKeySecret: samples.SECRET, securityToken: samples.TOKEN },
  },
  samples.NOW,
);

function optionsFor(sts: boolean): VerifyOptions {
  const who = sts ? temporary : accounts;
  return { region: "cn-hangzhou", now: samples.NOW, accounts: who, v1: true, lenient: new Set() };
}

/** Finds bucket and key as the service does, then checks the signature. */
async function check(request: samples.Wire, sts: boolean): Promise<Identity | undefined> {
  const host = request.headers.find(([name]) => name.toLowerCase() === "host")?.[1] ?? "";
  const { bucket, key } = locate(host, request.target.split("?")[0] ?? "", { cnames: {}, pathStyle: true });
  return verify({ ...request, bucket, key }, optionsFor(sts));
}

/** The fault of a refused request, `undefined` for an accepted one; anonymous counts as neither. */
async function refusal(request: samples.Wire, sts: boolean): Promise<ServiceFault | undefined> {
  try {
    assert.isDefined(await check(request, sts), "the request counts as anonymous");
    return undefined;
  } catch (error) {
    if (error instanceof ServiceFault) return error;
    throw error;
  }
}

async function checkAll(
  list: readonly samples.Sample[],
  mutate: (sample: samples.Sample) => Iterable<Mutation>,
  accepted: boolean,
): Promise<number> {
  let count = 0;
  let mismatches = 0;
  const wrong: string[] = [];
  for (const sample of list) {
    for (const mutation of mutate(sample)) {
      count += 1;
      const fault = await refusal(mutation, sample.sts);
      const right = accepted ? fault === undefined : fault !== undefined && fault.status >= 400 && fault.status < 500;
      if (fault?.code === "SignatureDoesNotMatch") mismatches += 1;
      if (!right) wrong.push(`${sample.name}: ${mutation.kind} ${fault?.code ?? "accepted"} ${fault?.message ?? ""}`);
    }
  }
  assert.deepEqual(wrong.slice(0, 20), [], `${wrong.length} of ${count}`);
  // The rest is refused for a reason of its own: a bad date, another region, an unknown key.
  assert.isAtLeast(mismatches, accepted ? 0 : count * 0.6);
  return count;
}

const same = (sample: samples.Sample): Mutation[] => [{ ...sample, kind: "unchanged" }];

const SETS = [
  { name: "recorded requests", load: samples.recordedSamples, requests: 884, altering: 35_000, neutral: 28_000 },
  { name: "official signatures", load: samples.officialSamples, requests: 840, altering: 32_000, neutral: 17_000 },
] as const;

for (const { name, load, requests, altering, neutral } of SETS) {
  test(`accepts all ${name}`, { timeout: 60_000 }, async () => {
    const list = load();
    assert.equal(await checkAll(list, same, true), requests);
    assert.sameMembers(
      [...new Set(list.map(({ scheme }) => scheme))],
      ["v4-header", "v4-query", "v1-header", "v1-query"],
    );
  });

  test(`refuses ${name} with one byte of what is signed changed`, { timeout: 240_000 }, async () => {
    const count = await checkAll(load(), alteringMutations, false);
    assert.isAtLeast(count, altering);
  });

  test(`accepts ${name} with one byte changed that is not signed`, { timeout: 240_000 }, async () => {
    const count = await checkAll(load(), neutralMutations, true);
    assert.isAtLeast(count, neutral);
  });
}

test("accepts the recorded forms and refuses them with one byte changed", async () => {
  const forms = [...samples.recordedForms(), ...samples.officialForms()];
  assert.isAtLeast(forms.length, 5);
  for (const { name, sts, fields } of forms) {
    const form = { fields, bucket: "demo-bucket", key: fields.get("key") ?? "user/post.txt", size: 8 };
    assert.isDefined(await verifyPolicy(form, optionsFor(sts)), name);
    for (const [field, value] of fields) {
      if (field === "key") continue;
      const changed = new Map(fields).set(
        field,
        value.replace(/.$/s, (last) => (last === "1" ? "2" : "1")),
      );
      const outcome = await verifyPolicy({ ...form, fields: changed }, optionsFor(sts)).catch(
        (error: unknown) => error,
      );
      assert.instanceOf(outcome, ServiceFault, `${name}: ${field}`);
    }
  }
});
