/** Links, forms, and what the other calls are made of. */
import { assert } from "../../harness.ts";
import { codeOf } from "./client.ts";
import { BUCKET, SPECIAL, type Step } from "./world.ts";

const HOST = `${BUCKET}.oss-cn-hangzhou.aliyuncs.com`;

export const links: Step = async (client, { fetch }) => {
  const signers = [
    (method: string) => client.signatureUrlV4(method, 600, {}, SPECIAL),
    (method: string) => client.signatureUrl(SPECIAL, { method, expires: 600 }),
  ];
  for (const sign of signers) {
    const put = await fetch(await sign("PUT"), { method: "PUT", body: new TextEncoder().encode("by link") });
    assert.equal(put.status, 200, await put.text());
    const get = await fetch(await sign("GET"));
    assert.equal(await get.text(), "by link");
    assert.equal((await fetch(await sign("PUT"))).status, 403);
  }
  // Links of V1 are made whatever version the client speaks otherwise.
  const later = await client.asyncSignatureUrl(SPECIAL, {
    expires: 600,
    response: { "content-type": "text/x-answer" },
  });
  const answer = await fetch(later);
  assert.deepEqual([await answer.text(), answer.headers.get("content-type")], ["by link", "text/x-answer"]);
  const url = client.generateObjectUrl(SPECIAL);
  assert.equal(new URL(url).host, HOST);
  assert.equal((await fetch(url)).status, 403);
  // Only this one forgets the bucket, unless it gets the bucket's own address.
  assert.notInclude(client.getObjectUrl(SPECIAL), BUCKET);
  assert.equal(client.getObjectUrl(SPECIAL, `http://${HOST}`), url);
  await client.putACL(SPECIAL, "public-read");
  assert.equal(await (await fetch(url)).text(), "by link");
};

export const forms: Step = async (client, { fetch, accessKeyId, securityToken }) => {
  const date = new Date();
  const expiration = new Date(date.getTime() + 600_000).toISOString();
  const token = securityToken === undefined ? {} : { "x-oss-security-token": securityToken };
  const post = async (fields: Readonly<Record<string, string>>): Promise<Response> => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ key: "form.txt", ...fields, ...token })) form.set(name, value);
    form.set("file", new Blob(["posted"]), "form.txt");
    return fetch(`http://${HOST}/`, { method: "POST", body: form });
  };
  const conditions: object[] = [{ bucket: BUCKET }, ["starts-with", "$key", "form"]];
  const v1 = client.calculatePostSignature({ expiration, conditions });
  assert.equal((await post(v1)).status, 204);
  assert.equal(String((await client.get("form.txt")).content), "posted");

  const stamp = date.toISOString().replace(/[-:]|\.\d+/g, "");
  const signed = {
    "x-oss-signature-version": "OSS4-HMAC-SHA256",
    "x-oss-credential": `${accessKeyId}/${stamp.slice(0, 8)}/cn-hangzhou/oss/aliyun_v4_request`,
    "x-oss-date": stamp,
  };
  const policy = {
    expiration,
    conditions: [...conditions, ...Object.entries({ ...signed, ...token }).map((pair) => Object.fromEntries([pair]))],
  };
  const fields = {
    ...signed,
    policy: Buffer.from(JSON.stringify(policy)).toString("base64"),
    "x-oss-signature": client.signPostObjectPolicyV4(policy, date),
  };
  assert.equal((await post(fields)).status, 204);
  assert.equal((await post({ ...fields, key: "other.txt" })).status, 403);
  await client.delete("form.txt");
};

export const plumbing: Step = async (client, { v4, accessKeyId }) => {
  const answer = await client.request({ method: "GET", bucket: BUCKET, subres: "acl", successStatuses: [200] });
  assert.nestedPropertyVal(await client.parseXML(String(answer.data)), "AccessControlList.Grant", "private");
  const missing = await client.request({ method: "GET", bucket: BUCKET, object: "not there" });
  const { code, status } = await client.requestError(missing);
  assert.deepEqual([code, status], ["NoSuchKey", 404]);
  assert.equal(client.signature("text"), client.signature("text"));
  const headers = { "x-oss-date": "20260102T030405Z" };
  const own = v4
    ? client.authorizationV4("GET", { headers, queries: {} }, BUCKET, "a.txt")
    : client.authorization("GET", `/${BUCKET}/a.txt`, {}, headers);
  assert.include(own, accessKeyId);
  assert.equal(
    client.authorizationV4("GET", { headers, queries: {} }, BUCKET, "a.txt").split(" ")[0],
    "OSS4-HMAC-SHA256",
  );
  assert.equal(client.authorization("GET", "/", {}, headers).split(" ")[0], "OSS");
  // Path style is refused, as the service does.
  client.setSLDEnabled(true);
  assert.equal(await codeOf(client.head("a.txt")), v4 ? "SecondLevelDomainForbidden" : "SecondLevelDomainForbidden");
  client.setSLDEnabled(false);
};
