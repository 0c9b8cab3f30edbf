/** PostObject: forms that somebody without keys sends. */
import { crc64 } from "../../../src/checksum/crc64.ts";
import { headObject, listObjectsV2, postObject, postPolicy } from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { assertRefused, noise } from "../checks.ts";
import type { LiveCase, Site } from "../site.ts";

async function allowed({ client, connect, prefix }: Site): Promise<void> {
  const page = connect({ credentials: "anonymous" });
  const body = noise(5000);
  for (const [successActionStatus, status] of [
    [undefined, 204],
    [200, 200],
    [201, 201],
  ] as const) {
    const form = await postPolicy(client, {
      keyPrefix: `${prefix}in/`,
      expiresIn: 300,
      maxSize: 5000,
      successActionStatus,
    });
    const key = `${prefix}in/\uFF5E a+b%.png`;
    const stored = await postObject(page, { form, key, body: new Blob([body], { type: "image/png" }) });
    assert.deepEqual([stored.status, stored.crc64], [status, crc64(body)]);
    const { contentType, contentLength, etag } = await headObject(client, { key });
    assert.deepEqual([contentType, contentLength, etag], ["image/png", 5000, stored.etag]);
  }
  const one = await postPolicy(client, {
    key: `${prefix}one`,
    expiresIn: 300,
    contentTypes: ["image/gif", "image/png"],
  });
  const sent = await postObject(page, { form: one, key: `${prefix}one`, body, contentType: "image/gif" });
  assert.equal(sent.status, 204);
  assert.equal((await headObject(client, { key: `${prefix}one` })).contentType, "image/gif");
}

async function refused(site: Site): Promise<void> {
  const { client, connect, prefix } = site;
  const page = connect({ credentials: "anonymous" });
  const past = connect({ now: () => Date.now() - 7_200_000 });
  const policy = { keyPrefix: `${prefix}in/`, expiresIn: 600, maxSize: 10, contentTypes: ["image/png"] };
  const form = await postPolicy(client, policy);
  const good = { form, key: `${prefix}in/a`, body: "hello", contentType: "image/png" };
  const denied = { status: 403, code: "AccessDenied" };
  await assertRefused(site, postObject(page, { ...good, key: `${prefix}out` }), denied);
  await assertRefused(site, postObject(page, { ...good, contentType: "text/html" }), denied);
  await assertRefused(site, postObject(page, { ...good, form: await postPolicy(past, policy) }), denied);
  const large = postObject(page, { ...good, body: "hello, world" });
  await assertRefused(site, large, { status: 400, code: "EntityTooLarge" });
  const other = await postPolicy(client, { ...policy, maxSize: 1000 });
  const fields = { ...form.fields, policy: other.fields["policy"] ?? "" };
  const forged = postObject(page, { ...good, form: { fields } });
  await assertRefused(site, forged, { status: 403, code: "SignatureDoesNotMatch" });
  assert.deepEqual((await listObjectsV2(client, { prefix })).objects, []);
  assert.equal((await postObject(page, good)).status, 204);
}

export const formCases: readonly LiveCase[] = [
  { name: "a form uploads what its policy allows", run: allowed },
  { name: "a form uploads nothing else", run: refused },
];
