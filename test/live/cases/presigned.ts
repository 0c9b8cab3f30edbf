/** Presigned URLs, sent by a plain `fetch`. */
import { deleteObject, getObject, headObject, presign, putObject } from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { assertHas, assertRefusedPlainly, bytesOf, noise } from "../checks.ts";
import type { LiveCase, Site } from "../site.ts";

const FORGED = { status: 403, code: "SignatureDoesNotMatch" };

async function reads(site: Site): Promise<void> {
  const { client, prefix, fetch, signal } = site;
  const key = `${prefix}a//b/../\uFF5E +%.bin`;
  const body = noise(3000);
  await putObject(client, { key, body, contentType: "image/png", acl: "private" });
  const input = { key, responseContentDisposition: "attachment; filename=x+y.bin" };
  const { url } = await presign(client, getObject, input, { expiresIn: 300 });
  const answer = await fetch(url, { signal });
  assert.deepEqual([answer.status, answer.headers.get("content-type")], [200, "image/png"]);
  assert.equal(answer.headers.get("content-disposition"), "attachment; filename=x+y.bin");
  assert.deepEqual(await bytesOf(answer), body);
  await assertRefusedPlainly(site, await fetch(url.replace("y.bin", "z.bin"), { signal }), FORGED);
  const head = await presign(client, headObject, { key }, { expiresIn: 300 });
  assert.equal((await fetch(head.url, { method: "HEAD", signal })).status, 200);
}

async function writes(site: Site): Promise<void> {
  const { client, prefix, fetch, signal } = site;
  const key = `${prefix}presigned put.txt`;
  const input = { key, contentType: "text/x-note", metadata: { by: "a stranger" }, forbidOverwrite: true };
  const { url, method, headers } = await presign(client, putObject, input, { expiresIn: 300 });
  const send = (changed: Record<string, string>): Promise<Response> =>
    fetch(url, { method, headers: { ...headers, ...changed }, body: new TextEncoder().encode("hello"), signal });
  await assertRefusedPlainly(site, await send({ "content-type": "text/plain" }), FORGED);
  await assertRefusedPlainly(site, await send({ "x-oss-meta-by": "me" }), FORGED);
  const stored = await send({});
  assert.equal(stored.status, 200, (await stored.text()).slice(0, 300));
  const got = await getObject(client, { key });
  assertHas(got, { contentType: "text/x-note", metadata: { by: "a stranger" } });
  assert.equal(await got.text(), "hello");
  const gone = await presign(client, deleteObject, { key }, { expiresIn: 300 });
  assert.equal((await fetch(gone.url, { method: gone.method, signal })).status, 204);
}

async function ended(site: Site): Promise<void> {
  const { client, connect, prefix, fetch, signal } = site;
  const key = `${prefix}ended.bin`;
  await putObject(client, { key, body: "hello" });
  const past = connect({ now: () => Date.now() - 7_200_000 });
  const { url } = await presign(past, getObject, { key }, { expiresIn: 600 });
  await assertRefusedPlainly(site, await fetch(url, { signal }), { status: 403, code: "AccessDenied" });
}

export const presignedCases: readonly LiveCase[] = [
  { name: "presigned GET and HEAD, by a plain fetch", run: reads },
  { name: "presigned PUT and DELETE, by a plain fetch", run: writes },
  { name: "a presigned URL ends", run: ended },
];
