/** Own domains of buckets, and the tokens that prove them. */
import {
  type Client,
  createClient,
  createCnameToken,
  deleteCname,
  getCnameToken,
  getObject,
  listCname,
  listObjectsV2,
  presign,
  putBucket,
  putCname,
  putObject,
} from "../../../src/mod.ts";
import { assert, test } from "../../harness.ts";
import { operationCase, presignCase, type Stage } from "../cases.ts";
import { answering, reads, sends } from "../support/canned.ts";
import { assertRefused, failureOf, own } from "../support/world.ts";

const domain = "img.example.com";
const CERTIFICATE = {
  certId: "493-cn-hangzhou",
  certificate: "-----BEGIN CERTIFICATE-----\nMIIDhDCC+/=\n-----END CERTIFICATE-----",
  privateKey: "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN\n-----END PRIVATE KEY-----",
  previousCertId: "492-cn-hangzhou",
  force: true,
  deleteCertificate: false,
} as const;

const unproved = { status: 403, code: "NeedVerifyDomainOwnership" };
const START = Date.parse("2026-03-01T08:00:00Z");

/** A clock of its own for a case. */
function clock(): { set(time: number): void; options: { service: { now(): number }; client: { now(): number } } } {
  let time = START;
  const now = (): number => time;
  const set = (next: number): void => {
    time = next;
  };
  return { set, options: { service: { now }, client: { now } } };
}

const prove = async ({ client }: { client: Client }): Promise<void> =>
  void (await createCnameToken(client, { domain }));
const bind = async ({ client }: { client: Client }): Promise<void> => {
  await createCnameToken(client, { domain });
  await putCname(client, { domain });
};

const tokenClock = clock();
operationCase(
  "CreateCnameToken",
  "gives the same token while it is valid, for 72 hours",
  async ({ client, bucket }) => {
    const first = own(await createCnameToken(client, { domain }), 200);
    assert.match(first.token, /^[\da-f]{32}$/);
    assert.deepEqual(first, {
      bucket,
      cname: domain,
      token: first.token,
      expireTime: new Date(START + 72 * 3_600_000),
    });
    tokenClock.set(START + 71 * 3_600_000);
    assert.deepEqual(own(await createCnameToken(client, { domain }), 200), first);
    assert.notEqual((await createCnameToken(client, { domain: "other.example.com" })).token, first.token);
    assert.deepEqual(own(await getCnameToken(client, { cname: domain }), 200), first);
    tokenClock.set(START + 73 * 3_600_000);
    assert.notEqual((await createCnameToken(client, { domain })).token, first.token);
  },
  tokenClock.options,
);

const lateClock = clock();
operationCase(
  "GetCnameToken",
  "finds no token that was not made, or has expired",
  async ({ client }) => {
    const none = { status: 404, code: "CnameTokenNotFound", ec: "0018-00000301" };
    await assertRefused(getCnameToken(client, { cname: domain }), none);
    await createCnameToken(client, { domain });
    await assertRefused(getCnameToken(client, { cname: "other.example.com" }), none);
    lateClock.set(START + 73 * 3_600_000);
    await assertRefused(getCnameToken(client, { cname: domain }), none);
    await assertRefused(putCname(client, { domain }), unproved);
  },
  lateClock.options,
);

operationCase("PutCname", "wants the domain proved, and is what ListCname reads", async ({ client, bucket }) => {
  await assertRefused(putCname(client, { domain }), unproved);
  await createCnameToken(client, { domain });
  await assertRefused(putCname(client, { domain: "other.example.com" }), unproved);
  assert.deepEqual(own(await putCname(client, { domain: "IMG.example.com" }), 200), {});
  const { cnames, owner, ...list } = own(await listCname(client, {}), 200);
  assert.deepEqual(list, { bucket });
  assert.isNotEmpty(owner);
  assert.lengthOf(cnames, 1);
  assert.deepInclude(cnames[0], { domain, status: "Enabled" });
  assert.instanceOf(cnames[0]?.lastModified, Date);
});

operationCase("PutCname", "makes the domain an address of the bucket", async ({ client, oss, bucket }) => {
  const mine = createClient({
    ...client.context,
    ...oss.clientOptions,
    endpoint: `https://${domain}`,
    cname: true,
    bucket,
  });
  assert.equal((await oss.fetch(`https://${domain}/a.txt`)).status, 404, "a bucket called img");
  await createCnameToken(client, { domain });
  await putCname(client, { domain });
  await putObject(mine, { key: "a/b.txt", body: "hello" });
  assert.equal(await (await getObject(client, { key: "a/b.txt" })).text(), "hello");
  assert.lengthOf((await listObjectsV2(mine, {})).objects, 1);
  const { url } = await presign(mine, getObject, { key: "a/b.txt" }, { expiresIn: 60 });
  assert.isTrue(url.startsWith(`https://${domain}/a/b.txt?`));
  assert.equal(await (await oss.fetch(url)).text(), "hello");
  await deleteCname(client, { domain });
  const gone = await oss.fetch(url);
  assert.notEqual(gone.status, 200, await gone.text());
});

operationCase("PutCname", "refuses a domain of another bucket, and what is no domain", async ({ client }) => {
  await bind({ client });
  await putBucket(client, { bucket: "another" });
  await createCnameToken(client, { bucket: "another", domain });
  const taken = { status: 409, code: "CnameAlreadyExists" };
  await assertRefused(putCname(client, { bucket: "another", domain }), taken);
  const short = { status: 400, code: "InvalidArgument", ec: "0017-00000249" };
  await assertRefused(putCname(client, { domain: "w.c" }), short);
  await assertRefused(createCnameToken(client, { domain: "-a-.example.com" }), {
    status: 400,
    code: "InvalidArgument",
  });
});

operationCase("PutCname", "binds, guards, replaces and deletes a certificate", async ({ client }) => {
  await createCnameToken(client, { domain });
  const { certId, certificate, privateKey } = CERTIFICATE;
  await putCname(client, { domain, certificateConfiguration: { certId } });
  const read = async () => (await listCname(client, {})).cnames[0]?.certificate;
  const first = await read();
  assert.deepEqual(first, { type: "CAS", certId, status: "Enabled", creationDate: first?.creationDate ?? new Date(0) });
  const other = { certificate, privateKey, certId: "494" };
  const refused = { status: 400, code: "InvalidArgument" };
  await assertRefused(putCname(client, { domain, certificateConfiguration: other }), refused);
  await putCname(client, { domain, certificateConfiguration: { ...other, previousCertId: certId } });
  assert.include(await read(), { type: "Upload", certId: "494" });
  await putCname(client, { domain, certificateConfiguration: { certId, force: true } });
  assert.include(await read(), { type: "CAS", certId });
  await putCname(client, { domain });
  assert.include(await read(), { certId });
  await putCname(client, { domain, certificateConfiguration: { deleteCertificate: true, force: true } });
  assert.isUndefined(await read());
});

operationCase("ListCname", "lists nothing at first", async ({ client }) => {
  assert.deepEqual((await listCname(client, {})).cnames, []);
});

operationCase("DeleteCname", "takes one domain away, bound or not", async ({ client }) => {
  await bind({ client });
  await createCnameToken(client, { domain: "b.example.com" });
  await putCname(client, { domain: "b.example.com" });
  assert.deepEqual(own(await deleteCname(client, { domain }), 200), {});
  assert.equal((await deleteCname(client, { domain })).status, 200);
  assert.deepEqual(
    (await listCname(client, {})).cnames.map((one) => one.domain),
    ["b.example.com"],
  );
});

test("cname calls refuse an empty domain before any request", async () => {
  const client = answering(() => assert.fail("nothing may be sent"));
  assert.instanceOf(await failureOf(getCnameToken(client, { cname: "" })), TypeError);
  assert.instanceOf(await failureOf(deleteCname(client, { domain: "" })), TypeError);
});

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const BODY = `${HEAD}<BucketCnameConfiguration><Cname><Domain>${domain}</Domain></Cname></BucketCnameConfiguration>`;
const AT = "https://photos.oss-cn-hangzhou.aliyuncs.com/";
const headers = { "content-type": "application/xml" };
const posts = (comp: string, body = BODY) => ({ method: "POST", url: `${AT}?cname&comp=${comp}`, headers, body });

sends(createCnameToken, "the domain in a document", { domain }, posts("token"));
sends(deleteCname, "the domain in a document", { domain }, posts("delete"));
sends(
  putCname,
  "every field of a certificate",
  { domain, certificateConfiguration: CERTIFICATE },
  posts(
    "add",
    `${HEAD}<BucketCnameConfiguration><Cname><Domain>${domain}</Domain><CertificateConfiguration><CertId>493-cn-hangzhou</CertId><Certificate>-----BEGIN CERTIFICATE-----&#xA;MIIDhDCC+/=&#xA;-----END CERTIFICATE-----</Certificate><PrivateKey>-----BEGIN PRIVATE KEY-----&#xA;MIIEvQIBADAN&#xA;-----END PRIVATE KEY-----</PrivateKey><PreviousCertId>492-cn-hangzhou</PreviousCertId><Force>true</Force><DeleteCertificate>false</DeleteCertificate></CertificateConfiguration></Cname></BucketCnameConfiguration>`,
  ),
);
sends(
  getCnameToken,
  "the domain in the query",
  { cname: domain },
  { method: "GET", url: `${AT}?comp=token&cname=${domain}` },
);
reads(
  listCname,
  {},
  {
    body: `<ListCnameResult><Bucket>b</Bucket><Owner>o</Owner><Cname><Domain>example.com</Domain><LastModified>2021-09-15T02:35:07.000Z</LastModified><Status>Enabled</Status><Certificate><Type>CAS</Type><CertId>493-cn-hangzhou</CertId><Status>Enabled</Status><CreationDate>Wed, 15 Sep 2021 02:35:06 GMT</CreationDate><Fingerprint>DE:01</Fingerprint><ValidStartDate>Wed, 12 Apr 2023 10:14:51 GMT</ValidStartDate><ValidEndDate>Mon, 4 May 2048 10:14:51 GMT</ValidEndDate></Certificate></Cname></ListCnameResult>`,
  },
  {
    bucket: "b",
    owner: "o",
    cnames: [
      {
        domain: "example.com",
        lastModified: new Date("2021-09-15T02:35:07Z"),
        status: "Enabled",
        certificate: {
          type: "CAS",
          certId: "493-cn-hangzhou",
          status: "Enabled",
          creationDate: new Date("2021-09-15T02:35:06Z"),
          fingerprint: "DE:01",
          validStartDate: new Date("2023-04-12T10:14:51Z"),
          validEndDate: new Date("2048-05-04T10:14:51Z"),
        },
      },
    ],
  },
);

const body = new TextEncoder().encode(BODY);
const prepare = (stage: Stage): Promise<void> => prove(stage);
presignCase("CreateCnameToken", createCnameToken, { input: { domain }, body });
presignCase("GetCnameToken", getCnameToken, { prepare, input: { cname: domain } });
presignCase("PutCname", putCname, { prepare, input: { domain }, body });
presignCase("ListCname", listCname, { input: {} });
presignCase("DeleteCname", deleteCname, { input: { domain }, body });
