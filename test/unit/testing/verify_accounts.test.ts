/**
 * Accounts and temporary keys: who is found, until when, and what the service says of keys that ended.
 */
import { createAccounts } from "../../../src/testing/accounts.ts";
import type { VerifyOptions } from "../../../src/testing/verify.ts";
import type { Keys } from "../../conformance/raw_signer.ts";
import { assert, test } from "../../harness.ts";
import { KEYS, NOW, onWire, outcome, setUp, summary } from "./verify_support.ts";

async function signedBy(keys: Keys, options: VerifyOptions, scheme: "v4" | "v1-url" = "v4"): Promise<string> {
  const wire = await onWire({ method: "GET", bucket: "photos" }, keys, { scheme, time: options.now });
  return summary(await outcome(wire, options));
}

test("missing fields of accounts are filled in, the same each time", () => {
  const [first, second] = createAccounts([{}, { id: "me" }]).list;
  assert.deepEqual(createAccounts([]).list, first === undefined ? [] : [first]);
  assert.equal(second?.id, "me");
  assert.notEqual(first?.accessKeyId, second?.accessKeyId);
  assert.throws(() => createAccounts([KEYS, KEYS]), TypeError, "AccessKeyId");
});

test("unknown keys are refused", async () => {
  const keys = { ...KEYS, accessKeyId: "LTAInobody" };
  assert.equal(await signedBy(keys, setUp().options), "403 InvalidAccessKeyId 0002-00000902");
});

test("temporary keys hold until their end, which has two faces", async () => {
  const { session, options } = setUp();
  const at = (now: number, more: Partial<VerifyOptions> = {}): VerifyOptions => ({ ...options, now, ...more });
  assert.equal(await signedBy(session, at(NOW + 3_599_999)), "session");
  assert.equal(await signedBy(session, at(NOW + 3_600_000)), "403 SecurityTokenExpired 0002-00000007");
  const other = at(NOW + 3_600_000, { expired: "InvalidAccessKeyId" });
  assert.equal(await signedBy(session, other), "403 InvalidAccessKeyId 0002-00000902");
});

test("temporary keys need their own token, permanent ones take none", async () => {
  const { session, options, accounts } = setUp();
  const another = accounts.issue({ seconds: 60 }, NOW);
  for (const scheme of ["v4", "v1-url"] as const) {
    const lost = { ...session, securityToken: undefined };
    assert.equal(await signedBy(lost, options, scheme), "403 InvalidAccessKeyId 0002-00000003");
    const mixed = { ...session, securityToken: another.securityToken };
    assert.equal(await signedBy(mixed, options, scheme), "403 InvalidSecurityToken 0002-00000008");
    const permanent = { ...KEYS, securityToken: session.securityToken };
    assert.equal(await signedBy(permanent, options, scheme), "403 InvalidSecurityToken 0002-00000008");
  }
});

test("revoked keys are unknown at once, others stay", async () => {
  const { session, options, accounts } = setUp();
  const another = accounts.issue({ seconds: 60 }, NOW);
  accounts.revoke(session);
  assert.equal(await signedBy(session, options), "403 InvalidAccessKeyId 0002-00000902");
  assert.equal(await signedBy(another, options), "session");
});

test("issued keys differ, carry their limits, and have a token that URLs must escape", () => {
  const accounts = createAccounts([{}, { id: "second" }]);
  const [, account] = accounts.list;
  assert(account !== undefined);
  const limits = { prefix: "u/1/", bucket: "photos", account };
  const one = accounts.issue({ seconds: 900, ...limits }, NOW);
  assert.deepInclude(one, limits);
  assert.equal(one.expiration.getTime(), NOW + 900_000);
  assert.notEqual(one.securityToken, accounts.issue({ seconds: 900 }, NOW).securityToken);
  assert.match(one.securityToken, /\+\//);
  const fixed = { accessKeyId: "STS.a", accessKeySecret: "b", securityToken: "c" };
  assert.deepInclude(accounts.issue({ seconds: 900, fixed }, NOW), fixed);
  assert.equal(accounts.find("STS.a")?.accessKeySecret, "b");
});
