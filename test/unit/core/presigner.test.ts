/** The synchronous presigner: the same URLs as `presign`, from one snapshot of the keys. */
import { presign } from "../../../src/core/presign.ts";
import { createPresigner } from "../../../src/core/presigner.ts";
import { CredentialsError } from "../../../src/errors.ts";
import { getObject, putObject } from "../../../src/operations/mod.ts";
import { defaultHash } from "../../../src/signing/hmac.ts";
import { hash } from "../../../src/signing/noble.ts";
import { assert, test } from "../../harness.ts";
import { failure } from "../streams/support.ts";
import { clientOf, done, STS, scripted } from "./support.ts";

const TIME = Date.UTC(2024, 5, 15, 8, 9, 10);
const { fetch } = scripted(done());

test("it signs what presign signs, with either version and whatever hash the client has", async () => {
  for (const signatureVersion of ["v4", "v1"] as const) {
    for (const given of [undefined, hash, await defaultHash()]) {
      const client = clientOf(fetch, { now: () => TIME, credentials: STS, signatureVersion, hash: given });
      const presigner = await createPresigner(client);
      const input = { key: "a b.txt", contentType: "text/plain", metadata: { a: "1" } };
      assert.deepEqual(
        presigner.presign(putObject, input, { expiresIn: 60 }),
        await presign(client, putObject, input, { expiresIn: 60 }),
      );
    }
  }
});

test("it keeps its keys, and refuses once they have expired", async () => {
  let time = TIME;
  let asked = 0;
  const client = clientOf(fetch, {
    now: () => time,
    credentials: () => ({ ...STS, accessKeyId: `ak${++asked}`, expiration: TIME + 60_000 * asked }),
  });
  const presigner = await createPresigner(client);
  const link = (): string => presigner.presign(getObject, { key: "a" }, { expiresIn: 10 }).url;
  assert.include(link(), "ak1");
  time += 59_999;
  assert.include(link(), "ak1");
  assert.equal(presigner.presign(getObject, { key: "a" }, { expiresIn: 10 }).expires.getTime(), TIME + 60_000);
  time += 1;
  assert.throws(link, CredentialsError, /expired/);
  assert.equal(asked, 1);
});

test("bad input is refused as by presign", async () => {
  const presigner = await createPresigner(clientOf(fetch));
  assert.throws(() => presigner.presign(getObject, { key: "a" }, { expiresIn: 604_801 }), RangeError);
  assert.throws(() => presigner.presign(getObject, { key: "" }, { expiresIn: 1 }), TypeError);
});

test("an anonymous client has no presigner", async () => {
  assert.instanceOf(await failure(createPresigner(clientOf(fetch, { credentials: "anonymous" }))), CredentialsError);
});
